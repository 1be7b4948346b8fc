package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final String ENTITY =
            "{\"id\":\"urn:x:1\",\"type\":\"T\",\"n\":{\"type\":\"Property\",\"value\":1.50}}";
    private static final String SUBSCRIPTION =
            "{\"id\":\"urn:s:1\",\"type\":\"Subscription\",\"entities\":[{\"type\":\"T\"}],"
                    + "\"notification\":{\"endpoint\":{\"uri\":\"http://127.0.0.1:9/x\"}}}";

    @TempDir
    Path folder;

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static EmonaServer start(Path data) {
        Map<String, String> settings = Map.of(Settings.DATA.key(), data.toString(), Settings.PORT.key(), "0");
        return EmonaServer.startOpen(Configuration.read(Settings.ALL, null, settings), false);
    }

    private static String send(EmonaServer server, String method, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void movesARunningCityToAnother() throws Exception {
        String data = folder.resolve("data").toString();
        String elsewhere = folder.resolve("elsewhere").toString();
        Path file = folder.resolve("city.ndjson");
        String history;
        try (EmonaServer server = start(Path.of(data))) {
            send(server, "POST", "/ngsi-ld/v1/entities", ENTITY);
            send(server, "POST", "/ngsi-ld/v1/subscriptions", SUBSCRIPTION);
            history = send(server, "GET", "/ngsi-ld/v1/temporal/entities/urn:x:1", "");
            Run written = run("export", "--to", file.toString(), "--data", data);
            Run printed = run("export", "--data", data);
            Run busy = run("import", file.toString(), "--data", data);

            assertThat(written.err()).isEmpty();
            assertThat(written.out()).contains("  written    " + file);
            assertThat(printed.out().lines().toList())
                    .anyMatch(line -> line.contains("\"id\":\"urn:x:1\"") && line.contains("1.50"))
                    .last()
                    .asString()
                    .startsWith("{\"kind\":\"end\"");
            assertThat(busy.status()).isEqualTo(1);
            assertThat(busy.err()).contains("has the folder open").contains("Stop it");
        }
        Run imported = run("import", file.toString(), "--data", elsewhere);
        Run again = run("import", file.toString(), "--data", elsewhere);
        Run offline = run("export", "--data", elsewhere);

        assertThat(imported.err()).isEmpty();
        assertThat(again.out()).contains("  stored     0 entities and documents");
        assertThat(offline.out()).contains("\"id\":\"urn:x:1\"").contains("urn:s:1");
        try (EmonaServer server = start(Path.of(elsewhere))) {
            assertThat(send(server, "GET", "/ngsi-ld/v1/entities/urn:x:1", "")).isEqualTo(ENTITY);
            assertThat(send(server, "GET", "/ngsi-ld/v1/subscriptions", "")).contains("urn:s:1");
            assertThat(send(server, "GET", "/ngsi-ld/v1/temporal/entities/urn:x:1", ""))
                    .isEqualTo(history);
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(run("export", "--data", folder.resolve("none").toString()).err())
                .contains("There are no data in");
        Path broken = folder.resolve("broken.ndjson");
        Files.writeString(broken, "{\"kind\":\"emona-export\",\"form\":1}\n");
        Run cut =
                run("import", broken.toString(), "--data", folder.resolve("to").toString());
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.err()).contains("was cut off after line 1");
    }
}
