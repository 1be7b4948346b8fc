package city.emona.store;

import city.emona.context.Entity;
import java.util.List;

/**
 * One page of the entities that match a query, ordered by id.
 *
 * @param total how many match in all; -1 where the query did not ask
 * @param more whether entities that match follow behind this page
 */
public record EntityPage(List<StoredEntity> stored, long total, boolean more) {
    /** The entities as values. */
    public List<Entity> entities() {
        return stored.stream().map(StoredEntity::entity).toList();
    }
}
