package city.emona.vertical.format;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records of a DATEX II publication, version 2 or 3: parking records and their status, situations, measuring sites and what they measured.
 * Elements are fields by their local names; a text in several languages is a map of languages, and names of types lose their prefixes. The
 * header has {@code version}, {@code publicationTime} and the other texts of the publication.
 */
final class DatexRecords {
    private static final Set<String> RECORDS = Set.of(
            "parkingRecord",
            "parkingRecordStatus",
            "parkingFacility",
            "parkingFacilityStatus",
            "hierarchyElementGeneral",
            "parkingStatusInformation",
            "situation",
            "siteMeasurements",
            "measurementSiteRecord",
            "measurementSite",
            "elaboratedData");
    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z_][\\w.-]*:[A-Z]\\w*");

    private DatexRecords() {}

    static void read(String text, List<String> records, RecordSink sink) throws SourceFailure {
        boolean three = text.contains("datex2.eu/schema/3");
        if (!three && !text.contains("datex2.eu/schema/2")) {
            throw new SourceFailure("Dokument ni objava DATEX II.", "The document is no publication of DATEX II.");
        }
        XmlRecords.read(
                text, records.isEmpty() ? RECORDS : new LinkedHashSet<>(records), new Simplifying(sink, three ? 3 : 2));
    }

    private static final class Simplifying extends PassingSink {
        private final int version;

        Simplifying(RecordSink sink, int version) {
            super(sink);
            this.version = version;
        }

        @Override
        public void header(Map<String, @Nullable Object> header) {
            Map<String, @Nullable Object> next = new LinkedHashMap<>(header);
            next.put("version", version);
            super.header(next);
        }

        @Override
        public void record(Object content) {
            super.record(simplified("", content));
        }
    }

    private static Object simplified(String name, Object value) {
        return switch (value) {
            case Map<?, ?> map when map.size() == 1 && map.containsKey("values") -> texts(map);
            case Map<?, ?> map -> {
                Map<String, Object> next = new LinkedHashMap<>();
                map.forEach((key, child) -> {
                    if (child != null) {
                        next.put(String.valueOf(key), simplified(String.valueOf(key), child));
                    }
                });
                yield next;
            }
            case List<?> list -> list.stream().map(one -> simplified(name, one)).toList();
            case String text
            when isTypeName(name) && QUALIFIED.matcher(text).matches() -> text.substring(text.indexOf(':') + 1);
            default -> value;
        };
    }

    private static boolean isTypeName(String field) {
        return field.equals("type") || field.equals("@type") || field.equals("targetClass");
    }

    private static Object texts(Map<?, ?> multilingual) {
        Object values = multilingual.get("values") instanceof Map<?, ?> inner ? inner.get("value") : "";
        Map<String, Object> languages = new LinkedHashMap<>();
        for (Object one : values instanceof List<?> list ? list : List.of(values == null ? "" : values)) {
            if (one instanceof Map<?, ?> text && text.get("lang") instanceof String language) {
                Object content = text.get("#text");
                languages.put(language, content == null ? "" : content);
            } else {
                return one;
            }
        }
        return languages;
    }
}
