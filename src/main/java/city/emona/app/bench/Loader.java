package city.emona.app.bench;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings the entities that are read into a broker, by the first kind of batch that it takes. */
final class Loader {
    private static final int CONNECTIONS = 4;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final BenchPlan plan;
    private @Nullable Work way;
    private int entities;

    Loader(Fixture fixture, Endpoint endpoint, BenchPlan plan) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.plan = plan;
    }

    /**
     * What loading brought.
     *
     * @param entities how many are there, which is fewer than wanted when the time was over before
     * @param perSecond how fast the last of them came
     * @param lastId the id of the one with the highest number
     */
    record Loaded(int entities, double perSecond, String lastId) {}

    int entities() {
        return entities;
    }

    /** Adds entities until there are as many as wanted. */
    Loaded loadUntil(int wanted) throws IOException {
        Work batches = way == null ? findWay() : way;
        LoadResult result = LoadGenerator.runRequests(
                endpoint.address(),
                batches,
                CONNECTIONS,
                (wanted - entities) / plan.loadBatch(),
                plan.mostLoadMillis());
        if (result.firstFault() != null) {
            throw new IOException("Loading " + endpoint.name() + " failed: " + result.firstFault());
        }
        entities += Math.toIntExact(result.answers() * plan.loadBatch());
        return new Loaded(entities, result.perSecond() * plan.loadBatch(), fixture.id(entities - 1));
    }

    /** Tries the kinds of batches; the first batch of entities is there afterwards. */
    private Work findWay() throws IOException {
        @Nullable String fault = null;
        for (String operation : List.of("create", "upsert")) {
            Work batches = new BatchWrite(operation, fixture, endpoint, plan.loadBatch(), Integer.MAX_VALUE);
            fault = LoadGenerator.runOnce(endpoint.address(), batches).firstFault();
            if (fault == null) {
                way = batches;
                entities = plan.loadBatch();
                return batches;
            }
        }
        throw new IOException(endpoint.name() + " could not be loaded: " + fault);
    }
}
