package city.emona.vertical.format;

import city.emona.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes documents of maps, lists and texts: the other way round than the readers of this package. What is made is told by the ending of a name. */
public final class DocumentWriter {
    private static final Map<String, String> CONTENT_TYPES = new TreeMap<>(Map.of(
            "json", "application/json",
            "geojson", "application/geo+json",
            "ndjson", "application/x-ndjson",
            "xml", "application/xml; charset=utf-8",
            "csv", "text/csv; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "zip", "application/zip",
            "pb", "application/x-protobuf"));

    private DocumentWriter() {}

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether the ending of a name says what a document is. */
    public static boolean knows(String name) {
        return CONTENT_TYPES.containsKey(ending(name));
    }

    /** The endings that are known, for people. */
    public static String endings() {
        return CONTENT_TYPES.keySet().stream().map(ending -> "." + ending).collect(Collectors.joining(", "));
    }

    /** The content type of a document. */
    public static String contentType(String name) {
        return CONTENT_TYPES.getOrDefault(ending(name), "application/octet-stream");
    }

    /**
     * The bytes of a document. A text stands as it is; rows become lines of a table ({@code .csv}) or of JSON ({@code .ndjson}); an object
     * of files becomes an archive ({@code .zip}), one of a GTFS-Realtime message its protocol buffer ({@code .pb}); all else becomes JSON.
     *
     * @throws IllegalArgumentException when the content cannot be such a document; the message says why
     */
    public static byte[] bytes(String name, Object content) {
        return switch (ending(name)) {
            case "pb" -> GtfsRealtimeWriter.bytes(object(name, content));
            case "zip" -> ZipWriter.bytes(object(name, content));
            case "csv" -> content instanceof String text ? utf8(text) : utf8(table(name, content));
            case "ndjson" -> content instanceof String text ? utf8(text) : utf8(lines(content));
            case "json", "geojson" -> content instanceof String text ? utf8(text) : Json.bytes(Json.fromPlain(content));
            default -> {
                if (content instanceof String text) {
                    yield utf8(text);
                }
                throw new IllegalArgumentException(name + " must be made of a text");
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<?, ?> object(String name, Object content) {
        if (content instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(name + " must be made of an object");
    }

    private static Collection<?> items(Object content) {
        return content instanceof Collection<?> list ? list : List.of(content);
    }

    private static String lines(Object content) {
        return items(content).stream()
                .map(item -> Json.text(Json.fromPlain(item)) + "\n")
                .collect(Collectors.joining());
    }

    /** Rows as a table with commas (RFC 4180); its columns are the members of all rows, in the order in which they come first. */
    static String table(String name, Object content) {
        Set<String> columns = new LinkedHashSet<>();
        for (Object row : items(content)) {
            object("each row of " + name, row).keySet().forEach(column -> columns.add(String.valueOf(column)));
        }
        StringBuilder table = new StringBuilder(1_000);
        line(table, columns);
        for (Object row : items(content)) {
            Map<?, ?> fields = (Map<?, ?>) row;
            line(table, columns.stream().map(column -> text(fields.get(column))).toList());
        }
        return table.toString();
    }

    private static void line(StringBuilder table, Collection<String> fields) {
        table.append(fields.stream().map(DocumentWriter::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String quoted(String field) {
        return field.matches("[^\",\r\n]*") ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var json = Json.fromPlain(value);
        return json.isValueNode() ? json.asString("") : Json.text(json);
    }
}
