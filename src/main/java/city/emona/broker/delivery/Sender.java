package city.emona.broker.delivery;

/** Brings messages to endpoints. Safe for use by many threads. */
public interface Sender extends AutoCloseable {
    /**
     * Sends a message and waits until the receiver has taken it over, or has not. What goes wrong on the way is an outcome and no exception.
     *
     * @throws InterruptedException when the thread was interrupted; whether the receiver has the message is not known then
     */
    Outcome send(Message message) throws InterruptedException;

    /** Closes the connections. */
    @Override
    void close();
}
