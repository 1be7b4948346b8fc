package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Brings the histories of stations, one with each request. */
final class StationHistories implements Work {
    private final SeriesFixture fixture;
    private final Endpoint endpoint;
    private long next;

    StationHistories(SeriesFixture fixture, Endpoint endpoint) {
        this.fixture = fixture;
        this.endpoint = endpoint;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long number = next++;
        byte[] body = fixture.station(number);
        out.put(endpoint.head("POST", "/ngsi-ld/v1/temporal/entities", body.length))
                .put(body);
        return number;
    }

    @Override
    public @Nullable String findFault(long number, Answer answer) {
        return answer.status() == 201 || answer.status() == 204
                ? null
                : "the history of a station was answered with " + answer.summary();
    }
}
