package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.api.openapi.Schemas;
import city.emona.app.FuzzConnection.Answer;
import city.emona.app.FuzzRequests.Fuzz;
import city.emona.config.Configuration;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sends a running server requests that are made from what it says it offers, with much of it broken. {@code -Demona.fuzz=200000} sends so many,
 * {@code -Demona.fuzz.seed=…} the same ones again.
 */
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("emona.fuzz", 5_000);
    private static final long SEED = Long.getLong("emona.fuzz.seed", System.nanoTime());
    private static final int CLIENTS = 2;
    private static final long MOST_GROWTH_BYTES = 32L * 1024 * 1024;
    private static final Duration MOST_LINGERING = Duration.ofMinutes(2);
    private static final String CANARY = "{\"id\":\"urn:ngsi-ld:Canary:1\",\"type\":\"Canary\","
            + "\"number\":{\"type\":\"Property\",\"value\":1.10},\"text\":{\"type\":\"Property\",\"value\":\"e\u0301\"}}";

    @TempDir
    Path folder;

    /** The first complaint of each kind about each operation. */
    private final Map<String, String> complaints = new ConcurrentHashMap<>();

    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

    @Test
    void answersWhateverItIsSentAndStaysWell() throws IOException, InterruptedException {
        System.out.println("The seed is " + SEED + ".");
        try (EmonaServer server = EmonaServer.startOpen(
                Configuration.read(Settings.ALL, null, Map.of("server.port", "0", "data.folder", folder.toString())),
                true)) {
            assertThat(send(server, "POST", "/ngsi-ld/v1/entities", "canary", CANARY)
                            .status())
                    .isEqualTo(201);
            run(server, SEED, REQUESTS / 5);
            forgetEverything(server);
            long before = heapBytes();
            run(server, SEED + CLIENTS, REQUESTS - REQUESTS / 5);
            forgetEverything(server);
            long grown = growth(before);
            System.out.println(REQUESTS + " requests, answers by status " + new TreeMap<>(statuses)
                    + ", heap after the first fifth " + before / 1024 + " KB, grown by " + grown / 1024 + " KB.");

            assertThat(complaints.values()).isEmpty();
            assertThat(grown).as("growth of the heap").isLessThan(MOST_GROWTH_BYTES);
            Answer canary = send(server, "GET", "/ngsi-ld/v1/entities/urn:ngsi-ld:Canary:1", "canary", "");
            assertThat(canary.text()).isEqualTo(CANARY);
            assertThat(send(server, "GET", "/health/ready", "", "").status()).isEqualTo(200);
            assertThat(statuses.keySet()).contains(200, 201, 204, 207, 400, 404, 405, 409, 415);
        }
    }

    private void run(EmonaServer server, long seed, int requests) throws InterruptedException {
        JsonNode schemas = Schemas.load();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            FuzzRequests made = new FuzzRequests(
                    seed + i,
                    server.operations().list(),
                    schemas,
                    List.of("fuzz" + i + "a", "fuzz" + i + "b"),
                    contexts(server.port()));
            clients.add(Thread.ofPlatform().start(() -> fuzz(server.port(), made, requests / CLIENTS)));
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Addresses of a context, of no context, of nothing, and of no server. */
    private static List<String> contexts(int port) {
        String own = "http://127.0.0.1:" + port;
        return List.of(
                own + "/contexts/emona.jsonld",
                "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
                own + "/health/live",
                own + "/metrics",
                own + "/nothing",
                "http://127.0.0.1:1/context.jsonld",
                "file:///etc/passwd",
                "not an address");
    }

    private void fuzz(int port, FuzzRequests made, int requests) {
        try (FuzzConnection connection = new FuzzConnection(port)) {
            for (int i = 0; i < requests && complaints.size() < 20; i++) {
                Fuzz fuzz = made.next();
                try {
                    Answer answer = connection.exchange(fuzz.bytes(), fuzz.whole(), fuzz.method());
                    judge(fuzz, answer, connection);
                } catch (SocketTimeoutException e) {
                    complain("hangs", fuzz, null);
                    connection.reset();
                } catch (IOException e) {
                    complain(e.toString(), fuzz, null);
                    connection.reset();
                }
            }
        }
    }

    private void judge(Fuzz fuzz, @Nullable Answer answer, FuzzConnection connection) throws IOException {
        if (answer == null) {
            statuses.computeIfAbsent(0, _ -> new LongAdder()).increment();
            if (fuzz.whole()) {
                complain("is not answered", fuzz, null);
            }
            return;
        }
        statuses.computeIfAbsent(answer.status(), _ -> new LongAdder()).increment();
        boolean unreachable = answer.status() == ProblemType.LD_CONTEXT_NOT_AVAILABLE.status()
                && (fuzz.method().equals("HEAD") || answer.text().contains(ProblemType.LD_CONTEXT_NOT_AVAILABLE.uri()));
        if (answer.status() >= 500 && answer.status() != 501 && !unreachable) {
            complain("is answered " + answer.status(), fuzz, answer);
        }
        boolean bodiless = fuzz.method().equals("HEAD") || answer.status() == 411 || answer.status() == 415;
        boolean page = answer.headers().getOrDefault("content-type", "").startsWith("text/html");
        if (answer.status() >= 400 && !bodiless && !page && !isProblem(answer)) {
            complain("is answered without a problem", fuzz, answer);
        }
        String location = answer.headers().get("location");
        if (answer.status() == 201 && location != null && fuzz.about().equals("createEntity") && !expires(fuzz)) {
            String get = "GET " + location + " HTTP/1.1\r\nHost: x\r\nNGSILD-Tenant: " + fuzz.tenant() + "\r\n\r\n";
            Answer again = connection.exchange(get.getBytes(StandardCharsets.UTF_8), true, "GET");
            if (again == null || again.status() != 200) {
                complain("is acknowledged and then not there", fuzz, again);
            }
        }
    }

    private static boolean expires(Fuzz fuzz) {
        return new String(fuzz.bytes(), StandardCharsets.UTF_8).contains("expiresAt");
    }

    private static boolean isProblem(Answer answer) {
        if (!"application/json".equals(answer.headers().get("content-type"))) {
            return false;
        }
        try {
            JsonNode body = Json.parse(answer.body());
            return isText(body.path("type")) && isText(body.path("title")) && isText(body.path("detail"));
        } catch (Problem e) {
            return false;
        }
    }

    private static boolean isText(JsonNode node) {
        return node.isString() && !node.stringValue().isEmpty();
    }

    private void complain(String what, Fuzz fuzz, @Nullable Answer answer) {
        String request = new String(fuzz.bytes(), StandardCharsets.ISO_8859_1);
        complaints.putIfAbsent(
                fuzz.about() + " " + what,
                "A request " + what + ": "
                        + request.substring(0, Math.min(request.length(), 1_500))
                                .replaceAll("[^\\x20-\\x7e\\n]", ".")
                        + (answer == null ? "" : "\n-> " + answer.status() + " " + answer.text()));
    }

    private static Answer send(EmonaServer server, String method, String path, String tenant, String body)
            throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\n"
                + (tenant.isEmpty() ? "" : "NGSILD-Tenant: " + tenant + "\r\n")
                + (body.isEmpty()
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
                + "\r\n" + body;
        try (FuzzConnection connection = new FuzzConnection(server.port())) {
            Answer answer = connection.exchange(head.getBytes(StandardCharsets.UTF_8), true, method);
            if (answer == null) {
                throw new AssertionError(method + " " + path + " was not answered");
            }
            return answer;
        }
    }

    /** Deletes what the requests created, so that what is left in memory is what nobody asked to be kept. */
    private static void forgetEverything(EmonaServer server) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            for (String tenant : List.of("fuzz" + i + "a", "fuzz" + i + "b")) {
                JsonNode listed;
                do {
                    Answer page = send(server, "GET", "/ngsi-ld/v1/entities?local=true&pick=id&limit=1000", tenant, "");
                    listed = page.status() == 200 ? Json.parse(page.body()) : Json.array();
                    if (!listed.isEmpty()) {
                        var ids = Json.array();
                        listed.forEach(entity -> ids.add(entity.get("id")));
                        send(server, "POST", "/ngsi-ld/v1/entityOperations/delete", tenant, Json.text(ids));
                    }
                } while (!listed.isEmpty());
            }
        }
    }

    /** By how much the heap has grown when the server has let go of connections that clients left, which takes it a while. */
    private static long growth(long before) {
        long deadline = System.nanoTime() + MOST_LINGERING.toNanos();
        long grown;
        do {
            grown = heapBytes() - before;
        } while (grown >= MOST_GROWTH_BYTES && System.nanoTime() < deadline);
        return grown;
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
