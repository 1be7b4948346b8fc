package city.emona.app;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Brings files to a source of the running server. */
final class SourceUpload {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final RunningServer.Found server;
    private final String source;
    private final PrintStream out;

    /** @param source the ids of the vertical and of the source, with a slash between */
    SourceUpload(RunningServer.Found server, String source, PrintStream out) {
        this.server = server;
        this.source = source;
        this.out = out;
    }

    /**
     * Brings a file, and says what became of its records.
     *
     * @throws Problem when it cannot be read or is not taken
     */
    void bring(Path file) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            out.printf(Locale.ROOT, "  sending     %,d bytes%n", Files.size(file));
            HttpRequest request = server.request("/sources/" + source + "/documents")
                    .header("Content-Type", "application/octet-stream")
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofFile(file))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            JsonNode body = Json.parse(response.body());
            if (response.statusCode() != 200) {
                throw Problem.invalidRequest(
                        body.path("detail").asString("The server answered with status " + response.statusCode() + "."),
                        body.path("remedy").asString(""));
            }
            out.printf(
                    Locale.ROOT,
                    "  accepted    %,d records, %,d of them incomplete%n  rejected    %,d records%n  entities    %,d, of which %,d said nothing new%n",
                    body.path("accepted").asInt(),
                    body.path("incomplete").asInt(),
                    body.path("rejected").asInt(),
                    body.path("entities").asInt(),
                    body.path("unchanged").asInt());
        } catch (IOException e) {
            throw Problem.invalidRequest("The file cannot be brought (" + e + ").", "Check the file and the server.");
        }
    }
}
