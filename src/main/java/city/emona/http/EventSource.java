package city.emona.http;

/**
 * Feeds one stream of server-sent events (HTML Living Standard, section 9.2).
 */
@FunctionalInterface
public interface EventSource {
    /**
     * Called once when the client is connected. It must return at once; events are sent later through the sink, from any thread.
     *
     * @return what to call when the client is gone
     */
    Runnable open(Sink sink);

    /** Takes events for one client. A client for which too much waits to be read is disconnected, and comes back by itself. */
    interface Sink {
        /**
         * Sends one event.
         *
         * @param id what the client names as Last-Event-ID when it comes back; empty for the id of the event before
         * @param event the event's name
         * @param utf8 the event's data, on one line
         */
        void send(String id, String event, byte[] utf8);

        /** Has the client name this id when it comes back, without an event. */
        void mark(String id);

        /**
         * Waits until the client has read most of what was sent; for virtual threads.
         *
         * @return whether the stream is still open
         */
        boolean awaitRoom();

        /** Ends the stream behind what was sent. */
        void end();
    }
}
