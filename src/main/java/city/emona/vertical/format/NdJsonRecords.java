package city.emona.vertical.format;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.LocalizedText;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One JSON record in each line. A line that is none is a rejected record. */
final class NdJsonRecords {
    private NdJsonRecords() {}

    static void read(String text, RecordSink sink) throws SourceFailure {
        sink.header(Map.of());
        int good = 0;
        int number = 0;
        var lines = text.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode record = Json.parse(line);
                sink.record(Json.toPlain(record));
                good++;
            } catch (Problem e) {
                if (good == 0 && line.stripLeading().startsWith("<")) {
                    throw new SourceFailure(
                            "Namesto JSON je prišel HTML ali XML.", "HTML or XML came instead of JSON.");
                }
                sink.unusable(
                        line,
                        new LocalizedText(
                                "Vrstica " + number + " ni veljaven JSON: " + e.detail(),
                                "Line " + number + " is not valid JSON: " + e.detail()));
            }
        }
    }
}
