package city.emona.store;

import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import org.jspecify.annotations.Nullable;

/**
 * What a change-set does to one entity.
 *
 * @param expectedVersion the version that must be current; {@link #ABSENT} when there must be none
 * @param packed the new state; null to delete
 * @param changed what goes into the history: an entity of what became other, and of what was deleted; null for nothing
 */
public record EntityWrite(
        String id,
        long expectedVersion,
        @Nullable PackedEntity packed,
        @Nullable PackedEntity changed) {
    /** The entity must not exist, or must have expired. */
    public static final long ABSENT = 0;

    /** Creates an entity that must not exist. */
    public static EntityWrite create(Entity entity) {
        PackedEntity packed = PackedEntity.pack(entity);
        return new EntityWrite(entity.id(), ABSENT, packed, EntityDifferences.ofNew(entity, packed));
    }

    /** Creates an entity that must not exist, without a history. */
    public static EntityWrite create(String id, PackedEntity packed) {
        return new EntityWrite(id, ABSENT, packed, null);
    }

    /** Replaces a version of an entity. */
    public static EntityWrite replace(StoredEntity before, Entity after) {
        return replace(before, before.entity(), after);
    }

    /**
     * Replaces a version of an entity.
     *
     * @param present what the version holds
     */
    public static EntityWrite replace(StoredEntity before, Entity present, Entity after) {
        return new EntityWrite(
                before.id(), before.version(), PackedEntity.pack(after), EntityDifferences.between(present, after));
    }

    /** Deletes a version of an entity. */
    public static EntityWrite delete(StoredEntity before) {
        return new EntityWrite(before.id(), before.version(), null, EntityDifferences.ofDeleted(before.entity()));
    }

    /** Removes an entity that has expired. */
    public static EntityWrite removeExpired(StoredEntity expired) {
        return new EntityWrite(expired.id(), ABSENT, null, EntityDifferences.ofDeleted(expired.entity()));
    }
}
