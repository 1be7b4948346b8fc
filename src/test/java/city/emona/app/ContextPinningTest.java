package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.broker.ContextKind;
import city.emona.broker.ContextLibrary;
import city.emona.broker.StoredContext;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts of a real server that changes, breaks and goes away, kept in a real store. */
class ContextPinningTest {
    @TempDir
    Path folder;

    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private LocalStore store;
    private ContextLibrary library;

    @BeforeEach
    void start() throws IOException {
        open();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            try (exchange) {
                if (path.equals("/slow")) {
                    open.await();
                }
                headers.forEach(exchange.getResponseHeaders()::set);
                String document = documents.get(path);
                byte[] body = (document == null ? "" : document).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(document == null ? 503 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private void open() {
        store = LocalStore.open(folder, 0, Clock.systemUTC());
        library = new ContextLibrary(store, new RemoteContexts(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        store.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void publish(String path, String iri) {
        documents.put(path, "{\"@context\": {\"name\": \"" + iri + "\"}}");
    }

    private String name(String path) {
        return library.contexts().compileLink(url(path)).expand("name");
    }

    private StoredContext copy(String path) {
        return library.find(Tenant.DEFAULT, url(path)).orElseThrow();
    }

    @Test
    void keepsWhatItFetchedWhenTheOriginalChangesAndTheNetworkIsCut() {
        publish("/c", "https://example.org/first");
        assertThat(name("/c")).isEqualTo("https://example.org/first");
        publish("/c", "https://example.org/second");

        store.close();
        open();
        assertThat(name("/c")).isEqualTo("https://example.org/first");
        store.close();
        server.stop(0);
        open();

        assertThat(name("/c")).isEqualTo("https://example.org/first");
        assertThat(requests).hasValue(1);
    }

    @Test
    void takesTheNewOriginalWhenAskedToLoadItAgain() {
        publish("/c", "https://example.org/first");
        documents.put("/outer", "{\"@context\": [\"c\", {\"other\": \"https://example.org/other\"}]}");
        assertThat(name("/outer")).isEqualTo("https://example.org/first");
        publish("/c", "https://example.org/second");

        library.reload(copy("/c"));

        assertThat(name("/c")).isEqualTo("https://example.org/second");
        assertThat(name("/outer")).isEqualTo("https://example.org/second");
    }

    @Test
    void keepsTheCopyWhenLoadingItAgainFails() {
        publish("/c", "https://example.org/first");
        assertThat(name("/c")).isEqualTo("https://example.org/first");
        for (String broken :
                List.of("no JSON", "{}", "{\"@context\": 7}", "{\"@context\": {\"a\": {\"@context\": {}}}}")) {
            documents.put("/c", broken);
            assertThatThrownBy(() -> library.reload(copy("/c")))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.LD_CONTEXT_NOT_AVAILABLE));
        }
        documents.remove("/c");
        assertThatThrownBy(() -> library.reload(copy("/c"))).hasMessageContaining("503");

        assertThat(name("/c")).isEqualTo("https://example.org/first");
        store.close();
        open();
        assertThat(name("/c")).isEqualTo("https://example.org/first");
    }

    @Test
    void fetchesAgainWhatWasDeleted() {
        publish("/c", "https://example.org/first");
        assertThat(name("/c")).isEqualTo("https://example.org/first");
        publish("/c", "https://example.org/second");

        library.delete(copy("/c"));

        assertThat(library.find(Tenant.DEFAULT, url("/c"))).isEmpty();
        assertThat(name("/c")).isEqualTo("https://example.org/second");
    }

    @Test
    void fetchesOnceHoweverManyNeedItFirst() throws Exception {
        publish("/slow", "https://example.org/first");
        List<Future<String>> names = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            names.add(threads.submit(() -> {
                begun.countDown();
                return name("/slow");
            }));
        }
        begun.await();
        open.countDown();
        for (Future<String> name : names) {
            assertThat(name.get()).isEqualTo("https://example.org/first");
        }
        assertThat(requests).hasValue(1);
        assertThat(library.list(Tenant.DEFAULT)).hasSize(1);
        assertThat(copy("/slow").usage().hits()).isEqualTo(20);
    }

    @Test
    void keepsNothingThatIsNoContext() {
        for (String broken : List.of("no JSON", "{}", "{\"@context\": 7}", "{\"@context\": [[]]}")) {
            documents.put("/c", broken);
            assertThatThrownBy(() -> name("/c"))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
        }
        assertThatThrownBy(() -> name("/nothing"))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.LD_CONTEXT_NOT_AVAILABLE));
        assertThat(library.list(Tenant.DEFAULT)).isEmpty();
    }

    @Test
    void saysUntilWhenTheOtherServerPromisedThatItStays() {
        publish("/c", "https://example.org/first");
        headers.put("Cache-Control", "public, max-age=600");
        long before = System.currentTimeMillis();
        assertThat(name("/c")).isEqualTo("https://example.org/first");
        assertThat(copy("/c").expiresAt()).isBetween(before + 600_000, System.currentTimeMillis() + 600_000);

        headers.remove("Cache-Control");
        headers.put("Expires", "Wed, 25 Nov 2026 10:00:00 GMT");
        library.reload(copy("/c"));
        assertThat(copy("/c").expiresAt())
                .isEqualTo(Instant.parse("2026-11-25T10:00:00Z").toEpochMilli());

        headers.put("Expires", "0");
        library.reload(copy("/c"));
        assertThat(copy("/c").expiresAt()).isZero();
    }

    @Test
    void dropsTheLongestUnusedCopyWhenThereIsNoRoom() {
        String large = "{\"@context\": {\"name\": \"https://example.org/" + "x".repeat(1_000_000) + "\"}}";
        for (int i = 0; i < 70; i++) {
            documents.put("/" + i, large);
            name("/" + i);
        }
        List<StoredContext> kept = library.list(Tenant.DEFAULT);
        assertThat(kept.stream().mapToLong(StoredContext::bytes).sum()).isLessThanOrEqualTo(64L * 1024 * 1024);
        assertThat(library.find(Tenant.DEFAULT, url("/0"))).isEmpty();
        assertThat(library.find(Tenant.DEFAULT, url("/69"))).isPresent();
    }

    @Test
    void refusesMoreHostedContextsThanThereIsRoomFor() {
        var large = Json.parse("{\"@context\": {\"name\": \"https://example.org/" + "x".repeat(1_000_000) + "\"}}");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 70; i++) {
                        library.add(Tenant.DEFAULT, large);
                    }
                })
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.CONFLICT));
        assertThat(library.list(Tenant.DEFAULT)).hasSizeGreaterThan(60).allMatch(c -> c.kind() == ContextKind.HOSTED);
        library.add(new Tenant("other"), large);
    }
}
