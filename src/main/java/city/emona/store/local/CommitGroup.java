package city.emona.store.local;

import city.emona.store.ChangeSet;
import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryWrite;
import city.emona.store.InstanceId;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import city.emona.store.local.RocksFiles.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The change-sets of one synced batch, and the state that they leave. For use by the one thread that commits. */
final class CommitGroup {
    private final Image image;
    private final RocksFiles files;
    private final WriteBatch batch;
    private final Counters counters;
    private final @Nullable CommitWatcher watcher;
    private final long now;
    private final List<PendingCommit> accepted = new ArrayList<>();
    private final Map<Key, Staged> entities = new LinkedHashMap<>();
    private final Map<Key, Optional<HistoryHeader>> headers = new LinkedHashMap<>();
    private final List<StagedDocument> documents = new ArrayList<>();
    private final List<Recorded> recorded = new ArrayList<>();
    private final List<CommittedChange> changes = new ArrayList<>();
    private final Map<Key, Integer> appended = new HashMap<>();

    /** @param now epoch milliseconds */
    CommitGroup(
            Image image,
            RocksFiles files,
            WriteBatch batch,
            Counters counters,
            @Nullable CommitWatcher watcher,
            long now) {
        this.image = image;
        this.files = files;
        this.batch = batch;
        this.counters = counters;
        this.watcher = watcher;
        this.now = now;
    }

    /** An entity of a tenant. */
    record Key(Tenant tenant, String id) {}

    /** The state that an entity is left in; null where it is deleted. */
    record Staged(@Nullable StoredEntity after) {}

    record StagedDocument(Tenant tenant, DocumentWrite write) {}

    /** A record that is new, of history or of the log. */
    record Recorded(Family family, byte[] key) {}

    List<PendingCommit> accepted() {
        return accepted;
    }

    Set<Key> entities() {
        return entities.keySet();
    }

    Set<Key> headers() {
        return headers.keySet();
    }

    List<StagedDocument> documents() {
        return documents;
    }

    List<Recorded> recorded() {
        return recorded;
    }

    List<CommittedChange> changes() {
        return changes;
    }

    /** How many instances were added to the history of entities that exist only there, or beside what they are. */
    Map<Key, Integer> appended() {
        return appended;
    }

    /** Adds a change-set to the batch, or refuses it because an entity is not in the version expected. */
    void add(PendingCommit pending) throws RocksDBException {
        ChangeSet set = pending.changes();
        for (EntityWrite write : set.entities()) {
            if (currentVersion(set.tenant(), write.id()) != write.expectedVersion()) {
                pending.fail(new VersionConflictException(write.id()));
                return;
            }
        }
        accepted.add(pending);
        long version = counters.nextVersion();
        int before = changes.size();
        for (EntityWrite write : set.entities()) {
            stage(set.tenant(), write, version);
        }
        for (DocumentWrite write : set.documents()) {
            stage(set.tenant(), write);
        }
        for (HistoryWrite write : set.history()) {
            stage(set.tenant(), write);
        }
        RawWrites rewrites = pending.rewrites();
        if (rewrites != null) {
            rewrites.addTo(batch, files);
        }
        if (changes.size() > before && !set.tenant().isSnapshot()) {
            log(set.tenant(), version, changes.subList(before, changes.size()));
        }
    }

    /** Puts how far the numbers have been given into the batch. */
    void finish() throws RocksDBException {
        batch.put(files.handle(Family.COUNTERS), Counters.key(), counters.value());
    }

    private long currentVersion(Tenant tenant, String id) {
        Staged staged = entities.get(new Key(tenant, id));
        StoredEntity current = staged == null ? image.current(tenant, id, now) : staged.after;
        return current == null ? EntityWrite.ABSENT : current.version();
    }

    /** What an entity is before a write, even where it has expired. */
    private @Nullable StoredEntity present(Key key) {
        Staged staged = entities.get(key);
        return staged == null ? image.findEvenExpired(key.tenant, key.id) : staged.after;
    }

    private void stage(Tenant tenant, EntityWrite write, long version) throws RocksDBException {
        Key key = new Key(tenant, write.id());
        StoredEntity before = present(key);
        byte[] recordKey = Records.entityKey(tenant, write.id());
        StoredEntity after = null;
        if (write.packed() == null) {
            batch.delete(files.handle(Family.ENTITY), recordKey);
        } else {
            batch.put(files.handle(Family.ENTITY), recordKey, Records.entityValue(version, write.packed()));
            int unpacked = before == null ? 1 : before.unpackedChanges() % HistoryPacker.WAITING + 1;
            after = new StoredEntity(write.id(), version, write.packed(), unpacked);
        }
        entities.put(key, new Staged(after));
        if (!tenant.isSnapshot()) {
            recordChange(key, write, before, after);
        }
        if (before != null && after != null && before.isExpired(now)) {
            // the one that expired ended before the one that is created now
            changes.add(new CommittedChange(version, tenant, before, null));
            before = null;
        }
        if (before != null || after != null) {
            changes.add(new CommittedChange(version, tenant, before, after));
        }
    }

