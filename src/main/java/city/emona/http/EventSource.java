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

    /** Takes events for one client. A client that cannot keep up is disconnected, and comes back by itself. */
    interface Sink {
        /**
         * Sends one event.
         *
         * @param event the event's name
         * @param data the event's data, on one line
         */
        void send(String event, String data);
    }
}
