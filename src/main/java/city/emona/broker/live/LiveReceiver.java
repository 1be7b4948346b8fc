package city.emona.broker.live;

/** The one to whom a stream tells its events. It is called by one thread, a virtual one. */
public interface LiveReceiver {
    /**
     * Takes an event; it waits while the client reads more slowly than things happen.
     *
     * @return whether the client is still there
     */
    boolean tell(LiveEvent event);

    /** Ends the connection: nothing more is told. */
    void end();
}
