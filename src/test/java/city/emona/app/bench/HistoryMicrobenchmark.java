package city.emona.app.bench;

import city.emona.broker.Broker;
import city.emona.broker.temporal.Aggregation;
import city.emona.broker.temporal.AggregationMethod;
import city.emona.broker.temporal.SeriesChoice;
import city.emona.broker.temporal.TemporalQuery;
import city.emona.broker.temporal.TemporalReads;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.time.IsoDuration;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What it costs to aggregate a series, to find its last value and to add to it, without HTTP. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HistoryMicrobenchmark {
    private static final String ID = "urn:ngsi-ld:Bench:0";
    private static final String ATTRIBUTE = "temperature";
    private static final int TOGETHER = 1_000;

    /** How many points the series has. */
    @Param({"10000", "1000000"})
    int points = 0;

    private Path folder = Path.of("");
    private LocalStore store = open();
    private TemporalReads reads = reads();
    private long next;

    private LocalStore open() {
        try {
            folder = Files.createTempDirectory("emona-bench");
            return LocalStore.open(folder, 0, Clock.systemUTC());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TemporalReads reads() {
        return new TemporalReads(new Broker(store, Clock.systemUTC()), store, ZoneOffset.UTC, TOGETHER);
    }

    @Setup
    public void load() {
        while (next < points) {
            append(TOGETHER);
        }
    }

    private void append(int count) {
        List<HistoryWrite.Addition> additions = new ArrayList<>(count);
        for (int i = 0; i < count; i++, next++) {
            AttributeInstance instance = new AttributeInstance(
                    AttributeType.PROPERTY,
                    Json.parse(Double.toString(SeriesFixture.tenths(next) / 10.0)),
                    "",
                    SeriesFixture.observedAt(next).toString(),
                    null,
                    null,
                    1,
                    1,
                    0,
                    List.of());
            additions.add(new HistoryWrite.Addition(ATTRIBUTE, instance));
        }
        HistoryWrite append = new HistoryWrite.Append(ID, List.of("Bench"), additions);
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(), List.of(append)));
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

    /** Averages over five minutes. */
    @Benchmark
    public Object averages() {
        TemporalQuery query = new TemporalQuery(TemporalQuery.Relation.BETWEEN, micros(0), micros(points), null, 0);
        Aggregation aggregation = new Aggregation(
                List.of(AggregationMethod.AVG), IsoDuration.parse("PT5M").orElseThrow());
        return reads.aggregate(Tenant.DEFAULT, reads.get(Tenant.DEFAULT, ID), SeriesChoice.ALL, query, aggregation);
    }

    private static long micros(long point) {
        return Timestamps.parseMicros(SeriesFixture.observedAt(point).toString())
                .orElseThrow();
    }

    @Benchmark
    public Object lastValue() {
        return store.readHistory(Tenant.DEFAULT, ID, SeriesSelector.ALL, HistoryRange.ALL.last(1));
    }

    /** Adds a point to the end, synced; what is packed in the background is in it. */
    @Benchmark
    public void addOne() {
        append(1);
    }
}
