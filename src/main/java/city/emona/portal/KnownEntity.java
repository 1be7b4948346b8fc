package city.emona.portal;

import city.emona.context.Entity;
import java.time.Instant;
import java.util.Optional;

/**
 * An entity as it is, or as it was last where it is no more.
 *
 * @param isCurrent whether it exists; otherwise it has a history only
 * @param deletedAt when it was deleted, in epoch milliseconds; 0 where it was not
 */
record KnownEntity(Entity entity, boolean isCurrent, long deletedAt) {
    String id() {
        return entity.id();
    }

    Optional<Instant> findDeletion() {
        return isCurrent || deletedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(deletedAt));
    }
}
