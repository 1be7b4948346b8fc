package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.json.Json;
import city.emona.vertical.life.SamplePackage;
import city.emona.vertical.source.Wait;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InstalledDemoTest {
    private static final String FLOW = "https://example.org/ns/flow";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private int status(EmonaServer server, String path) {
        return get(server, path).statusCode();
    }

    private JsonNode json(EmonaServer server, String path) {
        return Json.parse(get(server, path).body());
    }

    private HttpResponse<byte[]> get(EmonaServer server, String path) {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        try {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void showsAVerticalThatIsInstalledWhileTheDemoCityRuns() throws IOException, InterruptedException {
        SamplePackage sample = new SamplePackage()
                .edit("vertical.yaml", "views:\n", """
                        demo:
                          - {source: list, every: 1s, data: data/fountains.json, documents: {list.json: demo/list.jsonata}}
                        views:
                        """)
                .edit("mappings/list.jsonata", "{\"value\": flow}", "{\"value\": flow, \"observedAt\": at}")
                .with(
                        "demo/list.jsonata",
                        "$.{'id': 'demo' & id, 'name': name, 'flow': 5 + $wander(id, 600), 'at': $at}");
        sample.content().writeTo(folder.resolve("fountains"));
        String data = folder.resolve("data").toString();
        Map<String, String> settings = Map.of(
                "server.port",
                "0",
                "data.folder",
                data,
                "verticals.folder",
                Files.createDirectory(folder.resolve("none")).toString());
        try (EmonaServer server = EmonaServer.startOpen(Configuration.read(Settings.ALL, null, settings), true)) {
            assertThat(status(server, "/demo/feeds/fountains/list/list.json")).isEqualTo(404);
            List<String> install =
                    List.of("vertical", "install", folder.resolve("fountains").toString(), "--data", data);
            assertThat(Main.run(install, new PrintStream(PrintStream.nullOutputStream()), System.err))
                    .isZero();

            String id = "urn:ngsi-ld:Fountain:demo2";
            Wait.until(() -> status(server, "/ngsi-ld/v1/entities/" + id) == 200);
            JsonNode entity = json(server, "/ngsi-ld/v1/entities/" + id);
            assertThat(entity.path("https://emona.city/ns/isDemo").path("value").asBoolean())
                    .isTrue();
            assertThat(status(server, "/demo/feeds/fountains/list/list.json")).isEqualTo(200);
            assertThat(status(server, "/demo/feeds/fountains/list/other.json")).isEqualTo(404);

            Instant yesterday = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);
            String past = "/ngsi-ld/v1/temporal/entities/" + id + "?timeproperty=observedAt&timerel=before&timeAt="
                    + yesterday;
            Wait.until(() -> json(server, past).path(FLOW).size() > 6 * 24);
        }
    }
}
