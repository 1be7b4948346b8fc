package city.emona.vertical.format;

import city.emona.geo.ReferenceSystem;
import city.emona.json.JsonItems;
import city.emona.vertical.LocalizedText;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The features of one page of a layer: their attributes, and {@code geometry} as GeoJSON in WGS 84. Dates are texts such as
 * 2026-11-23T08:00:00Z; whether the service means local time by them is the mapping's matter.
 */
final class ArcGisRecords {
    private ArcGisRecords() {}

    static void read(String text, RecordSink sink) throws SourceFailure {
        JsonItems items = itemsOf(text);
        Map<String, @Nullable Object> header = items.header();
        ReferenceSystem system = system(header);
        EsriGeometry geometries = new EsriGeometry(system, EsriGeometry.Grid.of(header.get("transform")));
        Set<String> dates = dates(header);
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(header);
        shown.remove("fields");
        shown.remove("fieldAliases");
        sink.header(shown);
        items.forEach(item -> {
            if (!(item instanceof Map<?, ?> feature) || !(feature.get("attributes") instanceof Map<?, ?> attributes)) {
                sink.unusable(
                        item, new LocalizedText("To ni objekt z atributi.", "This is no feature with attributes."));
                return;
            }
            try {
                sink.record(record(attributes, feature.get("geometry"), dates, geometries));
            } catch (IllegalArgumentException e) {
                sink.unusable(
                        item,
                        new LocalizedText(
                                "Geometrija ni v redu: " + e.getMessage() + ".",
                                "The geometry is not right: " + e.getMessage() + "."));
            }
        });
    }

    private static JsonItems itemsOf(String text) throws SourceFailure {
        // services say what went wrong with status 200
        if (text.contains("\"error\"") && JsonRecords.parse(text).path("error") instanceof ObjectNode error) {
            String message = error.path("message").asString("") + " "
                    + error.path("details").toString();
            throw new SourceFailure(
                    "Storitev ArcGIS je zavrnila zahtevo: " + message, "The ArcGIS service refused: " + message);
        }
        return JsonRecords.items(text, "features");
    }

    private static Map<String, @Nullable Object> record(
            Map<?, ?> attributes, @Nullable Object geometry, Set<String> dates, EsriGeometry geometries) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        attributes.forEach((key, value) -> {
            String name = String.valueOf(key);
            record.put(
                    name,
                    dates.contains(name) && value instanceof Number millis
                            ? Instant.ofEpochMilli(millis.longValue()).toString()
                            : value);
        });
        if (geometry instanceof Map<?, ?> map) {
            geometries.geoJson(map).ifPresent(geoJson -> record.put("geometry", geoJson));
        }
        return record;
    }

    private static Set<String> dates(Map<String, @Nullable Object> header) {
        Set<String> dates = new HashSet<>();
        if (header.get("fields") instanceof List<?> fields) {
            for (Object one : fields) {
                if (one instanceof Map<?, ?> field && "esriFieldTypeDate".equals(field.get("type"))) {
                    dates.add(String.valueOf(field.get("name")));
                }
            }
        }
        return dates;
    }

    private static ReferenceSystem system(Map<String, @Nullable Object> header) throws SourceFailure {
        if (!(header.get("spatialReference") instanceof Map<?, ?> reference)) {
            return ReferenceSystem.find(4326).orElseThrow();
        }
        for (String member : List.of("latestWkid", "wkid")) {
            Optional<ReferenceSystem> known = reference.get(member) instanceof Number code
                    ? ReferenceSystem.find(code.intValue())
                    : Optional.empty();
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw new SourceFailure(
                "Koordinatni sistem " + reference + " ni poznan.",
                "The reference system " + reference + " is not known.");
    }
}
