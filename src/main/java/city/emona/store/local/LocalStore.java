package city.emona.store.local;

import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.store.ChangeSet;
import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.ContextStore;
import city.emona.store.EntityPage;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryRange;
import city.emona.store.HistorySink;
import city.emona.store.HistoryWrite;
import city.emona.store.Inventory;
import city.emona.store.LogEntry;
import city.emona.store.Retention;
import city.emona.store.RetentionReport;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.StoreCheckpoint;
import city.emona.store.StoreHealth;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.store.local.RocksFiles.Family;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded store; see the package. */
public final class LocalStore implements ContextStore {
    /** How much of the disk is left free where the caller does not say, in bytes. */
    public static final long DEFAULT_RESERVE_BYTES = 128L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LocalStore.class);

    /** The steps that lead from every earlier format to the present one, in order. */
    static final List<FormatUpgrade> UPGRADES =
            List.of(new FormatUpgrade(1, "the history of each entity begins with what it is", HistoryBeginning::write));

    private static final EntityPage NOTHING = new EntityPage(List.of(), 0, false);

    private final DataFolder folder;
    private final Image image;
    private final SharedFiles files;
    private final GroupCommitter committer;
    private final HistoryPacker packer;
    private final LatestInstances latest = new LatestInstances();
    private final HistoryKeeper keeper;
    private final Clock clock;
    private final List<Consumer<List<CommittedChange>>> listeners = new CopyOnWriteArrayList<>();

    private LocalStore(DataFolder folder, RocksFiles files, long reserveBytes, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.image = new Image();
        long lastVersion = image.load(files);
        this.files = new SharedFiles(files);
        this.committer = new GroupCommitter(
                this.files,
                () -> RocksFiles.open(folder.store(), false),
                image,
                new DiskGuard(folder.path(), reserveBytes),
                Counters.load(files, lastVersion),
                clock,
                new Committed());
        this.packer = new HistoryPacker(this.files, committer::commit, latest::changed);
        this.keeper = new HistoryKeeper(image, packer, clock);
    }

    /** What follows from a commit. */
    private final class Committed implements GroupCommitter.Listener {
        @Override
        public void written(CommitGroup.Key entity) {
            latest.changed(entity);
        }

        @Override
        public void changed(List<CommittedChange> changes) {
            publish(changes);
        }

        @Override
        public void waiting(CommitGroup.Key entity, int changes) {
            packer.waiting(entity, changes);
        }

        @Override
        public void appended(CommitGroup.Key entity, int instances) {
            packer.appended(entity, instances);
        }
    }

    /**
     * Opens a data folder, or makes a new one.
     *
     * @param reserveBytes how much of the disk is left free; below that, writing is refused
     * @throws StoreOpenException when the folder is in use, from a newer version, damaged or not writable
     */
    public static LocalStore open(Path path, long reserveBytes, Clock clock) {
        return open(path, reserveBytes, clock, UPGRADES);
    }

    static LocalStore open(Path path, long reserveBytes, Clock clock, List<FormatUpgrade> upgrades) {
        DataFolder folder = DataFolder.lock(path);
        RocksFiles files = null;
        try {
            folder.removeCheckpoints();
            int format = folder.format();
            int current = upgrades.size() + 1;
            if (format > current) {
                throw new StoreOpenException("The data folder " + path + " has format " + format
                        + ", and this version of Emona knows formats up to " + current
                        + ". Start it with the newer version that wrote it.");
            }
            files = RocksFiles.open(folder.store(), format == DataFolder.NEW);
            if (format == DataFolder.NEW) {
                folder.writeFormat(current);
            } else {
                upgrade(folder, files, format, upgrades);
            }
            return new LocalStore(folder, files, reserveBytes, clock);
        } catch (RuntimeException e) {
            if (files != null) {
                files.close();
            }
            folder.close();
            throw e;
        }
    }

    private static void upgrade(DataFolder folder, RocksFiles files, int format, List<FormatUpgrade> upgrades) {
        for (FormatUpgrade upgrade : upgrades) {
            if (upgrade.from() >= format) {
                LOG.info("Upgrading the data folder from format {}: {}", upgrade.from(), upgrade.what());
                upgrade.step().run(files);
                folder.writeFormat(upgrade.from() + 1);
            }
        }
    }

    private void publish(List<CommittedChange> changes) {
        for (Consumer<List<CommittedChange>> listener : listeners) {
            try {
                listener.accept(changes);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on a committed change", e);
            }
        }
    }

    @Override
    public void commit(ChangeSet changes) {
        if (changes.history().stream().allMatch(HistoryWrite.Append.class::isInstance)) {
            if (!changes.isEmpty()) {
                committer.commit(changes, null);
            }
        } else {
            packer.change(changes);
        }
    }

    @Override
    public Optional<StoredEntity> findEntity(Tenant tenant, String id) {
        return image.find(tenant).flatMap(found -> found.find(id, clock.millis()));
    }

    @Override
    public EntityPage queryEntities(Tenant tenant, EntityQuery query) {
        return image.find(tenant)
                .map(found -> found.query(query, clock.millis()))
                .orElse(NOTHING);
    }

    @Override
    public long countCandidates(Tenant tenant, EntityQuery query) {
        return image.find(tenant).map(found -> found.countCandidates(query)).orElse(0L);
    }

    @Override
    public List<StoredEntity> listExpired(Tenant tenant, int limit) {
        return image.find(tenant)
                .map(found -> found.listExpired(clock.millis(), limit))
                .orElse(List.of());
    }

    @Override
    public long countEntities(Tenant tenant) {
        return image.find(tenant).map(TenantImage::size).orElse(0);
    }

    @Override
    public Inventory inventory(Tenant tenant) {
        return image.find(tenant).map(found -> found.inventory(clock.millis())).orElse(Inventory.EMPTY);
    }

    @Override
    public boolean hasTenant(Tenant tenant) {
        return image.find(tenant).isPresent();
    }

    @Override
    public List<Tenant> listTenants() {
        return image.listTenants();
    }

    @Override
    public List<Tenant> listSnapshots() {
        return image.listSnapshots();
    }

    @Override
    public List<String> listDocumentKinds(Tenant tenant) {
        return image.find(tenant).map(TenantImage::documentKinds).orElse(List.of());
    }

    @Override
    public Optional<byte[]> findDocument(Tenant tenant, String kind, String key) {
        return image.find(tenant).flatMap(found -> found.findDocument(kind, key));
    }

    @Override
    public List<String> listDocuments(Tenant tenant, String kind) {
        return image.find(tenant).map(found -> found.documentKeys(kind)).orElse(List.of());
    }

    @Override
    public void onCommit(Consumer<List<CommittedChange>> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<HistoryHeader> findHistory(Tenant tenant, String id) {
        return image.find(tenant).flatMap(found -> found.findHistory(id));
    }

    @Override
    public Iterator<HistoryHeader> listHistories(Tenant tenant, EntityFilter filter) {
        return image.find(tenant).map(found -> found.histories(filter)).orElse(Collections.emptyIterator());
    }

    @Override
    public List<Series> readHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range) {
        if (range.property() == TimeProperty.OBSERVED_AT && range.lastN() == 1) {
            return latest.find(
                            new CommitGroup.Key(tenant, id),
                            series,
                            range,
                            () -> readFiles(tenant, id, SeriesSelector.ALL, HistoryRange.ALL.last(1)))
                    .orElseGet(() -> readFiles(tenant, id, series, range));
        }
        return readFiles(tenant, id, series, range);
    }

    private List<Series> readFiles(Tenant tenant, String id, SeriesSelector series, HistoryRange range) {
        return files.read(view -> new HistoryReader(view, HistoryKeys.entity(tenant, id)).read(series, range));
    }

    @Override
    public void scanHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range, SeriesScan scan) {
        files.read(view -> {
            new HistoryReader(view, HistoryKeys.entity(tenant, id)).scan(series, range, scan);
            return scan;
        });
    }

    @Override
    public void exportHistory(Tenant tenant, String id, HistorySink sink) {
        files.read(view -> {
            new HistoryReader(view, HistoryKeys.entity(tenant, id)).export(sink);
            return sink;
        });
    }

    /** Packs what was recorded of an entity's history up to now; by itself, that is done when much waits. */
    void packHistory(Tenant tenant, String id) {
        packer.pack(tenant, id);
    }

    /** How many instances of an entity's history are not packed yet. */
    int countUnpacked(Tenant tenant, String id) {
        return files.read(
                view -> HistoryTail.read(view, HistoryKeys.entity(tenant, id)).size());
    }

    @Override
    public void setRetention(List<Retention> rules, ZoneId zone) {
        keeper.setRules(rules, zone);
    }

    @Override
    public List<RetentionReport> listRetention() {
        return keeper.reports();
    }

    /** Removes at once what the rules say; by itself, that is done once in a while. */
    void sweepHistory() {
        keeper.sweep();
    }

    @Override
    public void setWatcher(CommitWatcher watcher) {
        committer.setWatcher(watcher);
    }

    @Override
    public List<LogEntry> readLog(long after, int limit) {
        return files.read(view -> CommitLog.read(view, after, limit));
    }

    @Override
    public long logBegin() {
        // read first, lest a commit that comes in between seem to have left the log
        long end = logEnd();
        List<LogEntry> first = readLog(0, 1);
        return first.isEmpty() ? end + 1 : first.getFirst().position();
    }

    @Override
    public long logEnd() {
        return committer.lastVersion();
    }

    @Override
    public void trimLog(long before) {
        files.trim(Family.LOG, CommitLog.key(0), CommitLog.key(before));
    }

    @Override
    public StoreCheckpoint checkpoint() {
        long position = logEnd();
        return new LocalCheckpoint(folder, folder.makeCheckpoint(files::checkpoint), position);
    }

    @Override
    public StoreHealth health() {
        return committer.health();
    }

    @Override
    public void close() {
        keeper.close();
        packer.close();
        committer.close();
        folder.close();
    }
}
