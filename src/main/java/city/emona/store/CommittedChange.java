package city.emona.store;

import org.jspecify.annotations.Nullable;

/**
 * One entity's change in a commit.
 *
 * @param position that of the commit in the log
 * @param before the state before, with attributes that had expired but were still there; null when the entity was created
 * @param after the state after; null when it was deleted
 */
public record CommittedChange(
        long position,
        Tenant tenant,
        @Nullable StoredEntity before,
        @Nullable StoredEntity after) {

    /** The id of the entity. */
    public String id() {
        if (after != null) {
            return after.id();
        }
        if (before != null) {
            return before.id();
        }
        throw new IllegalStateException("a change has a state before or after");
    }
}
