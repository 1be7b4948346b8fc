package city.emona.broker.temporal;

import city.emona.store.HistoryHeader;
import java.util.List;

/**
 * The entities of a page of a query.
 *
 * @param total how many entities match in all; -1 where that was not asked for
 * @param more whether others follow
 */
public record HistoryPage(List<HistoryHeader> entities, long total, boolean more) {
    public HistoryPage {
        entities = List.copyOf(entities);
    }
}
