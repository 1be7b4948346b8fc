package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The form of records on disk. The parts of a key are separated by zero bytes: tenant and id for an entity; tenant, kind and key for a
 * document. An entity's value is the byte 1, its version as eight bytes, and the packed entity.
 */
final class Records {
    private static final byte ENTITY_FORM = 1;
    private static final int ENTITY_HEADER = 1 + Long.BYTES;

    private Records() {}

    /** What the key of a record says. */
    record Key(Tenant tenant, List<String> rest) {}

    static byte[] entityKey(Tenant tenant, String id) {
        return (tenant.key() + '\0' + id).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] documentKey(Tenant tenant, String kind, String key) {
        return (tenant.key() + '\0' + kind + '\0' + key).getBytes(StandardCharsets.UTF_8);
    }

    static Key key(byte[] bytes) {
        List<String> parts = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\0", -1));
        return new Key(Tenant.ofKey(parts.getFirst()), parts.subList(1, parts.size()));
    }

    static byte[] entityValue(long version, PackedEntity packed) {
        byte[] value = new byte[ENTITY_HEADER + packed.size()];
        ByteBuffer.wrap(value).put(ENTITY_FORM).putLong(version);
        packed.write(value, ENTITY_HEADER);
        return value;
    }

    /** Reads an entity's value. */
    static StoredEntity entity(String id, byte[] value) {
        if (value.length < ENTITY_HEADER || value[0] != ENTITY_FORM) {
            throw new IllegalArgumentException("the record of " + id + " has an unknown form");
        }
        return new StoredEntity(id, ByteBuffer.wrap(value).getLong(1), PackedEntity.read(value, ENTITY_HEADER));
    }
}
