package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.json.Json;
import city.emona.vertical.source.TestVertical;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sources as operators and senders meet them: by HTTP, by the page and by the command. */
class SourceOperationsTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private EmonaServer server;

    @BeforeEach
    void start() throws Exception {
        Contexts contexts = new Contexts(url -> {
            throw new AssertionError("no context may be fetched, but was " + url);
        });
        TestVertical.of(
                folder.resolve("verticals"),
                contexts,
                TestVertical.source("pushed", "connector: push\nformat: json\npush: {kind: token, secret: device}")
                        + TestVertical.source("brought", "connector: upload\nformat: csv"));
        Path secrets = Files.createDirectories(folder.resolve("data/secrets/things"));
        Files.writeString(secrets.resolve("device"), "t0ken\n");
        server = EmonaServer.start(
                Configuration.read(
                        Settings.ALL,
                        null,
                        Map.of(
                                Settings.PORT.key(), "0",
                                Settings.DATA.key(), folder.resolve("data").toString(),
                                Settings.VERTICALS.key(),
                                        folder.resolve("verticals").toString())),
                false);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header(
                        "Content-Type",
                        path.startsWith("/status") ? "application/x-www-form-urlencoded" : "application/json")
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String desired(String source) throws Exception {
        for (var one : Json.parse(send("GET", "/sources", "").body())) {
            if (one.path("source").asString().equals(source)) {
                return one.path("desired").asString();
            }
        }
        throw new AssertionError("no source " + source);
    }

    @Test
    void whatIsPushedIsCommittedWhenItIsAnswered() throws Exception {
        String body = "[{\"id\": 1, \"level\": 2}, {\"level\": 3}]";
        var accepted = send("POST", "/sources/things/pushed/push", body, "Authorization", "Bearer t0ken");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(Json.parse(accepted.body()).path("rejected").asInt()).isEqualTo(1);
        assertThat(send("GET", "/ngsi-ld/v1/entities/urn:ngsi-ld:Thing:1", "").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/sources/things/pushed/push", body).statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/sources/things/brought/push", body).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/sources/things/pushed/push", "{", "Authorization", "Bearer t0ken")
                        .statusCode())
                .isEqualTo(400);
        var rejected =
                Json.parse(send("GET", "/sources/things/pushed/rejected", "").body());
        assertThat(rejected.path(0).path("reason").path("en").asString()).contains("»id« is missing");
        assertThat(rejected.path(0).path("record").asString()).contains("\"level\":3");
    }

    @Test
    void everyValueTellsItsSourceMappingAndVersionToProgramsAndPeople() throws Exception {
        send("POST", "/sources/things/pushed/push", "[{\"id\": 1, \"level\": 2}]", "Authorization", "Bearer t0ken");
        String written =
                "{\"id\":\"urn:ngsi-ld:Thing:1\",\"type\":\"Thing\",\"colour\":{\"type\":\"Property\",\"value\":\"red\"}}";
        assertThat(send("POST", "/ngsi-ld/v1/entities/urn:ngsi-ld:Thing:1/attrs", written)
                        .statusCode())
                .isEqualTo(204);
        JsonNode answer =
                Json.parse(send("GET", "/provenance/urn:ngsi-ld:Thing:1", "").body());
        JsonNode level = answer.path("attributes").path(0);
        assertThat(level.path("attribute").asString()).isEqualTo(TestVertical.LEVEL);
        assertThat(level.path("source").asString()).isEqualTo("urn:ngsi-ld:DataSource:things:pushed");
        assertThat(level.path("version").asString()).isEqualTo("1.0.0");
        assertThat(level.path("mapping").asString()).isEqualTo("mappings/thing.jsonata");
        assertThat(level.path("mappingDigest").asString()).hasSize(64);
        assertThat(level.path("fetchedAt").asString()).isNotEmpty();
        JsonNode colour = answer.path("attributes").path(1);
        assertThat(colour.has("source")).isFalse();
        assertThat(colour.has("writtenAt")).isTrue();
        assertThat(send("GET", "/en/e/urn:ngsi-ld:Thing:1", "").body())
                .contains("Where these values come from", "Source pushed", "mappings/thing.jsonata", "things 1.0.0");
        assertThat(send("GET", "/provenance/urn:ngsi-ld:Thing:none", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSourceIsSwitchedByTheOperationAndByTheButtonOfTheConsole() throws Exception {
        assertThat(send("PUT", "/sources/things/brought/state", "{\"desired\": \"off\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(desired("brought")).isEqualTo("off");
        assertThat(send("POST", "/sources/things/brought/documents", "id;level\n1;2\n")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("GET", "/en/status", "").body())
                .contains("Sources that are off", "Things</a>: Source brought")
                .doesNotContain("<form");
        assertThat(send("GET", "/en/console/sources", "").body()).contains("Switch the source on");
        assertThat(send("POST", "/en/console/sources/things/brought/on", "", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(desired("brought")).isEqualTo("off");
        var turned = send("POST", "/en/console/sources/things/brought/on", "", "Sec-Fetch-Site", "same-origin");
        assertThat(turned.statusCode()).isEqualTo(303);
        assertThat(turned.headers().firstValue("Location")).contains("/en/console/sources?result=on");
        assertThat(desired("brought")).isEqualTo("on");
        assertThat(send("PUT", "/sources/things/none/state", "{\"desired\": \"off\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", "/sources/things/brought/state", "{\"desired\": \"maybe\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCommandBringsAFileAndThePageSaysWhatWasFoundOutAboutIt() throws Exception {
        Path file = folder.resolve("things.csv");
        Files.writeString(file, "id;level\n1;2\n2;3\n");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = ImportCommand.COMMAND
                .action()
                .run(
                        List.of(
                                file.toString(),
                                "--as",
                                "things/brought",
                                "--data",
                                folder.resolve("data").toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("accepted    2 records", "entities    2");
        assertThat(send("GET", "/en/status", "").body()).contains("Found out: The separator is »;«");
    }
}
