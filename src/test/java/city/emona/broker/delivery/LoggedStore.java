package city.emona.broker.delivery;

import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.store.*;
import city.emona.store.local.LocalStore;
import java.time.Clock;
import java.util.*;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scaffold until the store has its log. */
final class LoggedStore implements ContextStore {
    private final LocalStore store;
    private final NavigableMap<Long, LogEntry> log = new java.util.concurrent.ConcurrentSkipListMap<>();
    private final List<Consumer<List<CommittedChange>>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable CommitWatcher watcher;
    private long position;

    LoggedStore(LocalStore store, Clock clock) {
        this.store = store;
        store.onCommit(changes -> {
            position += 3;
            byte[] notice = watcher == null ? null : watcher.judge(changes);
            log.put(
                    position,
                    new LogEntry(
                            position,
                            clock.millis(),
                            changes.getFirst().tenant(),
                            changes.stream().map(CommittedChange::id).toList(),
                            notice));
            listeners.forEach(l -> l.accept(changes));
        });
    }

    @Override
    public void commit(ChangeSet changes) {
        store.commit(changes);
    }

    @Override
    public Optional<StoredEntity> findEntity(Tenant t, String id) {
        return store.findEntity(t, id);
    }

    @Override
    public EntityPage queryEntities(Tenant t, EntityQuery q) {
        return store.queryEntities(t, q);
    }

    @Override
    public List<StoredEntity> listExpired(Tenant t, int l) {
        return store.listExpired(t, l);
    }

    @Override
    public long countCandidates(Tenant t, EntityQuery q) {
        return store.countCandidates(t, q);
    }

    @Override
    public long countEntities(Tenant t) {
        return store.countEntities(t);
    }

    @Override
    public Inventory inventory(Tenant t) {
        return store.inventory(t);
    }

    @Override
    public boolean hasTenant(Tenant t) {
        return store.hasTenant(t);
    }

    @Override
    public List<Tenant> listTenants() {
        return store.listTenants();
    }

    @Override
    public List<Tenant> listSnapshots() {
        return store.listSnapshots();
    }

    @Override
    public Optional<HistoryHeader> findHistory(Tenant t, String id) {
        return store.findHistory(t, id);
    }

    @Override
    public Iterator<HistoryHeader> listHistories(Tenant t, EntityFilter f) {
        return store.listHistories(t, f);
    }

    @Override
    public List<Series> readHistory(Tenant t, String id, SeriesSelector s, HistoryRange r) {
        return store.readHistory(t, id, s, r);
    }

    @Override
    public void scanHistory(Tenant t, String id, SeriesSelector s, HistoryRange r, SeriesScan scan) {
        store.scanHistory(t, id, s, r, scan);
    }

    @Override
    public void setWatcher(CommitWatcher w) {
        watcher = w;
    }

    @Override
    public List<LogEntry> readLog(long after, int limit) {
        return log.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public long logBegin() {
        return log.isEmpty() ? position + 1 : log.firstKey();
    }

    @Override
    public long logEnd() {
        return position;
    }

    @Override
    public void trimLog(long before) {
        log.headMap(before, false).clear();
    }

    @Override
    public Optional<byte[]> findDocument(Tenant t, String k, String key) {
        return store.findDocument(t, k, key);
    }

    @Override
    public List<String> listDocumentKinds(Tenant t) {
        return store.listDocumentKinds(t);
    }

    @Override
    public List<String> listDocuments(Tenant t, String k) {
        return store.listDocuments(t, k);
    }

    @Override
    public void onCommit(Consumer<List<CommittedChange>> l) {
        listeners.add(l);
    }

    @Override
    public StoreHealth health() {
        return store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
