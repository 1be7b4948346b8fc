package city.emona.broker.delivery;

/** From where messages are sent again. */
public sealed interface ReplayStart {
    /** From a commit on, which is included. */
    record FromPosition(long position) implements ReplayStart {}

    /**
     * From a time on.
     *
     * @param millis epoch milliseconds
     */
    record FromTime(long millis) implements ReplayStart {}
}
