package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.store.EntityWrite;
import city.emona.store.InstanceId;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.local.RocksFiles.Family;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Begins a history for the entities of a folder that was written before there was one. */
final class HistoryBeginning implements AutoCloseable {
    /** How many entities one synced write is for. */
    private static final int TOGETHER = 1_000;

    private final RocksFiles files;
    private final WriteBatch batch = new WriteBatch();

    private HistoryBeginning(RocksFiles files) {
        this.files = files;
    }

    static void write(RocksFiles files) {
        try (HistoryBeginning beginning = new HistoryBeginning(files)) {
            files.forEach(Family.ENTITY, (keyBytes, value) -> {
                Records.Key key = Records.key(keyBytes);
                if (!key.tenant().isSnapshot()) {
                    beginning.add(key.tenant(), Records.entity(key.rest().getFirst(), value));
                }
            });
            beginning.flush();
        }
    }

    /** The id follows from the entity, so that a step that was cut short writes the same again. */
    private void add(Tenant tenant, StoredEntity stored) {
        PackedEntity changed = EntityWrite.create(stored.entity()).changed();
        if (changed == null) {
            return;
        }
        InstanceId id = new InstanceId(stored.packed().modifiedAt(), 0, 0);
        byte[] key = HistoryKeys.record(HistoryKeys.entity(tenant, stored.id()), HistoryKeys.CHANGE, id);
        try {
            batch.put(files.handle(Family.HISTORY), key, HistoryRecord.of(changed));
        } catch (RocksDBException e) {
            throw failed(e);
        }
        if (batch.count() >= TOGETHER) {
            flush();
        }
    }

    private void flush() {
        try {
            files.write(batch);
            batch.clear();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static StoreOpenException failed(RocksDBException e) {
        return new StoreOpenException(
                "The data folder could not be upgraded: " + e.getMessage()
                        + ". Check that the disk has room, and start again.",
                e);
    }

    @Override
    public void close() {
        batch.close();
    }
}
