package city.emona.store;

import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import org.jspecify.annotations.Nullable;

/**
 * What a change-set does to one entity.
 *
 * @param expectedVersion the version that must be current; {@link #ABSENT} when there must be none
 * @param packed the new state; null to delete
 */
public record EntityWrite(
        String id, long expectedVersion, @Nullable PackedEntity packed) {
    /** The entity must not exist, or must have expired. */
    public static final long ABSENT = 0;

    /** Creates an entity that must not exist. */
    public static EntityWrite create(Entity entity) {
        return new EntityWrite(entity.id(), ABSENT, PackedEntity.pack(entity));
    }

    /** Replaces a version of an entity. */
    public static EntityWrite replace(StoredEntity before, Entity after) {
        return new EntityWrite(before.id(), before.version(), PackedEntity.pack(after));
    }

    /** Deletes a version of an entity. */
    public static EntityWrite delete(StoredEntity before) {
        return new EntityWrite(before.id(), before.version(), null);
    }
}
