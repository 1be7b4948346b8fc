package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A query that is met by all entities, wants them counted, and a thousand from their middle. A broker may refuse it as too complex. */
final class HeavyQuery implements Work {
    private static final int LARGEST_PAGE = 1_000;

    private static final int TOO_COMPLEX = 403;

    private final byte[] request;
    private boolean isRefused;

    HeavyQuery(Fixture fixture, Endpoint endpoint, int entities) {
        request = endpoint.head(
                "GET",
                "/ngsi-ld/v1/entities?type=" + fixture.type() + "&q=capacity%3E=" + Fixture.LEAST_CAPACITY
                        + "&count=true&offset=" + entities / 2 + "&limit=" + LARGEST_PAGE);
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        isRefused = answer.status() == TOO_COMPLEX;
        return answer.status() == 200 || isRefused ? null : "the heavy query was answered with " + answer.summary();
    }

    /** True when the last answer was that the query is too complex. */
    boolean isRefused() {
        return isRefused;
    }
}
