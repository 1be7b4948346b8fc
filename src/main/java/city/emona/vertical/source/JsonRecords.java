package city.emona.vertical.source;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Records of a JSON document. */
final class JsonRecords {
    private JsonRecords() {}

    /**
     * @param path the members that lead to the array, with dots between; empty when the document is the array, or one record
     * @throws SourceFailure when the text is no JSON or has no such array
     */
    static RecordSet read(String text, String path) throws SourceFailure {
        JsonNode document = parse(text);
        JsonNode found = document;
        String last = "";
        JsonNode parent = document;
        if (!path.isEmpty()) {
            for (String member : path.split("\\.", -1)) {
                parent = found;
                last = member;
                found = found.path(member);
            }
        }
        if (found.isMissingNode()) {
            throw new SourceFailure(
                    "V dokumentu ni polja »" + path + "«.", "The document has no member »" + path + "«.");
        }
        List<Object> records = new ArrayList<>();
        if (found.isArray()) {
            found.forEach(item -> records.add(Json.toPlain(item)));
        } else {
            records.add(Json.toPlain(found));
        }
        return new RecordSet(header(parent, last), records, List.of(), null);
    }

    static JsonNode parse(String text) throws SourceFailure {
        try {
            return Json.parse(text);
        } catch (Problem e) {
            String start = text.stripLeading();
            if (start.startsWith("<")) {
                throw new SourceFailure("Namesto JSON je prišel HTML ali XML.", "HTML or XML came instead of JSON.");
            }
            throw new SourceFailure("Dokument ni veljaven JSON: " + e.detail(), e.detail());
        }
    }

    private static Map<String, @Nullable Object> header(JsonNode parent, String recordsMember) {
        Map<String, @Nullable Object> header = new HashMap<>();
        if (!recordsMember.isEmpty()) {
            parent.properties().forEach(member -> {
                if (!member.getKey().equals(recordsMember)) {
                    header.put(member.getKey(), member.getValue().isNull() ? null : Json.toPlain(member.getValue()));
                }
            });
        }
        return header;
    }
}
