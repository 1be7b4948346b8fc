package city.emona.app;

/** A command was called wrongly; the message says how, in a sentence. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
