package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Creates entities, one per request. */
final class Create implements Write {
    private static final int SAMPLE_EVERY = 997;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final Map<Long, Long> sample = new TreeMap<>();
    private long next;
    private long deleted;

    Create(Fixture fixture, Endpoint endpoint) {
        this.fixture = fixture;
        this.endpoint = endpoint;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long number = next++;
        byte[] body = fixture.entity(number, number);
        out.put(endpoint.head("POST", "/ngsi-ld/v1/entities", body.length)).put(body);
        return number;
    }

    @Override
    public @Nullable String findFault(long number, Answer answer) {
        if (answer.status() != 201) {
            return "creating " + fixture.id(number) + " was answered with " + answer.summary();
        }
        if (number % SAMPLE_EVERY == 0) {
            sample.put(number, number);
        }
        return null;
    }

    /** The entities that were created have numbers below this one. */
    long numbers() {
        return next;
    }

    /** Forgets what it has created and takes up there, because those are deleted. */
    Deletion deletion() {
        Deletion deletion = new Deletion(fixture, endpoint, deleted, next);
        deleted = next;
        sample.clear();
        return deletion;
    }

    @Override
    public Map<Long, Long> sampleAcknowledged() {
        return sample;
    }
}
