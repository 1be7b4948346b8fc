package city.emona.broker.delivery;

import city.emona.store.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of what an endpoint got before it gets again.
 *
 * @param until the last position that it had been through when it was asked for; all behind that is new to it
 * @param subscription null for all of its subscriptions
 */
record Replay(long until, @Nullable Subscription subscription) {
    /** A subscription of a tenant. */
    record Subscription(Tenant tenant, String id) {
        boolean isOf(Dispatch dispatch) {
            return dispatch.subscriptionId().equals(id) && dispatch.tenant().equals(tenant);
        }
    }

    /** Whether a dispatch is to be sent. */
    boolean wants(Dispatch dispatch) {
        return dispatch.position() > until || subscription == null || subscription.isOf(dispatch);
    }

    /** What satisfies both of two requests. */
    Replay and(Replay other) {
        boolean same = subscription != null && subscription.equals(other.subscription);
        return new Replay(Math.max(until, other.until), same ? subscription : null);
    }
}
