package city.emona.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileManager;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of RocksDB, with one column family for each kind of record. One thread writes and closes them; while they are open, any number
 * read.
 */
final class RocksFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RocksFiles.class);
    private static final long MEBI = 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    /** The kinds of record. */
    enum Family {
        ENTITY("entity"),
        REGISTRY("registry"),
        /** What entities were; see {@link HistoryKeys}. */
        HISTORY("history"),
        /** Entities that have a history and no current state. */
        ABSENT("absent"),
        /** The commits, in their order. */
        LOG("log"),
        /** How far numbers have been given. */
        COUNTERS("counters");

        private final String familyName;

        Family(String familyName) {
            this.familyName = familyName;
        }
    }

    private final List<AutoCloseable> owned;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> opened;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final WriteOptions synced = new WriteOptions().setSync(true);

    /** @param opened the default family, and then each of ours in their order */
    private RocksFiles(List<AutoCloseable> owned, RocksDB db, List<ColumnFamilyHandle> opened) {
        this.owned = owned;
        this.db = db;
        this.opened = opened;
        Iterator<ColumnFamilyHandle> next = opened.iterator();
        next.next();
        for (Family family : Family.values()) {
            handles.put(family, next.next());
        }
    }

    /**
     * Opens the files.
     *
     * @param create whether the files are to be created; otherwise they must be there
     * @throws StoreOpenException when they are missing, corrupt or cannot be written
     */
    static RocksFiles open(Path path, boolean create) {
        List<AutoCloseable> owned = new ArrayList<>();
        try {
            Files.createDirectories(path);
            return open(path, create, owned);
        } catch (RocksDBException | IOException e) {
            closeAll(owned);
            throw refusal(path, e);
        }
    }

    private static RocksFiles open(Path path, boolean create, List<AutoCloseable> owned) throws RocksDBException {
        DBOptions options = own(owned, databaseOptions(create, owned));
        ColumnFamilyOptions familyOptions = own(owned, familyOptions(owned));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions));
        for (Family family : Family.values()) {
            descriptors.add(
                    new ColumnFamilyDescriptor(family.familyName.getBytes(StandardCharsets.US_ASCII), familyOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB db = RocksDB.open(options, path.toString(), descriptors, handles);
        return new RocksFiles(owned, db, handles);
    }

    private static DBOptions databaseOptions(boolean create, List<AutoCloseable> owned) throws RocksDBException {
        return new DBOptions()
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // only the torn tail of a write that was never acknowledged may be dropped; other damage is refused
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(256 * MEBI)
                .setDbWriteBufferSize(128 * MEBI)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(256)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(MEBI)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                // with it, RocksDB takes up its background work by itself when a full disk has room again
                .setSstFileManager(own(owned, new SstFileManager(Env.getDefault())));
    }

    private static ColumnFamilyOptions familyOptions(List<AutoCloseable> owned) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockSize(16 * 1024)
                // reads come from the image; the cache serves start-up and compaction only
                .setBlockCache(own(owned, new LRUCache(8 * MEBI)));
        return new ColumnFamilyOptions()
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setBottommostCompressionOptions(
                        own(owned, new CompressionOptions().setEnabled(true).setLevel(1)))
                .setWriteBufferSize(32 * MEBI)
                .setMaxWriteBufferNumber(3)
                .setTableFormatConfig(table);
    }

    private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T resource) {
        owned.add(resource);
        return resource;
    }

    private static StoreOpenException refusal(Path path, Exception e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        boolean corrupt = e instanceof RocksDBException rocks
                && rocks.getStatus() != null
                && rocks.getStatus().getCode() == Status.Code.Corruption;
        String remedy = corrupt || why.contains("does not exist")
                ? "The files are damaged: keep the folder as it is, and restore a backup into another one."
                : "Check that the disk has room and that you may write there.";
        return new StoreOpenException("The store in " + path + " cannot be opened: " + why + ". " + remedy, e);
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family));
    }

    /** The records as they are at this moment, whatever is written while they are read. */
    RocksView view() {
        return new RocksView(db, this::handle);
    }

    /** Takes all records away whose keys are between two, the second of them outside; it is not waited for until that is on disk. */
    void deleteRange(Family family, byte[] from, byte[] to) throws RocksDBException {
        db.deleteRange(handle(family), from, to);
    }

    /** Makes a folder with the records of this moment, whatever is written meanwhile. */
    void checkpoint(Path target) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        }
    }

    /** Writes a batch and syncs it to disk. */
    void write(WriteBatch batch) throws RocksDBException {
        db.write(synced, batch);
    }

    /**
     * Hands every record of a family over, in the order of the keys.
     *
     * @throws StoreOpenException when a record cannot be read
     */
    void forEach(Family family, BiConsumer<byte[], byte[]> use) {
        try (ReadOptions options = new ReadOptions()
                        .setFillCache(false)
                        .setVerifyChecksums(true)
                        .setReadaheadSize(2 * MEBI);
                RocksIterator records = db.newIterator(handle(family), options)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                use.accept(records.key(), records.value());
            }
            records.status();
        } catch (RocksDBException e) {
            throw refusal(Path.of(db.getName()), e);
        }
    }

    private static void closeAll(List<AutoCloseable> resources) {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("a native object could not be closed", e);
            }
        }
    }

    /** Writes what is in memory to the tables first, so that the next start does not have to make it again from the log of writes. */
    @Override
    public void close() {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            db.flush(flush, opened);
        } catch (RocksDBException e) {
            LOG.warn("The store is closed without tidying up, and the next start takes longer: {}", e.getMessage());
        }
        synced.close();
        opened.forEach(ColumnFamilyHandle::close);
        db.close();
        closeAll(owned);
    }
}
