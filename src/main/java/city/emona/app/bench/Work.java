package city.emona.app.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One kind of request, sent over and over by the load generator's one thread, and the check of its answers. */
interface Work {
    /**
     * Writes the next request.
     *
     * @param out empty, of {@link LoadGenerator#LARGEST_REQUEST} bytes
     * @return what the check needs to know about this request
     */
    long writeRequest(ByteBuffer out);

    /**
     * Looks at the answer of a request.
     *
     * @return what is wrong with it, or null when it is right
     */
    @Nullable
    String findFault(long request, Answer answer);
}
