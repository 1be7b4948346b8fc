package city.emona.broker.delivery;

/**
 * How the delivery to an endpoint stands.
 *
 * @param id a short name that never changes
 * @param address without its password
 * @param heldSince since when an operator has nothing sent, in epoch milliseconds; 0 when that is not so
 * @param nextTryAt when the next attempt is made, in epoch milliseconds; 0 while messages go out as they come
 * @param pending about how many messages wait
 * @param lagMillis how long the first of them has waited; 0 when none waits
 * @param sent how many messages were taken over
 * @param failed how many attempts failed
 * @param refused how many messages were refused for good
 * @param dropped how many periodic messages were left out because the endpoint was not there
 * @param lastSuccessAt epoch milliseconds; 0 for never
 * @param lastFailureAt epoch milliseconds; 0 for never
 * @param lastReason of the last failure; empty for none
 */
public record EndpointState(
        String id,
        String address,
        Circuit circuit,
        long heldSince,
        long nextTryAt,
        long pending,
        long lagMillis,
        long sent,
        long failed,
        long refused,
        long dropped,
        long lastSuccessAt,
        long lastFailureAt,
        String lastReason) {
    /** Whether messages do not go out as they come. */
    public boolean isTrouble() {
        return circuit != Circuit.CLOSED || heldSince != 0;
    }
}
