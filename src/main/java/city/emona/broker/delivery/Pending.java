package city.emona.broker.delivery;

/** What waits in the queue of an endpoint. */
sealed interface Pending {
    Dispatch dispatch();

    /**
     * A dispatch that a commit caused. It stays in the log until it is settled.
     *
     * @param committedAt epoch milliseconds
     */
    record Logged(Dispatch dispatch, long committedAt) implements Pending {
        long position() {
            return dispatch.position();
        }
    }

    /** A dispatch that no commit caused. Who misses it gets the next one. */
    record Offered(Dispatch dispatch) implements Pending {}

    /** A dead letter that is sent again; it stays among the dead letters until it has arrived. */
    record Letter(Dispatch dispatch, long id) implements Pending {}
}
