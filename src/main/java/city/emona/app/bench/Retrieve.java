package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Retrieves one entity, any of those that were loaded. */
final class Retrieve implements Work {
    private static final int PARSE_EVERY = 512;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final long entities;
    private final SplittableRandom random = new SplittableRandom(20_230_626);
    private long answers;

    Retrieve(Fixture fixture, Endpoint endpoint, long entities) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.entities = entities;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        long number = random.nextLong(entities);
        out.put(endpoint.head("GET", "/ngsi-ld/v1/entities/" + fixture.id(number)));
        return number;
    }

    @Override
    public @Nullable String findFault(long number, Answer answer) {
        if (answer.status() != 200 || !answer.contains(fixture.quotedId(number))) {
            return "retrieving " + fixture.id(number) + " was answered with " + answer.summary();
        }
        return answers++ % PARSE_EVERY == 0 ? EntityCheck.findEntityFault(fixture, answer) : null;
    }
}
