package city.emona.vertical.source;

import java.time.Instant;
import java.util.Optional;

/** Brings the records of one source. Used by one thread at a time. */
interface Connector {
    /**
     * Asks the source.
     *
     * @return empty when nothing has changed since the records that were accepted last
     * @throws SourceFailure when the source cannot be read
     */
    Optional<RecordSet> poll(Instant now) throws SourceFailure, InterruptedException;

    /** The records of the last poll are safe; until this is said, they are brought again. */
    void accepted();
}
