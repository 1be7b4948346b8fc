package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Queries entities by type. An answer that differs from the one before is read completely. */
final class QueryByType implements Work {
    /** How many entities are asked for. */
    static final int LIMIT = 20;

    private final Fixture fixture;
    private final byte[] request;
    private byte[] known = {};

    QueryByType(Fixture fixture, Endpoint endpoint) {
        this.fixture = fixture;
        request = endpoint.head("GET", "/ngsi-ld/v1/entities?type=" + fixture.type() + "&limit=" + LIMIT);
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        if (answer.status() != 200) {
            return "a query was answered with " + answer.summary();
        }
        if (answer.bodyEquals(known)) {
            return null;
        }
        known = answer.body();
        return EntityCheck.findListFault(fixture, answer, LIMIT);
    }
}
