package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.Broker;
import city.emona.broker.ContextFetcher;
import city.emona.broker.ContextLibrary;
import city.emona.broker.SourceIdentity;
import city.emona.broker.live.LiveHub;
import city.emona.broker.subscription.Subscriptions;
import city.emona.broker.temporal.TemporalReads;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.http.operation.Gate;
import city.emona.http.operation.Operations;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.local.LocalStore;
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
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The NGSI-LD API on a real store and a real HTTP server, beside a server of contexts, with a client for both. */
final class Api implements AutoCloseable {
    static final String JSON = "application/json";
    static final String JSON_LD = "application/ld+json";
    static final int MAX_STREAMS = 205;
    private static final int MAX_BODY = 64 * 1024;

    /** How many instances of one attribute an answer holds. */
    static final int MAX_INSTANCES = 10;

    final Broker broker;
    final AtomicLong ahead = new AtomicLong();
    final LiveHub live;
    final LocalStore store;
    private final HttpServer server;
    private final HttpServer contextServer;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api(Path folder) {
        this(folder, 0);
    }

    /** With a store that writes only while the disk has more bytes left than the reserve. */
    Api(Path folder, long reserveBytes) {
        Clock shifted = new ShiftedClock(Clock.systemUTC());
        store = LocalStore.open(folder, reserveBytes, shifted);
        broker = new Broker(store, shifted);
        live = new LiveHub(store, broker, MAX_STREAMS);
        Router contexts = new Router()
                .get("/context.jsonld", _ -> Response.of(200, JSON_LD, bytes("""
                        {"@context": {"ex": "https://example.org/", "Thing": "ex:Thing", "name": "ex:name"}}""")))
                .get("/broken.jsonld", _ -> Response.of(200, JSON_LD, bytes("{\"@context\": 7}")));
        contextServer = HttpServer.start(HttpServerConfig.onLoopback(0), contexts, (_, p, _) -> Problems.response(p));
        Router router = new Router();
        Operations operations = new Operations(router, Gate.OPEN);
        ContextLibrary library = new ContextLibrary(store, this::fetch, shifted);
        NgsiLdApi.addTo(
                operations,
                broker,
                new NgsiLdApi.History(
                        new TemporalReads(broker, store, ZoneId.of("Europe/Ljubljana"), MAX_INSTANCES),
                        new TemporalWrites(broker, store)),
                new Subscriptions(broker, store, library, shifted),
                SourceIdentity.of(store, shifted),
                library);
        EventStreams.addTo(operations, live, library);
        server = HttpServer.start(
                HttpServerConfig.onLoopback(0).withMaxBodyBytes(MAX_BODY), router, (_, p, _) -> Problems.response(p));
    }

    /** A clock that a test can put forward. */
    private final class ShiftedClock extends Clock {
        private final Clock base;

        ShiftedClock(Clock base) {
            this.base = base;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return base.instant().plusMillis(ahead.get());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ContextFetcher.Fetched fetch(String url) {
        try {
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                return new ContextFetcher.Fetched(response.body(), 0);
            }
        } catch (IOException | InterruptedException e) {
            throw unavailable(url);
        }
        throw unavailable(url);
    }

    private static Problem unavailable(String url) {
        return new Problem(ProblemType.LD_CONTEXT_NOT_AVAILABLE, "No context at " + url + ".", "");
    }

    /** The address of a document on the server of contexts. */
    String contextUrl(String path) {
        return "http://127.0.0.1:" + contextServer.port() + "/" + path;
    }

    /** The Link header that names a context. */
    String link(String path) {
        return ContextLink.format(contextUrl(path));
    }

    int port() {
        return server.port();
    }

    /** Sends a request and gives what comes back. */
    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()
                        + "/ngsi-ld/v1" + path.replace("{", "%7B").replace("}", "%7D")))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        List<String> given = new ArrayList<>(List.of(headers));
        if (!body.isEmpty() && given.stream().noneMatch(h -> h.equals("Content-Type"))) {
            given.addAll(List.of("Content-Type", JSON));
        }
        if (!given.isEmpty()) {
            request.headers(given.toArray(String[]::new));
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    /** Creates an entity of application/json. */
    void create(String entity) {
        post("/entities", entity).hasStatus(201);
    }

    /** What came back, with assertions that can be chained. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.parse(response.body());
        }

        List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        Answer hasStatus(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            return this;
        }

        Answer hasHeader(String name, String... values) {
            assertThat(headers(name)).as(name).containsExactly(values);
            return this;
        }

        Answer hasBody(String json) {
            assertThat(json()).isEqualTo(Json.parse(json));
            return this;
        }

        Answer isEmpty(int status) {
            hasStatus(status);
            assertThat(response.body()).isEmpty();
            return this;
        }

        Answer isProblem(ProblemType type) {
            hasStatus(type.status());
            hasHeader("Content-Type", JSON);
            hasHeader("Link");
            JsonNode body = json();
            assertThat(body.get("type").stringValue()).as(text()).isEqualTo(type.uri());
            assertThat(body.get("status").intValue()).isEqualTo(type.status());
            assertThat(body.get("title").stringValue()).isNotEmpty();
            assertThat(body.get("detail").stringValue())
                    .isNotEmpty()
                    .isNotEqualTo(body.get("title").stringValue());
            return this;
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        contextServer.close();
        live.close();
        store.close();
    }
}