    private void recordChange(Key key, EntityWrite write, @Nullable StoredEntity before, @Nullable StoredEntity after)
            throws RocksDBException {
        InstanceId id = counters.nextId(now);
        if (write.changed() != null) {
            record(key, HistoryKeys.CHANGE, id, HistoryRecord.of(write.changed()));
        }
        if (after == null && before != null) {
            long createdAt = before.packed().createdAt();
            putHeader(
                    key,
                    new HistoryHeader(key.id, before.packed().types(), createdAt, id.recordedAt(), id.recordedAt()));
        } else if (before == null && header(key) != null) {
            putHeader(key, null);
        }
    }

    private void record(Key key, byte kind, InstanceId id, byte[] value) throws RocksDBException {
        byte[] recordKey = HistoryKeys.record(HistoryKeys.entity(key.tenant, key.id), kind, id);
        batch.put(files.handle(Family.HISTORY), recordKey, value);
        recorded.add(new Recorded(Family.HISTORY, recordKey));
    }

    private @Nullable HistoryHeader header(Key key) {
        Optional<HistoryHeader> staged = headers.get(key);
        return staged == null ? image.findAbsent(key.tenant, key.id) : staged.orElse(null);
    }

    private void putHeader(Key key, @Nullable HistoryHeader header) throws RocksDBException {
        byte[] recordKey = Records.entityKey(key.tenant, key.id);
        if (header == null) {
            batch.delete(files.handle(Family.ABSENT), recordKey);
        } else {
            batch.put(files.handle(Family.ABSENT), recordKey, Records.headerValue(header));
        }
        headers.put(key, Optional.ofNullable(header));
    }

    private void stage(Tenant tenant, HistoryWrite write) throws RocksDBException {
        Key key = new Key(tenant, write.entityId());
        switch (write) {
            case HistoryWrite.Append append -> stage(key, append);
            case HistoryWrite.Restore restore -> {
                if (restore.header() != null && present(key) == null && header(key) == null) {
                    putHeader(key, restore.header());
                }
            }
            case HistoryWrite.DeleteEntity _ -> {
                if (header(key) != null) {
                    putHeader(key, null);
                }
            }
            case HistoryWrite.ReplaceInstance _, HistoryWrite.DeleteInstance _, HistoryWrite.DeleteSeries _ -> {
                // they come as rewrites of records
            }
        }
    }

    private void stage(Key key, HistoryWrite.Append append) throws RocksDBException {
        for (byte[] value : HistoryRecord.of(append.additions())) {
            record(key, HistoryKeys.APPEND, counters.nextId(now), value);
        }
        appended.merge(key, append.additions().size(), Integer::sum);
        if (present(key) == null) {
            long at = counters.nextId(now).recordedAt();
            HistoryHeader known = header(key);
            Set<String> types = new LinkedHashSet<>(known == null ? List.of() : known.types());
            types.addAll(append.types());
            putHeader(
                    key,
                    new HistoryHeader(
                            key.id,
                            List.copyOf(types),
                            known == null ? at : known.createdAt(),
                            at,
                            known == null ? 0 : known.deletedAt()));
        }
    }

    private void stage(Tenant tenant, DocumentWrite write) throws RocksDBException {
        byte[] key = Records.documentKey(tenant, write.kind(), write.key());
        byte[] content = write.content();
        if (content == null) {
            batch.delete(files.handle(Family.REGISTRY), key);
        } else {
            batch.put(files.handle(Family.REGISTRY), key, content);
        }
        documents.add(new StagedDocument(tenant, write));
    }

    private void log(Tenant tenant, long position, List<CommittedChange> about) throws RocksDBException {
        byte[] key = CommitLog.key(position);
        List<String> ids = about.stream().map(CommittedChange::id).distinct().toList();
        List<String> formerTypes =
                about.stream().flatMap(CommitGroup::formerTypes).distinct().toList();
        byte[] notice = watcher == null ? null : watcher.judge(List.copyOf(about));
        batch.put(files.handle(Family.LOG), key, CommitLog.value(now, tenant, ids, formerTypes, notice));
        recorded.add(new Recorded(Family.LOG, key));
    }

    /** The types that an entity has no longer. */
    private static Stream<String> formerTypes(CommittedChange change) {
        if (change.before() == null) {
            return Stream.empty();
        }
        List<String> before = change.before().packed().types();
        List<String> after =
                change.after() == null ? List.of() : change.after().packed().types();
        return before.equals(after) ? Stream.empty() : before.stream().filter(type -> !after.contains(type));
    }

    /** Shows to readers what the batch, now on disk, changed. */
    void apply() {
        entities.forEach((key, staged) -> image.apply(key.tenant, key.id, staged.after));
        headers.forEach((key, header) -> image.applyAbsent(key.tenant, key.id, header.orElse(null)));
        documents.forEach(one -> image.apply(one.tenant, one.write));
    }
}
