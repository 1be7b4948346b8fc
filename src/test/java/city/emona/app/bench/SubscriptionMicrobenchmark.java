package city.emona.app.bench;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.subscription.SubscriptionMatcher;
import city.emona.broker.subscription.Subscriptions;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.PackedEntity;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to judge one change against ten thousand subscriptions, of which one is to be told. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class SubscriptionMicrobenchmark {
    private static final int SUBSCRIPTIONS = 10_000;

    /** What tells the subscriptions apart. */
    @Param({"type", "id", "idPattern", "watched", "number", "threshold", "text", "area", "scope"})
    String by = "";

    private Path folder = Path.of("");
    private LocalStore store = open();
    private SubscriptionMatcher matcher = matcher("", 0);
    private List<CommittedChange> change = List.of();

    private LocalStore open() {
        try {
            folder = Files.createTempDirectory("emona-bench");
            return LocalStore.open(folder, 0, Clock.systemUTC());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SubscriptionMatcher matcher(String kind, int count) {
        ContextLibrary library = new ContextLibrary(
                store,
                url -> {
                    throw Problem.notFound(url);
                },
                Clock.systemUTC());
        Subscriptions subscriptions =
                new Subscriptions(new Broker(store, Clock.systemUTC()), store, library, Clock.systemUTC());
        for (int i = 0; i < count; i++) {
            subscriptions.create(
                    Tenant.DEFAULT,
                    Json.parse(subscription(kind, i)).asObject(),
                    TermTable.core(),
                    path -> "http://localhost" + path);
        }
        return new SubscriptionMatcher(subscriptions, store, Clock.systemUTC());
    }

    private static String subscription(String kind, int i) {
        String entities = "\"entities\": [{\"type\": \"Bench\"}]";
        String members =
                switch (kind) {
                    case "type" -> "\"entities\": [{\"type\": \"Bench" + (i == 0 ? "" : i) + "\"}]";
                    case "id" -> "\"entities\": [{\"type\": \"Bench\", \"id\": \"urn:ngsi-ld:Bench:" + i + "\"}]";
                    case "idPattern" ->
                        "\"entities\": [{\"type\": \"Bench\", \"idPattern\": \"^urn:ngsi-ld:Bench:" + i + "$\"}]";
                    case "watched" -> entities + ", \"watchedAttributes\": [\"reading" + (i == 0 ? "" : i) + "\"]";
                    case "number" -> entities + ", \"q\": \"reading==" + i + "\"";
                    case "threshold" -> entities + ", \"q\": \"reading>=" + i + "\"";
                    case "text" -> entities + ", \"q\": \"name==\\\"Klop " + i + "\\\"\"";
                    case "area" ->
                        entities
                                + String.format(
                                        Locale.ROOT,
                                        ", \"geoQ\": {\"georel\": \"near;maxDistance==10\", \"geometry\": \"Point\", \"coordinates\": [%.4f, %.4f]}",
                                        14 + i % 100 / 100.0,
                                        46 + (i - i % 100) / 10_000.0);
                    case "scope" -> entities + ", \"scopeQ\": \"/City/Street" + i + "\"";
                    default -> throw new IllegalArgumentException(kind);
                };
        return "{\"type\": \"Subscription\", " + members
                + ", \"notification\": {\"endpoint\": {\"uri\": \"http://localhost:9/notify\"}}}";
    }

    private static StoredEntity bench(int reading) {
        String json = """
                {"id": "urn:ngsi-ld:Bench:0", "type": "Bench", "scope": "/City/Street0", "name": "Klop 0", "reading": %d, "seats": 4,
                 "location": {"type": "Point", "coordinates": [14.0, 46.0]}, "owner": {"object": "urn:ngsi-ld:Org:1"}}""".formatted(reading);
        Entity entity = EntityReader.read(Json.parse(json), TermTable.core(), 0);
        return new StoredEntity(entity.id(), 1, PackedEntity.pack(entity));
    }

    @Setup
    public void load() {
        matcher = matcher(by, SUBSCRIPTIONS);
        change = List.of(new CommittedChange(1, Tenant.DEFAULT, bench(-1), bench(0)));
        if (matcher.judge(change) == null) {
            throw new IllegalStateException("nobody is told");
        }
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public byte @Nullable [] judge() {
        return matcher.judge(change);
    }
}
