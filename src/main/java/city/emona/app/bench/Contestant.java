package city.emona.app.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** A broker under load: Emona, or a peer. It gets entities of its own types, so that what else it holds does not matter. */
final class Contestant {
    private static final int UPSERT_BLOCKS = 5_000;
    private static final int SAMPLES = 20;
    private static final int HEAVY_CONNECTIONS = 2;

    private final Endpoint endpoint;
    private final CpuClock clock;
    private final BenchPlan plan;
    private final PrintStream progress;
    private final Fixture loaded;
    private final Fixture created;
    private final Fixture upserted;
    private final Loader loader;
    private final Create creation;
    private final BatchWrite upserts;
    private final HistoryLoad histories;
    private final Map<Task, Work> works = new EnumMap<>(Task.class);

    /**
     * @param clock of the broker's process
     * @param progress where it tells what it could not delete
     */
    Contestant(Endpoint endpoint, CpuClock clock, BenchPlan plan, PrintStream progress) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.plan = plan;
        this.progress = progress;
        String type = Fixture.freshType();
        loaded = new Fixture(type);
        created = new Fixture(type + "Created");
        upserted = new Fixture(type + "Upserted");
        loader = new Loader(loaded, endpoint, plan);
        creation = new Create(created, endpoint);
        histories = new HistoryLoad(new SeriesFixture(type + "Series"), endpoint, plan);
        upserts = new BatchWrite("upsert", upserted, endpoint, BatchWrite.SIZE, UPSERT_BLOCKS);
    }

    String name() {
        return endpoint.name();
    }

    /** Adds entities that are read until there are as many as wanted, or the time is over. */
    Loader.Loaded load(int wanted) throws IOException {
        Loader.Loaded result = loader.loadUntil(wanted);
        for (Task task : Task.values()) {
            works.put(task, task.isOfHistory() ? histories.work(task) : prepare(task, result.entities()));
        }
        return result;
    }

    private Work prepare(Task task, int entities) {
        return switch (task) {
            case QUERY_FEW, QUERY_MANY -> QueryByType.of(loaded, endpoint);
            case RETRIEVE_FEW, RETRIEVE_MANY, RETRIEVE_BESIDE_HEAVY -> new Retrieve(loaded, endpoint, entities);
            case NUMBER_MANY, NUMBER_ALONE -> new NumberQuery(loaded, endpoint, entities);
            case NEAR_MANY, NEAR_ALONE -> new NearQuery(loaded, endpoint, entities);
            case PATCH -> new Patch(loaded, endpoint, entities);
            case CREATE_FEW, CREATE -> creation;
            case BATCH_UPSERT -> upserts;
            case AGGREGATE_SHORT, AGGREGATE_LONG, LAST_VALUES, APPEND_HISTORY ->
                throw new IllegalArgumentException(task + " is not about entities");
        };
    }

    private Work work(Task task) {
        Work work = works.get(task);
        if (work == null) {
            throw new IllegalStateException("nothing is loaded yet");
        }
        return work;
    }

    private HeavyQuery heavyQuery() {
        return new HeavyQuery(loaded, endpoint, loader.entities());
    }

    /** True when the heavy query is too complex for this broker, so that it costs nothing. */
    boolean refusesHeavyQuery() throws IOException {
        HeavyQuery query = heavyQuery();
        LoadGenerator.runOnce(endpoint.address(), query);
        return query.isRefused();
    }

    /** Tries a task with one request: what the broker lacks for it, or nothing. */
    Optional<String> findLack(Task task) throws IOException {
        Work work = task == Task.RETRIEVE_BESIDE_HEAVY ? heavyQuery() : work(task);
        return LoadGenerator.runOnce(endpoint.address(), work).fault();
    }

    /** Brings the histories that are read; says what the broker answered where it does not take them. */
    Optional<String> loadHistories() throws IOException {
        return histories.load();
    }

    /** Measures a task once, reads back some of what it wrote, and takes away what it added. */
    LoadResult measure(Task task, Client client) throws IOException, InterruptedException {
        LoadResult result =
                task == Task.RETRIEVE_BESIDE_HEAVY ? runBesideHeavyQuery(task) : run(task, work(task), clock);
        if (result.firstFault() == null && work(task) instanceof Write write) {
            result = result.withFault(findLostWrite(client, fixtureOf(task), write));
        }
        if (work(task) == creation) {
            delete(created, creation.deletion());
        }
        return result;
    }

    private LoadResult run(Task task, Work work, CpuClock watched) throws IOException {
        return LoadGenerator.runFor(
                endpoint.address(), work, task.connections(plan), plan.warmMillis(), plan.measureMillis(), watched);
    }

    private LoadResult runBesideHeavyQuery(Task task) throws IOException, InterruptedException {
        try (CompanionLoad heavy = CompanionLoad.start(endpoint.address(), heavyQuery(), HEAVY_CONNECTIONS)) {
            LoadResult result = run(task, work(task), CpuClock.UNKNOWN);
            return result.withFault(heavy.stop());
        }
    }

    /** Deletes over one connection, as two that deleted at once were too much for a peer; and tells when something is left. */
    private void delete(Fixture fixture, Deletion deletion) throws IOException {
        long requests = deletion.requests();
        LoadResult result = LoadGenerator.runRequests(endpoint.address(), deletion, 1, requests, plan.mostLoadMillis());
        if (result.answers() < requests || result.firstFault() != null) {
            progress.println("Some entities of type " + fixture.type() + " stay in " + name() + ": "
                    + result.fault().orElse("deleting them took too long."));
        }
    }

    private Fixture fixtureOf(Task task) {
        return switch (task) {
            case CREATE_FEW, CREATE -> created;
            case BATCH_UPSERT -> upserted;
            case QUERY_FEW,
                    RETRIEVE_FEW,
                    QUERY_MANY,
                    RETRIEVE_MANY,
                    RETRIEVE_BESIDE_HEAVY,
                    NUMBER_MANY,
                    NUMBER_ALONE,
                    NEAR_MANY,
                    NEAR_ALONE,
                    PATCH -> loaded;
            case AGGREGATE_SHORT, AGGREGATE_LONG, LAST_VALUES, APPEND_HISTORY ->
                throw new IllegalArgumentException(task + " writes no entities");
        };
    }

    /** Deletes all that was brought into a broker that goes on living, by type where it can and else one batch after the other. */
    void clean(Client client) throws IOException, InterruptedException {
        progress.println("Deleting what was brought into " + name() + ".");
        clean(client, loaded, loader.entities());
        clean(client, upserted, upserts.numbers());
        clean(client, created, creation.numbers());
        histories.clean(client);
    }

    private void clean(Client client, Fixture fixture, long numbers) throws IOException, InterruptedException {
        int status = client.delete(endpoint, "/ngsi-ld/v1/entities?type=" + fixture.type());
        if (status != 204 && status != 207) {
            delete(fixture, new Deletion(fixture, endpoint, 0, numbers));
        }
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
