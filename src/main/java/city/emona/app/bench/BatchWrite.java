package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends entities in batches, going round the blocks of a range of numbers. */
final class BatchWrite implements Write {
    /** How many entities a batch holds when batches are measured. */
    static final int SIZE = 20;

    private final String path;
    private final Fixture fixture;
    private final Endpoint endpoint;
    private final int batchSize;
    private final long blocks;
    private final Map<Long, Long> acknowledged = new TreeMap<>();
    private long next;

    /**
     * @param operation the last part of the path, such as upsert
     * @param batchSize how many entities one request holds
     * @param blocks after how many requests the first entities come again, with other readings
     */
    BatchWrite(String operation, Fixture fixture, Endpoint endpoint, int batchSize, long blocks) {
        path = "/ngsi-ld/v1/entityOperations/" + operation;
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.batchSize = batchSize;
        this.blocks = blocks;
    }

    /** The entities that were sent have numbers below this one. */
    long numbers() {
        return Math.min(next, blocks) * batchSize;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long reading = next++;
        byte[] body = fixture.batch(reading % blocks * batchSize, batchSize, reading);
        out.put(endpoint.head("POST", path, body.length)).put(body);
        return reading;
    }

    @Override
    public @Nullable String findFault(long reading, Answer answer) {
        if (answer.status() != 201 && answer.status() != 204) {
            return "a batch was answered with " + answer.summary();
        }
        acknowledged.merge(reading % blocks * batchSize, reading, Math::max);
        return null;
    }

    @Override
    public Map<Long, Long> sampleAcknowledged() {
        return acknowledged;
    }
}
