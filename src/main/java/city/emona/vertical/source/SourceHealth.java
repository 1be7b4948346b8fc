package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a source at one moment. Times are epoch milliseconds, 0 for never.
 *
 * @param trouble the last thing that went wrong; null when nothing ever did
 * @param failures how many polls failed in a row
 * @param counts of the last poll that brought records
 * @param detected what was found out about the form of its documents, because no declaration says it; null for nothing
 */
public record SourceHealth(
        Identity identity,
        SourceStatus status,
        long lastAttempt,
        long lastSuccess,
        @Nullable Trouble trouble,
        int failures,
        Counts counts,
        @Nullable LocalizedText detected) {

    /** A source of whose documents' form nothing had to be found out. */
    public SourceHealth(
            Identity identity,
            SourceStatus status,
            long lastAttempt,
            long lastSuccess,
            @Nullable Trouble trouble,
            int failures,
            Counts counts) {
        this(identity, status, lastAttempt, lastSuccess, trouble, failures, counts, null);
    }

    /**
     * Which source it is.
     *
     * @param id the id of its entity
     * @param source the id inside the vertical
     * @param demo whether what it gives is demo data
     */
    public record Identity(
            String id, String vertical, String source, LocalizedText name, String address, boolean demo) {}

    /** Why a poll failed, or why the source is late, and since when. */
    public record Trouble(LocalizedText reason, long sinceMillis) {}

    /**
     * What a poll brought.
     *
     * @param accepted records that became entities
     * @param incomplete accepted records that lost something
     * @param rejected records that became no entity
     * @param unchanged entities that said nothing new
     * @param entities entities that the source gives
     * @param newestObservation the time of the newest observation
     */
    public record Counts(
            int accepted, int incomplete, int rejected, int unchanged, int entities, long newestObservation) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts withNewest(long newest) {
            return new Counts(accepted, incomplete, rejected, unchanged, entities, newest);
        }

        boolean sameRecords(Counts other) {
            return accepted == other.accepted
                    && incomplete == other.incomplete
                    && rejected == other.rejected
                    && entities == other.entities;
        }
    }

    public Optional<LocalizedText> findDetected() {
        return Optional.ofNullable(detected);
    }

    SourceHealth withDetected(@Nullable LocalizedText what) {
        return new SourceHealth(identity, status, lastAttempt, lastSuccess, trouble, failures, counts, what);
    }

    /** The source as it was before a restart; it has not been asked since. */
    SourceHealth resumed(long success, Counts brought) {
        return new SourceHealth(identity, status, lastAttempt, success, trouble, failures, brought, detected);
    }

    public Optional<Trouble> findTrouble() {
        return Optional.ofNullable(trouble);
    }

    /** A source that has not been asked yet, or will not be. */
    static SourceHealth stopped(Identity identity, @Nullable Trouble why) {
        return new SourceHealth(identity, SourceStatus.STOPPED, 0, 0, why, 0, Counts.NONE);
    }

    /** After a poll that went well; with a complaint the source is late all the same. */
    SourceHealth succeeded(Counts brought, Optional<LocalizedText> complaint, long now) {
        return new SourceHealth(
                identity,
                complaint.isPresent() ? SourceStatus.LATE : SourceStatus.OK,
                now,
                now,
                complaint
                        .map(reason -> since(reason, status == SourceStatus.LATE, now))
                        .orElse(trouble),
                0,
                brought,
                detected);
    }

    /** After a poll that failed. */
    SourceHealth failed(LocalizedText reason, int failingAfter, long now) {
        boolean failing = failures + 1 >= failingAfter || lastSuccess == 0;
        return new SourceHealth(
                identity,
                failing ? SourceStatus.FAILING : SourceStatus.LATE,
                now,
                lastSuccess,
                since(reason, failures > 0, now),
                failures + 1,
                counts,
                detected);
    }

    private Trouble since(LocalizedText reason, boolean stillInTrouble, long now) {
        return stillInTrouble && trouble != null && trouble.reason().equals(reason)
                ? trouble
                : new Trouble(reason, now);
    }

    /** The source does not run any more. */
    SourceHealth stopped() {
        return new SourceHealth(
                identity, SourceStatus.STOPPED, lastAttempt, lastSuccess, trouble, failures, counts, detected);
    }

    /** Whether a reader would learn more than the times of attempts. */
    boolean differsInSubstanceFrom(SourceHealth other) {
        return status != other.status
                || !findTrouble().equals(other.findTrouble())
                || !counts.sameRecords(other.counts);
    }
}
