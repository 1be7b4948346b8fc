package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import java.time.Instant;

/** Brings the records of one source. Used by one thread at a time. */
interface Connector extends AutoCloseable {
    /**
     * Asks the source.
     *
     * @return whether anything came that has not been accepted before
     * @throws SourceFailure when the source cannot be read
     */
    boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure, InterruptedException;

    /** The records of the last poll are safe; until this is said, they are brought again. */
    void accepted();

    /** The last document that was brought can never be taken. */
    default void refused(LocalizedText reason) {}

    /** Whether more waits, so that the next poll need not. */
    default boolean hasMore() {
        return false;
    }

    /** Whether a poll waits for the source's messages, rather than ask and go. */
    default boolean isPatient() {
        return false;
    }

    /** From where to go on after a restart. */
    default Fetched.Validators position() {
        return Fetched.Validators.NONE;
    }

    /** Goes on from a position. */
    default void resume(Fetched.Validators position) {}

    @Override
    default void close() {}

    /**
     * When a source is asked.
     *
     * @param newest the newest observation that the source gave so far, in epoch milliseconds; 0 for none
     */
    record Occasion(Instant now, long newest) {
        /** An address in which {@code {since}} stands for the newest observation; at first for a day ago. */
        String address(String declared) {
            return declared.contains("{since}")
                    ? declared.replace(
                            "{since}",
                            newest > 0
                                    ? Instant.ofEpochMilli(newest).toString()
                                    : now.minusSeconds(86_400).toString())
                    : declared;
        }
    }
}
