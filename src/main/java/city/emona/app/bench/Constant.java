package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Fetches bytes that are always the same. */
final class Constant implements Work {
    private final byte[] request;
    private final byte[] expected;

    Constant(Endpoint endpoint, String path, byte[] expected) {
        request = endpoint.head("GET", path);
        this.expected = expected;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        return answer.status() == 200 && answer.bodyEquals(expected) ? null : "unexpected answer " + answer.summary();
    }
}
