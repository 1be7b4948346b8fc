package city.emona.store.local;

import city.emona.store.local.RocksFiles.Family;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Records to write and to delete together, in this order. */
final class RawWrites {
    private final List<Write> writes = new ArrayList<>();

    private record Write(Family family, byte[] key, byte @Nullable [] value) {}

    void put(Family family, byte[] key, byte[] value) {
        writes.add(new Write(family, key, value));
    }

    void delete(Family family, byte[] key) {
        writes.add(new Write(family, key, null));
    }

    void addAll(RawWrites others) {
        writes.addAll(others.writes);
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    void addTo(WriteBatch batch, RocksFiles files) throws RocksDBException {
        for (Write write : writes) {
            if (write.value == null) {
                batch.delete(files.handle(write.family), write.key);
            } else {
                batch.put(files.handle(write.family), write.key, write.value);
            }
        }
    }
}
