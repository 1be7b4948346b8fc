package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the same over and over. An answer that differs from the last right one is read completely. */
final class SteadyQuery implements Work {
    private final String what;
    private final byte[] request;
    private final Function<Answer, @Nullable String> check;
    private byte[] known = {};

    /**
     * @param what is asked for, for messages
     * @param check says what is wrong with the content of an answer; null for nothing
     */
    SteadyQuery(String what, byte[] request, Function<Answer, @Nullable String> check) {
        this.what = what;
        this.request = request;
        this.check = check;
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        if (answer.status() != 200) {
            return what + " was answered with " + answer.summary();
        }
        if (answer.bodyEquals(known)) {
            return null;
        }
        String fault = check.apply(answer);
        if (fault == null) {
            known = answer.body();
        }
        return fault;
    }
}
