package city.emona.app.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** A broker under load: Emona, or a peer. It gets entities of its own types, so that what else it holds does not matter. */
final class Contestant {
    static final int LOAD_BATCH = 100;
    private static final int UPSERT_BLOCKS = 5_000;
    private static final int SAMPLES = 20;

    private final Endpoint endpoint;
    private final BenchPlan plan;
    private final String type = Fixture.freshType();
    private final Fixture loaded = new Fixture(type);
    private final Fixture created = new Fixture(type + "Created");
    private final Fixture upserted = new Fixture(type + "Upserted");
    private final Map<Task, Work> works = new EnumMap<>(Task.class);

    Contestant(Endpoint endpoint, BenchPlan plan) {
        this.endpoint = endpoint;
        this.plan = plan;
    }

    String name() {
        return endpoint.name();
    }

    String type() {
        return type;
    }

    /**
     * Creates the entities that are read, beginning with the first.
     *
     * @return how many there are afterwards, which is fewer than wanted when the time was over before, and how fast they came
     */
    Loaded load(int wanted) throws IOException {
        BatchUpsert batches = new BatchUpsert(loaded, endpoint, Math.min(LOAD_BATCH, wanted), Integer.MAX_VALUE);
        int batch = Math.min(LOAD_BATCH, wanted);
        LoadResult result =
                LoadGenerator.runRequests(endpoint.address(), batches, 4, wanted / batch, plan.mostLoadMillis());
        if (result.firstFault() != null) {
            throw new IOException("Loading " + name() + " failed: " + result.firstFault());
        }
        int count = Math.toIntExact(result.answers() * batch);
        prepareWorks(count);
        return new Loaded(count, count / result.seconds(), loaded.id(count - 1));
    }

    /**
     * What loading brought.
     *
     * @param entities how many are there
     * @param perSecond how fast they came
     * @param lastId the id of the one with the highest number
     */
    record Loaded(int entities, double perSecond, String lastId) {}

    private void prepareWorks(int count) {
        works.put(Task.QUERY_FEW, new QueryByType(loaded, endpoint));
        works.put(Task.RETRIEVE_FEW, new Retrieve(loaded, endpoint, count));
        works.put(Task.QUERY_MANY, new QueryByType(loaded, endpoint));
        works.put(Task.RETRIEVE_MANY, new Retrieve(loaded, endpoint, count));
        works.put(Task.PATCH, new Patch(loaded, endpoint, count));
        works.putIfAbsent(Task.CREATE, new Create(created, endpoint));
        works.putIfAbsent(Task.BATCH_UPSERT, new BatchUpsert(upserted, endpoint, BatchUpsert.SIZE, UPSERT_BLOCKS));
    }

    /** Measures a task once, and reads back some of what it wrote. */
    LoadResult measure(Task task, Client client) throws IOException, InterruptedException {
        Work work = works.get(task);
        if (work == null) {
            throw new IllegalStateException("nothing is loaded yet");
        }
        LoadResult result = LoadGenerator.runFor(
                endpoint.address(), work, plan.connections(), plan.warmMillis(), plan.measureMillis());
        return work instanceof Write write && result.firstFault() == null
                ? result.withFault(findLostWrite(client, fixtureOf(task), write))
                : result;
    }

    private Fixture fixtureOf(Task task) {
        return switch (task) {
            case CREATE -> created;
            case BATCH_UPSERT -> upserted;
            case QUERY_FEW, RETRIEVE_FEW, QUERY_MANY, RETRIEVE_MANY, PATCH -> loaded;
        };
    }

    private Optional<String> findLostWrite(Client client, Fixture fixture, Write write)
            throws IOException, InterruptedException {
        Map<Long, Long> sample = write.sampleAcknowledged();
        int step = Math.max(1, sample.size() / SAMPLES);
        Iterator<Map.Entry<Long, Long>> entries = sample.entrySet().iterator();
        for (int i = 0; entries.hasNext(); i++) {
            Map.Entry<Long, Long> entry = entries.next();
            if (i % step == 0) {
                BigDecimal expected = Fixture.temperature(entry.getValue());
                Optional<BigDecimal> found = client.findTemperature(endpoint, fixture.id(entry.getKey()));
                if (found.isEmpty() || found.get().compareTo(expected) != 0) {
                    return Optional.of(fixture.id(entry.getKey()) + " should show " + expected + " and shows "
                            + found.map(BigDecimal::toString).orElse("nothing"));
                }
            }
        }
        return Optional.empty();
    }
}
