package city.emona.broker.delivery;

import java.time.Duration;
import java.util.SplittableRandom;

/** How an endpoint has done so far, and when it is tried again. Safe for use by many threads. */
final class EndpointHealth {
    /** The share of a pause by which it is longer or shorter than planned, so that not all come back at once. */
    private static final double JITTER = 0.2;

    private final DeliverySettings settings;
    private final SplittableRandom random;
    private Circuit circuit = Circuit.CLOSED;
    private int failuresInRow;
    private long nextTryAt;
    private Tally tally = Tally.NEW;

    EndpointHealth(DeliverySettings settings, SplittableRandom random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * What is remembered across restarts.
     *
     * @param sent how many messages were taken over
     * @param failed how many attempts failed
     * @param refused how many messages were refused for good
     * @param dropped how many messages that are not sent again were left out
     * @param lastSuccessAt epoch milliseconds; 0 for never
     * @param lastFailureAt epoch milliseconds; 0 for never
     * @param lastReason of the last failure; empty for none
     * @param failingSince since when every attempt has failed, in epoch milliseconds; 0 when the last one did not
     * @param heldSince since when an operator has nothing sent, in epoch milliseconds; 0 when that is not so
     */
    record Tally(
            long sent,
            long failed,
            long refused,
            long dropped,
            long lastSuccessAt,
            long lastFailureAt,
            String lastReason,
            long failingSince,
            long heldSince) {
        static final Tally NEW = new Tally(0, 0, 0, 0, 0, 0, "", 0, 0);
    }

    synchronized void remember(Tally earlier) {
        tally = earlier;
    }

    synchronized Tally tally() {
        return tally;
    }

    synchronized Circuit circuit() {
        return circuit;
    }

    /** Whether messages go out as they come: the last attempt did not fail, and nobody holds them back. */
    synchronized boolean keepsUp() {
        return circuit == Circuit.CLOSED && !isHeld();
    }

    /** When the next attempt may be made, in epoch milliseconds. */
    synchronized long nextTryAt() {
        return nextTryAt;
    }

    /** Has the next attempt made at once. */
    synchronized void tryNow() {
        nextTryAt = 0;
    }

    /** An attempt begins. */
    synchronized void begin() {
        if (circuit == Circuit.OPEN) {
            circuit = Circuit.HALF_OPEN;
        }
    }

    synchronized void delivered(long at) {
        answered();
        tally = new Tally(
                tally.sent + 1,
                tally.failed,
                tally.refused,
                tally.dropped,
                at,
                tally.lastFailureAt,
                tally.lastReason,
                0,
                tally.heldSince);
    }

    /** A message was refused for good; the endpoint is alive, and others may be taken. */
    synchronized void refused(long at, String reason) {
        answered();
        tally = new Tally(
                tally.sent,
                tally.failed,
                tally.refused + 1,
                tally.dropped,
                tally.lastSuccessAt,
                at,
                reason,
                0,
                tally.heldSince);
    }

    private void answered() {
        circuit = Circuit.CLOSED;
        failuresInRow = 0;
        nextTryAt = 0;
    }

    /** @param pause how long the endpoint is to be left alone at least */
    synchronized void failed(long at, String reason, Duration pause) {
        circuit = Circuit.OPEN;
        long since = tally.failingSince == 0 ? at : tally.failingSince;
        failuresInRow++;
        nextTryAt = at
                + Math.max(
                        backoffMillis(),
                        Math.min(pause.toMillis(), settings.retention().toMillis()));
        tally = new Tally(
                tally.sent,
                tally.failed + 1,
                tally.refused,
                tally.dropped,
                tally.lastSuccessAt,
                at,
                reason,
                since,
                tally.heldSince);
    }

    private long backoffMillis() {
        long longest = settings.longestPause().toMillis();
        // doubling more often than this is beyond every longest pause
        long doubled = settings.firstPause().toMillis() << Math.min(failuresInRow - 1, 20);
        return Math.round(Math.min(doubled, longest) * random.nextDouble(1 - JITTER, 1 + JITTER));
    }

    synchronized void dropped(int number) {
        tally = new Tally(
                tally.sent,
                tally.failed,
                tally.refused,
                tally.dropped + number,
                tally.lastSuccessAt,
                tally.lastFailureAt,
                tally.lastReason,
                tally.failingSince,
                tally.heldSince);
    }

    synchronized boolean isHeld() {
        return tally.heldSince != 0;
    }

    /**
     * Has nothing sent from now on, or all again.
     *
     * @param since epoch milliseconds; 0 to send again
     */
    synchronized void hold(long since) {
        tally = new Tally(
                tally.sent,
                tally.failed,
                tally.refused,
                tally.dropped,
                tally.lastSuccessAt,
                tally.lastFailureAt,
                tally.lastReason,
                tally.failingSince,
                since);
    }
}
