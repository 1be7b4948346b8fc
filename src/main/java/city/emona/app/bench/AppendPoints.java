package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Adds points to the end of the history of an entity, so many with each request. */
final class AppendPoints implements Work {
    /** How many points a request has when appending is measured. */
    static final int SIZE = 20;

    private final SeriesFixture fixture;
    private final Endpoint endpoint;
    private final String id;
    private final int size;
    private long next;

    /** @param size how many points a request has */
    AppendPoints(SeriesFixture fixture, Endpoint endpoint, String id, int size) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.id = id;
        this.size = size;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long from = next;
        next += size;
        byte[] body = fixture.points(id, from, size);
        out.put(endpoint.head("POST", "/ngsi-ld/v1/temporal/entities", body.length))
                .put(body);
        return from;
    }

    @Override
    public @Nullable String findFault(long from, Answer answer) {
        return answer.status() == 201 || answer.status() == 204
                ? null
                : "appending to a history was answered with " + answer.summary();
    }
}
