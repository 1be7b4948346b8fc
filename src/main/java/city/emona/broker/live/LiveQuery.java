package city.emona.broker.live;

import city.emona.query.EntityFilter;
import city.emona.store.Tenant;

/**
 * What a stream follows.
 *
 * @param filter which entities; its conditions do not look at linked entities
 * @param throttlingMillis how long to wait after something happened, to tell what happens meanwhile together: of each entity its last
 *     state; 0 to tell every change
 */
public record LiveQuery(Tenant tenant, EntityFilter filter, long throttlingMillis) {}
