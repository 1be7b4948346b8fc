package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.vertical.life.SamplePackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VerticalLifeCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("vertical"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return Main.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String write(SamplePackage sample, String name) {
        sample.content().writeTo(folder.resolve(name));
        return folder.resolve(name).toString();
    }

    @Test
    void livesThroughAFolderThatNoServerHasOpen() throws IOException, InterruptedException {
        String first = write(new SamplePackage(), "first");
        String next = write(new SamplePackage().version("1.1.0"), "next");
        assertThat(run("install", first, "--dry-run")).isZero();
        String hash = out().strip().replaceFirst("(?s).* ", "");
        assertThat(run("list")).isZero();
        assertThat(out()).contains("air-quality").contains("bundled").doesNotContain("fountains");
        assertThat(run("install", first, "--plan", "0000000000000000")).isEqualTo(1);
        assertThat(err()).contains("would be another now");
        assertThat(run("install", first, "--plan", hash)).isZero();
        assertThat(run("list")).isZero();
        assertThat(out()).containsPattern("fountains +1\\.0\\.0 +installed");
        assertThat(run("install", first)).isEqualTo(1);
        assertThat(err()).contains("installed already");
        assertThat(run("upgrade", next)).isZero();
        assertThat(run("rollback", "fountains")).isZero();
        Path file = folder.resolve("out.ndjson");
        assertThat(run("remove", "fountains", "--entities", "export", "--to", file.toString()))
                .isZero();
        assertThat(Files.exists(file)).isTrue();
        assertThat(run("remove", "fountains")).isEqualTo(1);
    }

    @Test
    void changesARunningServer() throws IOException, InterruptedException {
        String first = write(new SamplePackage(), "first");
        Map<String, String> settings = Map.of(
                "server.port",
                "0",
                "data.folder",
                folder.resolve("data").toString(),
                "verticals.folder",
                Files.createDirectory(folder.resolve("none")).toString());
        try (EmonaServer server = EmonaServer.start(Configuration.read(Settings.ALL, null, settings), false);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(get(client, server, "/v/fountains")).isEqualTo(404);
            assertThat(run("install", first)).isZero();
            assertThat(get(client, server, "/v/fountains")).isEqualTo(200);
            assertThat(get(client, server, "/contexts/fountains/1.0.0.jsonld")).isEqualTo(200);
            while (get(client, server, "/ngsi-ld/v1/entities/urn:ngsi-ld:Fountain:2") != 200) {
                Thread.onSpinWait();
            }
            assertThat(run("remove", "fountains", "--entities", "delete")).isZero();
            assertThat(get(client, server, "/v/fountains")).isEqualTo(404);
            while (get(client, server, "/ngsi-ld/v1/entities/urn:ngsi-ld:Fountain:2") != 404) {
                Thread.onSpinWait();
            }
            assertThat(get(client, server, "/contexts/fountains/1.0.0.jsonld")).isEqualTo(200);
            assertThat(get(client, server, "/schemas/vertical.schema.json")).isEqualTo(200);
        }
    }

    private static int get(HttpClient client, EmonaServer server, String path)
            throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
