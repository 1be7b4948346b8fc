package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Changes one attribute of an entity, with each request of another one. */
final class Patch implements Write {
    private static final int STRIDE = 7919;
    private static final int SAMPLE_EVERY = 97;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final long entities;
    private final Map<Long, Long> sample = new TreeMap<>();
    private long reading;

    Patch(Fixture fixture, Endpoint endpoint, long entities) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.entities = entities;
    }

    private long number(long forReading) {
        return forReading * STRIDE % entities;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        reading++;
        byte[] body = fixture.patch(reading);
        String path = "/ngsi-ld/v1/entities/" + fixture.id(number(reading)) + "/attrs";
        out.put(endpoint.head("PATCH", path, body.length)).put(body);
        return reading;
    }

    @Override
    public @Nullable String findFault(long forReading, Answer answer) {
        long number = number(forReading);
        if (answer.status() != 204) {
            return "patching " + fixture.id(number) + " was answered with " + answer.summary();
        }
        if (number % SAMPLE_EVERY == 0) {
            sample.merge(number, forReading, Math::max);
        }
        return null;
    }

    @Override
    public Map<Long, Long> sampleAcknowledged() {
        return sample;
    }
}
