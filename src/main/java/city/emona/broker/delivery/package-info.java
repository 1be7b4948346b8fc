/**
 * Brings messages to the endpoints of others: one queue for each endpoint, so that a dead one delays only itself; at least once, in order,
 * across restarts. What the messages say is an {@link city.emona.broker.delivery.Outbox}'s business.
 */
@NullMarked
package city.emona.broker.delivery;

import org.jspecify.annotations.NullMarked;
