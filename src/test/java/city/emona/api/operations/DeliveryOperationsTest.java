package city.emona.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.access.Policy;
import city.emona.api.ngsild.Problems;
import city.emona.api.openapi.OpenApiDocument;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Outbox;
import city.emona.broker.delivery.Outcome;
import city.emona.broker.delivery.Sender;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Router;
import city.emona.http.operation.Gate;
import city.emona.http.operation.Operations;
import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.LogEntry;
import city.emona.store.Samples;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.source.Wait;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators see and order, on a real engine behind a real server; each answer is what the description says. */
class DeliveryOperationsTest {
    private static final String DOCUMENT = "https://emona.city/openapi";
    private static final String ADDRESS = "https://ana:geheim@receiver.example.org/";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Outcome outcome = new Outcome.Refused("The receiver answered with status 400.");
    private LocalStore store;
    private DeliveryEngine engine;
    private HttpServer server;
    private SchemaRegistry schemas;

    /** Asks for the same message to the same address with every commit. */
    private static final class OneOutbox implements Outbox {
        @Override
        public List<Dispatch> dispatches(LogEntry entry) {
            return List.of(new Dispatch(entry.tenant(), "s1", ADDRESS, entry.position(), new byte[0]));
        }

        @Override
        public Optional<Message> compose(Dispatch dispatch) {
            byte[] body = "{\"type\":\"Notification\"}".getBytes(StandardCharsets.UTF_8);
            return Optional.of(new Message(
                    URI.create(dispatch.endpoint()), "application/json", List.of(), body, null, null, null));
        }

        @Override
        public void delivered(Dispatch dispatch, long at) {
            // seen in the answers
        }

        @Override
        public void failed(Dispatch dispatch, long at, String reason) {
            // seen in the answers
        }
    }

    /** Does to each message what the test wants, without a network. */
    private final class WillingSender implements Sender {
        @Override
        public Outcome send(Message message) {
            return outcome;
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }

    @BeforeEach
    void start() {
        Clock clock = Clock.systemUTC();
        store = LocalStore.open(folder, 1024 * 1024, clock);
        store.setWatcher(_ -> new byte[] {1});
        engine = new DeliveryEngine(store, new OneOutbox(), new WillingSender(), clock, DeliverySettings.DEFAULT);
        engine.start();
        Operations operations = new Operations(new Router(), Gate.OPEN);
        new DeliveryOperations(engine).operations().forEach(operations::add);
        server = HttpServer.start(
                HttpServerConfig.onLoopback(0), operations.router(), (_, problem, _) -> Problems.response(problem));
        String document = Json.text(OpenApiDocument.of("1.0.0", operations.list(), Policy.shipped()));
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, document)));
        commit(1);
        commit(2);
        Wait.until(() -> engine.countDeadLetters() == 2);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        engine.close();
        store.close();
    }

    private void commit(int number) {
        store.commit(ChangeSet.ofEntities(
                Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:n:" + number, "N", number)))));
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/deliveries" + path))
                            .method(method, BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json")
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of an answer, which must have the status and keep to the schema. */
    private JsonNode answer(String method, String path, String body, String schema) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Schema described = schemas.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema));
        JsonNode json = Json.parse(response.body());
        assertThat(described.validate(json)).as(response.body()).isEmpty();
        return json;
    }

    private static void assertRefused(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.parse(response.body()).path("type").asString()).endsWith(type);
    }

    @Test
    void listsEndpointsWithoutPasswords() {
        JsonNode endpoint =
                answer("GET", "/endpoints", "", "DeliveryEndpointList").get(0);
        assertThat(endpoint.path("address").asString()).isEqualTo("https://ana:***@receiver.example.org/");
        assertThat(endpoint.path("circuit").asString()).isEqualTo("closed");
        assertThat(endpoint.path("refused").asInt()).isEqualTo(2);
        assertThat(endpoint.path("lastReason").asString()).isEqualTo("The receiver answered with status 400.");
    }

    @Test
    void showsAnEndpointThatFailsAndTriesItWhenTold() {
        outcome = new Outcome.Failed("There was no answer within 10 s.");
        commit(3);
        Wait.until(() -> engine.listEndpoints().getFirst().failed() == 1);
        JsonNode endpoint =
                answer("GET", "/endpoints", "", "DeliveryEndpointList").get(0);
        assertThat(endpoint.path("circuit").asString()).isEqualTo("open");
        assertThat(endpoint.path("pending").asInt()).isEqualTo(1);
        assertThat(endpoint.has("nextTryAt")).isTrue();
        outcome = new Outcome.Delivered();
        assertThat(send("POST", "/endpoints/" + endpoint.path("id").asString() + "/try", "")
                        .statusCode())
                .isEqualTo(204);
        Wait.until(() -> engine.listEndpoints().getFirst().sent() == 1);
        assertRefused(send("POST", "/endpoints/nobody/try", ""), 404, "ResourceNotFound");
    }

    @Test
    void holdsAnEndpointAndResumesIt() {
        String id = engine.listEndpoints().getFirst().id();
        assertThat(send("POST", "/endpoints/" + id + "/hold", "").statusCode()).isEqualTo(204);
        assertThat(answer("GET", "/endpoints", "", "DeliveryEndpointList")
                        .get(0)
                        .has("heldSince"))
                .isTrue();
        outcome = new Outcome.Delivered();
        commit(3);
        Wait.until(() -> engine.listEndpoints().getFirst().pending() == 1);
        assertThat(send("POST", "/endpoints/" + id + "/resume", "").statusCode())
                .isEqualTo(204);
        Wait.until(() -> engine.listEndpoints().getFirst().sent() == 1);
        assertRefused(send("POST", "/endpoints/nobody/hold", ""), 404, "ResourceNotFound");
        assertRefused(send("POST", "/endpoints/nobody/resume", ""), 404, "ResourceNotFound");
    }

    @Test
    void listsDeadLettersInPages() {
        JsonNode first = answer("GET", "/dead-letters?limit=1", "", "DeadLetterList");
        assertThat(first.size()).isEqualTo(1);
        JsonNode letter = first.get(0);
        assertThat(letter.path("body").asString()).isEqualTo("{\"type\":\"Notification\"}");
        assertThat(letter.path("address").asString()).isEqualTo("https://ana:***@receiver.example.org/");
        JsonNode second =
                answer("GET", "/dead-letters?after=" + letter.path("number").asInt(), "", "DeadLetterList");
        assertThat(second.size()).isEqualTo(1);
        assertThat(answer("GET", "/dead-letters?endpoint=nobody", "", "DeadLetterList")
                        .size())
                .isZero();
    }

    @Test
    void sendsDeadLettersAgain() {
        outcome = new Outcome.Delivered();
        int number = answer("GET", "/dead-letters", "", "DeadLetterList")
                .get(0)
                .path("number")
                .asInt();
        assertThat(answer("POST", "/dead-letters/retry", "{\"number\": " + number + "}", "DeadLetterCount")
                        .path("retried")
                        .asInt())
                .isEqualTo(1);
        Wait.until(() -> engine.countDeadLetters() == 1);
        assertThat(answer("POST", "/dead-letters/retry", "{}", "DeadLetterCount")
                        .path("retried")
                        .asInt())
                .isEqualTo(1);
        Wait.until(() -> engine.countDeadLetters() == 0);
        assertRefused(send("POST", "/dead-letters/retry", "{\"number\": 999}"), 404, "ResourceNotFound");
        assertRefused(send("POST", "/dead-letters/retry", "{\"number\": \"1\"}"), 400, "BadRequestData");
        assertRefused(send("POST", "/dead-letters/retry", "{\"all\": true}"), 400, "BadRequestData");
        assertRefused(send("POST", "/dead-letters/retry", "[]"), 400, "InvalidRequest");
    }

    @Test
    void deletesDeadLetters() {
        int number = answer("GET", "/dead-letters", "", "DeadLetterList")
                .get(0)
                .path("number")
                .asInt();
        assertThat(send("DELETE", "/dead-letters/" + number, "").statusCode()).isEqualTo(204);
        assertRefused(send("DELETE", "/dead-letters/" + number, ""), 404, "ResourceNotFound");
        assertRefused(send("DELETE", "/dead-letters/seven", ""), 404, "ResourceNotFound");
        assertThat(answer("DELETE", "/dead-letters", "", "DeadLetterCount")
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void sendsAgainFromATimeOrAPosition() {
        outcome = new Outcome.Delivered();
        String endpoint = engine.listEndpoints().getFirst().id();
        JsonNode ofEndpoint = answer(
                "POST",
                "/replay",
                "{\"endpoint\": \"" + endpoint + "\", \"fromTime\": \"2020-01-01T00:00:00Z\"}",
                "Replayed");
        assertThat(ofEndpoint.path("replayed").asBoolean()).isTrue();
        Wait.until(() -> engine.listEndpoints().getFirst().sent() == 2
                && engine.listEndpoints().getFirst().pending() == 0);
        JsonNode ofSubscription =
                answer("POST", "/replay", "{\"subscription\": \"s1\", \"fromPosition\": 0}", "Replayed");
        assertThat(ofSubscription.path("replayed").asBoolean()).isTrue();
        Wait.until(() -> engine.listEndpoints().getFirst().sent() == 4);
        assertRefused(send("POST", "/replay", "{\"endpoint\": \"x\", \"fromPosition\": 1}"), 404, "ResourceNotFound");
        for (String wrong : List.of(
                "{\"fromPosition\": 1}",
                "{\"subscription\": \"s1\"}",
                "{\"subscription\": \"s1\", \"fromTime\": \"yesterday\"}",
                "{\"subscription\": \"s1\", \"fromPosition\": -1}",
                "{\"subscription\": \"s1\", \"fromPosition\": 1, \"fromTime\": \"2020-01-01T00:00:00Z\"}",
                "{\"subscription\": \"s1\", \"endpoint\": \"x\", \"fromPosition\": 1}",
                "{\"subscription\": 7, \"fromPosition\": 1}")) {
            assertRefused(send("POST", "/replay", wrong), 400, "BadRequestData");
        }
    }
}
