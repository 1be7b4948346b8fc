package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Deletes entities whose numbers follow each other, in batches. */
final class Deletion implements Work {
    private static final int SIZE = 100;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final long end;
    private long next;

    Deletion(Fixture fixture, Endpoint endpoint, long first, long end) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.end = end;
        next = first;
    }

    /** How many requests it takes. */
    long requests() {
        return (end - next + SIZE - 1) / SIZE;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long first = next;
        next = Math.min(end, next + SIZE);
        byte[] body = LongStream.range(first, next)
                .mapToObj(number -> "\"" + fixture.id(number) + "\"")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.US_ASCII);
        out.put(endpoint.head("POST", "/ngsi-ld/v1/entityOperations/delete", body.length))
                .put(body);
        return first;
    }

    /** Some may never have come to be, which a broker tells with status 207. */
    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        return answer.status() == 204 || answer.status() == 207
                ? null
                : "a batch delete was answered with " + answer.summary();
    }
}
