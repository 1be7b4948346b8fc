package city.emona.store.local;

/** The data folder cannot be opened. The message says why and what to do. */
public final class StoreOpenException extends RuntimeException {
    public StoreOpenException(String message) {
        super(message);
    }

    public StoreOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
