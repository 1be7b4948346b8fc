package city.emona.broker.subscription;

import city.emona.context.PackedEntity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * As much of an entity's change as is needed to tell of it.
 *
 * @param before the state before, where it is told what was before or what is gone; null otherwise
 * @param after the state after; null where the entity was deleted
 */
record NotedChange(
        String id, @Nullable PackedEntity before, @Nullable PackedEntity after) {

    void write(DataOutput out) throws IOException {
        out.writeUTF(id);
        write(before, out);
        write(after, out);
    }

    private static void write(@Nullable PackedEntity entity, DataOutput out) throws IOException {
        if (entity == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = new byte[entity.size()];
        entity.write(bytes, 0);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static NotedChange read(DataInput in) throws IOException {
        return new NotedChange(in.readUTF(), readEntity(in), readEntity(in));
    }

    private static @Nullable PackedEntity readEntity(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return PackedEntity.read(bytes, 0);
    }
}
