package city.emona.http;

/**
 * Thrown by a fast handler, before it has done anything, when it finds that it would have to wait or to work long: the server then calls
 * it again on a virtual thread.
 */
public final class MustWaitException extends RuntimeException {
    public MustWaitException() {
        super("the handler must wait", null, false, false);
    }

    /** Throws this on one of the server's own threads, and does nothing on a virtual thread. */
    public static void unlessOnVirtualThread() {
        if (!Thread.currentThread().isVirtual()) {
            throw new MustWaitException();
        }
    }
}
