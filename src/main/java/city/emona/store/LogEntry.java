package city.emona.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the log of commits says of one change-set.
 *
 * @param position positions only grow from commit to commit, but not one by one
 * @param committedAt epoch milliseconds
 * @param ids the entities whose current state changed
 * @param formerTypes expanded types that one of the entities had before and has no longer, being deleted or of other types now
 * @param notice what the {@link CommitWatcher} said; null for nothing
 */
public record LogEntry(
        long position,
        long committedAt,
        Tenant tenant,
        List<String> ids,
        Set<String> formerTypes,
        byte @Nullable [] notice) {
    public LogEntry {
        ids = List.copyOf(ids);
        formerTypes = Set.copyOf(formerTypes);
    }
}
