package city.emona.app.bench;

import java.io.IOException;
import java.util.Optional;

/** Brings histories into a broker, and has the work that is done on them. */
final class HistoryLoad {
    /** How many points one request brings; a request holds no more. */
    private static final int POINTS = 1_000;

    private static final int CONNECTIONS = 4;

    private final SeriesFixture fixture;
    private final Endpoint endpoint;
    private final BenchPlan plan;
    private final HistoryPosts appends;

    HistoryLoad(SeriesFixture fixture, Endpoint endpoint, BenchPlan plan) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.plan = plan;
        this.appends = points(appendedId(), HistoryPosts.SIZE);
    }

    private String shortId() {
        return fixture.id("short");
    }

    private String longId() {
        return fixture.id("long");
    }

    private String appendedId() {
        return fixture.id("appended");
    }

    /** The work of a task of history. */
    Work work(Task task) {
        return switch (task) {
            case AGGREGATE_SHORT -> AggregateQuery.of(endpoint, shortId(), plan.shortSeries());
            case AGGREGATE_LONG -> AggregateQuery.of(endpoint, longId(), plan.longSeries());
            case LAST_VALUES -> LastValues.of(fixture, endpoint);
            case APPEND_HISTORY -> appends;
            default -> throw new IllegalArgumentException(task + " is not about history");
        };
    }

    /** Brings all; says why not where a broker refuses one, or the time is over before. */
    Optional<String> load() throws IOException {
        Optional<String> fault = load(points(shortId(), POINTS), 1, plan.shortSeries() / POINTS);
        fault = fault.isPresent() ? fault : load(points(longId(), POINTS), 1, plan.longSeries() / POINTS);
        return fault.isPresent()
                ? fault
                : load(new HistoryPosts(endpoint, fixture::station), CONNECTIONS, SeriesFixture.STATIONS);
    }

    /** Brings a series, so many points with each request. */
    private HistoryPosts points(String id, int size) {
        return new HistoryPosts(endpoint, number -> fixture.points(id, number * size, size));
    }

    private Optional<String> load(Work work, int connections, long requests) throws IOException {
        LoadResult result =
                LoadGenerator.runRequests(endpoint.address(), work, connections, requests, plan.mostLoadMillis());
        return result.fault()
                .or(() -> result.answers() < requests
                        ? Optional.of("loading took longer than " + plan.mostLoadMillis() / 1_000 + " s")
                        : Optional.empty());
    }

    /** Deletes what was brought. */
    void clean(Client client) throws IOException, InterruptedException {
        for (String id : new String[] {shortId(), longId(), appendedId()}) {
            client.delete(endpoint, "/ngsi-ld/v1/temporal/entities/" + id);
        }
        for (int number = 0; number < SeriesFixture.STATIONS; number++) {
            client.delete(endpoint, "/ngsi-ld/v1/temporal/entities/" + fixture.stationId(number));
        }
    }
}
