package city.emona.broker;

import city.emona.context.Entity;
import city.emona.query.EntityFilter;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One of the queries whose results make a snapshot.
 *
 * @param reduction leaves of an entity what the query picks; empty for all
 */
public record SnapshotQuery(EntityFilter filter, Optional<UnaryOperator<Entity>> reduction) {}
