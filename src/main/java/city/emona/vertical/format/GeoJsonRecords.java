package city.emona.vertical.format;

import city.emona.geo.ReferenceSystem;
import city.emona.json.JsonItems;
import city.emona.vertical.LocalizedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The features of a FeatureCollection, each with {@code id}, {@code geometry} and {@code properties}. A collection that names another
 * reference system, as was usual before RFC 7946, is taken to WGS 84.
 */
final class GeoJsonRecords {
    private static final Pattern CODE = Pattern.compile("(?:EPSG|epsg)(?::+|/\\d+/|:[\\d.]+:)(\\d{4,6})$");

    private GeoJsonRecords() {}

    static void read(String text, RecordSink sink) throws SourceFailure {
        JsonItems items = JsonRecords.items(text, "features");
        ReferenceSystem system = system(items.header());
        sink.header(items.header());
        items.forEach(item -> {
            if (!(item instanceof Map<?, ?> feature)) {
                sink.unusable(item, new LocalizedText("To ni objekt Feature.", "This is no Feature."));
                return;
            }
            try {
                sink.record(inDegrees(feature, system));
            } catch (IllegalArgumentException e) {
                sink.unusable(
                        item,
                        new LocalizedText(
                                "Geometrija ni v območju: " + e.getMessage() + ".",
                                "The geometry is not right: " + e.getMessage() + "."));
            }
        });
    }

    private static ReferenceSystem system(Map<String, @Nullable Object> header) throws SourceFailure {
        String name = header.get("crs") instanceof Map<?, ?> crs
                        && crs.get("properties") instanceof Map<?, ?> properties
                        && properties.get("name") instanceof String text
                ? text
                : "";
        if (name.isEmpty() || name.endsWith("CRS84")) {
            return ReferenceSystem.find(4326).orElseThrow();
        }
        Matcher code = CODE.matcher(name);
        Optional<ReferenceSystem> system =
                code.find() ? ReferenceSystem.find(Integer.parseInt(code.group(1))) : Optional.empty();
        return system.orElseThrow(() -> new SourceFailure(
                "Koordinatni sistem »" + name + "« ni poznan.", "The reference system »" + name + "« is not known."));
    }

    private static Map<?, ?> inDegrees(Map<?, ?> feature, ReferenceSystem system) {
        if (system.code() == 4326 || !(feature.get("geometry") instanceof Map<?, ?> geometry)) {
            return feature;
        }
        Map<Object, @Nullable Object> next = new LinkedHashMap<>(feature);
        next.put("geometry", Coordinates.inDegrees(geometry, system));
        return next;
    }
}
