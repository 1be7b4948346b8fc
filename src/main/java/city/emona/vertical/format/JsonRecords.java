package city.emona.vertical.format;

import city.emona.json.Json;
import city.emona.json.JsonItems;
import city.emona.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Records of a JSON document, which may be long, and may stand in the call of a function, see {@link JavaScriptData}. */
public final class JsonRecords {
    private JsonRecords() {}

    /**
     * @param path the members that lead to the array, with dots between; empty when the document is the array, or one record
     * @throws SourceFailure when the text is no JSON or has no such array
     */
    static void read(String text, String path, RecordSink sink) throws SourceFailure {
        JsonItems items = items(JavaScriptData.asJson(text), path);
        sink.header(items.header());
        items.forEach(sink::record);
    }

    /** The items under a path, of a document that is whole. */
    static JsonItems items(String text, String path) throws SourceFailure {
        JsonItems items;
        try {
            items = new JsonItems(text, path.isEmpty() ? List.of() : List.of(path.split("\\.", -1)));
        } catch (Problem e) {
            throw notJson(text, e);
        }
        if (!items.isFound()) {
            throw new SourceFailure(
                    "V dokumentu ni polja »" + path + "«.", "The document has no member »" + path + "«.");
        }
        return items;
    }

    /** A short document as a tree. */
    public static JsonNode parse(String text) throws SourceFailure {
        try {
            return Json.parse(text);
        } catch (Problem e) {
            throw notJson(text, e);
        }
    }

    private static SourceFailure notJson(String text, Problem e) {
        if (text.stripLeading().startsWith("<")) {
            return new SourceFailure("Namesto JSON je prišel HTML ali XML.", "HTML or XML came instead of JSON.");
        }
        return new SourceFailure("Dokument ni veljaven JSON: " + e.detail(), e.detail());
    }
}
