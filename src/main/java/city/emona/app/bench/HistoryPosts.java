package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Adds to the histories of entities, with each request something else. */
final class HistoryPosts implements Work {
    /** How many points a request has when appending is measured. */
    static final int SIZE = 20;

    private final Endpoint endpoint;
    private final LongFunction<byte[]> bodies;
    private long next;

    /** @param bodies gives the body of each request, by its number from 0 on */
    HistoryPosts(Endpoint endpoint, LongFunction<byte[]> bodies) {
        this.endpoint = endpoint;
        this.bodies = bodies;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long number = next++;
        byte[] body = bodies.apply(number);
        out.put(endpoint.head("POST", "/ngsi-ld/v1/temporal/entities", body.length))
                .put(body);
        return number;
    }

    @Override
    public @Nullable String findFault(long number, Answer answer) {
        return answer.status() == 201 || answer.status() == 204
                ? null
                : "appending to a history was answered with " + answer.summary();
    }
}
