package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.store.HistoryHeader;
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
    private static final int HEADER_FORM = 1;
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

    /** What is kept of an entity that has a history and no current state: the number 1, its types, and its times. */
    static byte[] headerValue(HistoryHeader header) {
        PackedOutput out = new PackedOutput();
        out.number(HEADER_FORM);
        out.strings(header.types());
        out.number(header.createdAt());
        out.number(header.modifiedAt());
        out.number(header.deletedAt());
        return out.toBytes();
    }

    static HistoryHeader header(String id, byte[] value) {
        PackedInput in = new PackedInput(value, 0);
        if (in.number() != HEADER_FORM) {
            throw new IllegalArgumentException("the record of the history of " + id + " has an unknown form");
        }
        return new HistoryHeader(id, in.strings(), in.number(), in.number(), in.number());
    }

    /** Reads an entity's value. */
    static StoredEntity entity(String id, byte[] value) {
        if (value.length < ENTITY_HEADER || value[0] != ENTITY_FORM) {
            throw new IllegalArgumentException("the record of " + id + " has an unknown form");
        }
        return new StoredEntity(id, ByteBuffer.wrap(value).getLong(1), PackedEntity.read(value, ENTITY_HEADER));
    }
}
