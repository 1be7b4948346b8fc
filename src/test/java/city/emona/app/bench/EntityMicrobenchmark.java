package city.emona.app.bench;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.EntityWriter;
import city.emona.context.PackedEntity;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/** What an entity of the benchmark costs on its way in and out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EntityMicrobenchmark {
    private final byte[] bytes = new Fixture("Bench").entity(7, 7);
    private final JsonNode json = Json.parse(bytes);
    private final Entity entity = EntityReader.read(json, TermTable.core(), 0);
    private final PackedEntity packed = PackedEntity.pack(entity);
    private final EntityWriter writer = new EntityWriter(TermTable.core(), Representation.NORMALIZED);

    @Benchmark
    public Object parseJson() {
        return Json.parse(bytes);
    }

    @Benchmark
    public Object readEntity() {
        return EntityReader.read(json, TermTable.core(), 0);
    }

    @Benchmark
    public Object packEntity() {
        return PackedEntity.pack(entity);
    }

    @Benchmark
    public Object unpackEntity() {
        return packed.unpack(entity.id());
    }

    @Benchmark
    public Object writeEntity() {
        return writer.write(entity);
    }
}
