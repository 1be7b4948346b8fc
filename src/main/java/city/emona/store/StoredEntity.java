package city.emona.store;

import city.emona.context.Entity;
import city.emona.context.EntityWriter;
import city.emona.context.PackedEntity;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import org.jspecify.annotations.Nullable;

/**
 * One committed version of an entity. It remembers the last way it was written, so that an answer that is asked for again is ready bytes.
 * Safe for use by many threads.
 */
public final class StoredEntity {
    private final String id;
    private final long version;
    private final PackedEntity packed;
    private final int unpackedChanges;
    private volatile @Nullable Rendering lastRendering;

    private record Rendering(TermTable terms, Representation representation, byte[] bytes) {}

    public StoredEntity(String id, long version, PackedEntity packed) {
        this(id, version, packed, 0);
    }

    /** @param unpackedChanges how many changes before this version, as far as is known, wait to be packed into the history */
    public StoredEntity(String id, long version, PackedEntity packed, int unpackedChanges) {
        this.id = id;
        this.version = version;
        this.packed = packed;
        this.unpackedChanges = unpackedChanges;
    }

    /** How many changes before this version, as far as is known, wait to be packed into the history. */
    public int unpackedChanges() {
        return unpackedChanges;
    }

    public String id() {
        return id;
    }

    /** The number of the commit that wrote this version; numbers only grow. */
    public long version() {
        return version;
    }

    public PackedEntity packed() {
        return packed;
    }

    /** When the entity or the first of its attributes expires, in epoch milliseconds; 0 for never. */
    public long nextExpiry() {
        long entity = packed.expiresAt();
        long attribute = packed.firstAttributeExpiry();
        return entity == 0 ? attribute : attribute == 0 ? entity : Math.min(entity, attribute);
    }

    /** Whether the entity as a whole is no longer to be seen at a time. */
    public boolean isExpired(long now) {
        long expiresAt = packed.expiresAt();
        return expiresAt != 0 && expiresAt <= now;
    }

    /** This version as it is to be seen at a time: without the attributes that have expired. */
    public StoredEntity asOf(long now) {
        long expiry = packed.firstAttributeExpiry();
        return expiry == 0 || expiry > now
                ? this
                : new StoredEntity(id, version, PackedEntity.pack(entity().withoutExpiredAttributes(now)));
    }

    /** The entity as a value. */
    public Entity entity() {
        return packed.unpack(id);
    }

    /** The entity as JSON without a context. The caller must not change the bytes. */
    public byte[] json(TermTable terms, Representation representation) {
        Rendering last = lastRendering;
        if (last != null && last.terms == terms && last.representation.equals(representation)) {
            return last.bytes;
        }
        byte[] bytes = new EntityWriter(terms, representation).write(entity());
        lastRendering = new Rendering(terms, representation, bytes);
        return bytes;
    }
}
