package city.emona.app.bench;

import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.Condition;
import city.emona.query.ConditionParser;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.GeoQuery;
import city.emona.query.QueryNames;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What queries for 20 of a hundred thousand entities cost in the store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class QueryMicrobenchmark {
    private static final int ENTITIES = 100_000;
    private static final TermTable TERMS = TermTable.core();
    private static final EntityFilter ALL = EntityFilter.ofType(TERMS.expand("Bench"));

    private final EntityQuery byType = EntityQuery.of(ALL);
    private final EntityQuery frequentNumber = where("capacity>=1950");
    private final EntityQuery rareNumber = where("reading==99999");
    private final EntityQuery rareText = where("name==\"Merilno mesto 99999\"");
    private final EntityQuery near = EntityQuery.of(ALL.withGeo(
            GeoQuery.parse("near;maxDistance==300", "Point", Json.parse("[14.55,46.05]"), TERMS.expand("location"))));
    private final EntityQuery nearNothing = EntityQuery.of(ALL.withGeo(
            GeoQuery.parse("near;maxDistance==300", "Point", Json.parse("[15,46]"), TERMS.expand("location"))));

    private Path folder = Path.of("");
    private LocalStore store = open();

    private LocalStore open() {
        try {
            folder = Files.createTempDirectory("emona-bench");
            return LocalStore.open(folder, 0, Clock.systemUTC());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EntityQuery where(String q) {
        Condition condition = ConditionParser.parse(q, QueryNames.of(TERMS));
        return EntityQuery.of(ALL.withCondition(condition));
    }

    @Setup
    public void load() {
        List<EntityWrite> writes = new ArrayList<>();
        for (int i = 0; i < ENTITIES; i++) {
            writes.add(EntityWrite.create(EntityReader.read(Json.parse(entity(i)), TERMS, 0)));
            if (writes.size() == 1_000) {
                store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, writes));
                writes.clear();
            }
        }
    }

    private static String entity(int i) {
        return String.format(
                Locale.ROOT,
                """
                {"id": "urn:ngsi-ld:Bench:%06d", "type": "Bench", "name": "Merilno mesto %d", "capacity": %d, "reading": %d,
                 "location": {"type": "Point", "coordinates": [%.7f, %.7f]}}""",
                i,
                i,
                1_000 + i * 919L % 1_000,
                i,
                14.5 + i * 754_877L % 1_000_000 / 1e7,
                46 + i * 569_841L % 1_000_000 / 1e7);
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

    private Object run(EntityQuery query) {
        return store.queryEntities(Tenant.DEFAULT, query);
    }

    @Benchmark
    public Object byType() {
        return run(byType);
    }

    @Benchmark
    public Object frequentNumber() {
        return run(frequentNumber);
    }

    @Benchmark
    public Object rareNumber() {
        return run(rareNumber);
    }

    @Benchmark
    public Object rareText() {
        return run(rareText);
    }

    @Benchmark
    public Object near() {
        return run(near);
    }

    @Benchmark
    public Object nearNothing() {
        return run(nearNothing);
    }
}
