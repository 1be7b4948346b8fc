package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.local.RocksFiles.Family;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** The records of one moment. For use by one thread, which closes it. */
final class RocksView implements AutoCloseable {
    private final RocksDB db;
    private final Function<Family, ColumnFamilyHandle> handles;
    private final Snapshot snapshot;
    private final ReadOptions options;

    /** Iterators that nobody uses now, to be used again, as making one costs more than moving it. */
    private final Map<Family, RocksIterator> idle = new EnumMap<>(Family.class);

    RocksView(RocksDB db, Function<Family, ColumnFamilyHandle> handles) {
        this.db = db;
        this.handles = handles;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true);
    }

    /** Takes records. */
    @FunctionalInterface
    interface Visitor {
        /** Takes one; false when no further one is wanted. */
        boolean take(byte[] key, byte[] value);
    }

    /** The record of a key. */
    Optional<byte[]> find(Family family, byte[] key) {
        try {
            return Optional.ofNullable(db.get(handles.apply(family), options, key));
        } catch (RocksDBException e) {
            throw unreadable(e);
        }
    }

    /** Hands records over in the order of their keys, from the first at or behind a key, as long as keys begin with a prefix. */
    void forEach(Family family, byte[] from, byte[] prefix, Visitor visitor) {
        RocksIterator records = borrow(family);
        try {
            for (records.seek(from); records.isValid(); records.next()) {
                byte[] key = records.key();
                if (!HistoryKeys.startsWith(key, prefix) || !visitor.take(key, records.value())) {
                    break;
                }
            }
            records.status();
        } catch (RocksDBException e) {
            throw unreadable(e);
        } finally {
            giveBack(family, records);
        }
    }

    /** Hands records over against the order of their keys, from the last before a key, as long as keys begin with a prefix. */
    void forEachBackwards(Family family, byte[] before, byte[] prefix, Visitor visitor) {
        RocksIterator records = borrow(family);
        try {
            records.seekForPrev(before);
            if (records.isValid() && Arrays.equals(records.key(), before)) {
                records.prev();
            }
            for (; records.isValid(); records.prev()) {
                byte[] key = records.key();
                if (!HistoryKeys.startsWith(key, prefix) || !visitor.take(key, records.value())) {
                    break;
                }
            }
            records.status();
        } catch (RocksDBException e) {
            throw unreadable(e);
        } finally {
            giveBack(family, records);
        }
    }

    private RocksIterator borrow(Family family) {
        RocksIterator records = idle.remove(family);
        return records == null ? db.newIterator(handles.apply(family), options) : records;
    }

    private void giveBack(Family family, RocksIterator records) {
        if (idle.putIfAbsent(family, records) != null) {
            records.close();
        }
    }

    static Problem unreadable(RocksDBException e) {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "The store cannot read a record: " + e.getMessage() + ".",
                "Check the disk of the data folder; if the files are damaged, restore a backup into another folder.");
    }

    @Override
    public void close() {
        idle.values().forEach(RocksIterator::close);
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
