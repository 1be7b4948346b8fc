package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Queries entities whose capacity is at least some number, which between one in two hundred and one in ten has. */
final class NumberQuery implements Work {
    private static final int LEAST = Fixture.LEAST_CAPACITY + 900;
    private static final int MOST = Fixture.LEAST_CAPACITY + 995;
    private static final int PARSE_EVERY = 64;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final int[] withCapacity = new int[Fixture.CAPACITIES];
    private final SplittableRandom random = new SplittableRandom(20_230_626);
    private long answers;

    NumberQuery(Fixture fixture, Endpoint endpoint, int entities) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        for (int number = 0; number < entities; number++) {
            withCapacity[Fixture.capacity(number) - Fixture.LEAST_CAPACITY]++;
        }
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        int capacity = random.nextInt(LEAST, MOST + 1);
        out.put(endpoint.head(
                "GET",
                "/ngsi-ld/v1/entities?type=" + fixture.type() + "&q=capacity%3E=" + capacity + "&limit="
                        + QueryByType.LIMIT));
        return capacity;
    }

    @Override
    public @Nullable String findFault(long capacity, Answer answer) {
        if (answer.status() != 200) {
            return "q=capacity>=" + capacity + " was answered with " + answer.summary();
        }
        if (answers++ % PARSE_EVERY != 0) {
            return null;
        }
        int matches = 0;
        for (int i = Math.toIntExact(capacity) - Fixture.LEAST_CAPACITY; i < Fixture.CAPACITIES; i++) {
            matches += withCapacity[i];
        }
        int expected = Math.min(matches, QueryByType.LIMIT);
        return EntityCheck.findListFault(
                fixture,
                answer,
                expected,
                expected,
                entity -> entity.path("capacity").path("value").asLong(0) >= capacity);
    }
}
