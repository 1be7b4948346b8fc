package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.HistoryHeader;
import city.emona.store.StoreHealth;
import city.emona.store.StoredEntity;
import city.emona.store.local.RocksFiles.Family;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all change-sets that wait, checks each against the state that those before it leave, writes them
 * as one synced batch, changes the image, and lets the callers go.
 */
final class GroupCommitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);
    private static final int MAX_GROUP = 1_000;

    private final Image image;
    private final DiskGuard disk;
    private final Clock clock;
    private final FileOpener opener;
    private final Listener listener;
    private final BlockingQueue<PendingCommit> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final SharedFiles files;
    private boolean broken;

    /** What failed writes were about: it may be on disk or not. */
    private final Set<CommitGroup.Key> doubtful = new LinkedHashSet<>();

    private final Set<CommitGroup.Key> doubtfulHeaders = new LinkedHashSet<>();
    private final List<CommitGroup.StagedDocument> doubtfulDocuments = new ArrayList<>();
    private final List<CommitGroup.Recorded> doubtfulRecords = new ArrayList<>();
    private final Counters counters;
    private volatile @Nullable CommitWatcher watcher;
    private volatile long lastVersion;
    private boolean closed;
    private volatile StoreHealth health = new StoreHealth(true, "", 0, 0);

    /** Opens the files again after a failed write. */
    @FunctionalInterface
    interface FileOpener {
        RocksFiles open();
    }

    /** Hears what was committed, when it can be read. */
    interface Listener {
        /** An entity or its history was changed; before anybody is told so. */
        void written(CommitGroup.Key entity);

        /** Changes of current state. */
        void changed(List<CommittedChange> changes);

        /** So many changes of an entity wait to be packed into its history. */
        void waiting(CommitGroup.Key entity, int changes);

        /** So many instances were added to the history of an entity. */
        void appended(CommitGroup.Key entity, int instances);
    }

    GroupCommitter(
            SharedFiles files,
            FileOpener opener,
            Image image,
            DiskGuard disk,
            Counters counters,
            Clock clock,
            Listener listener) {
        this.files = files;
        this.opener = opener;
        this.image = image;
        this.disk = disk;
        this.counters = counters;
        this.lastVersion = counters.version();
        this.clock = clock;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("commit").start(this::run);
    }

    StoreHealth health() {
        return health;
    }

    void setWatcher(CommitWatcher next) {
        watcher = next;
    }

    /** The version of the last commit that can be read. */
    long lastVersion() {
        return lastVersion;
    }

    /**
     * Waits until a change-set is durable.
     *
     * @param rewrites what its changes of history come down to, where they are more than additions
     */
    void commit(ChangeSet changes, @Nullable RawWrites rewrites) {
        PendingCommit pending = new PendingCommit(changes, rewrites);
        enqueue(pending);
        pending.await();
    }

    private synchronized void enqueue(PendingCommit pending) {
        if (closed) {
            throw new Problem(
                    ProblemType.UNAVAILABLE, "The store is closed.", "Try again when the server has started.");
        }
        queue.add(pending);
    }

    private void run() {
        List<PendingCommit> group = new ArrayList<>();
        boolean stop = false;
        while (!stop) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOG.warn("The commit thread was interrupted; it goes on until the store is closed");
                continue;
            }
            queue.drainTo(group, MAX_GROUP - 1);
            stop = group.removeIf(pending -> pending == PendingCommit.STOP);
            commitGroup(group);
        }
        files.close();
    }

    private void commitGroup(List<PendingCommit> group) {
        if (group.isEmpty()) {
            return;
        }
        if (!disk.hasRoom() || (broken && !reopen())) {
            Problem full = disk.full();
            health = new StoreHealth(false, full.explanation(), health.commits(), health.syncs());
            group.forEach(pending -> pending.fail(full));
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            CommitGroup checked = new CommitGroup(image, files.files(), batch, counters, watcher, clock.millis());
            try {
                for (PendingCommit pending : group) {
                    checked.add(pending);
                }
                if (!checked.accepted().isEmpty()) {
                    checked.finish();
                    files.files().write(batch);
                }
            } catch (RocksDBException | RuntimeException e) {
                failed(group, checked, e);
                return;
            }
            apply(checked);
        }
    }

    /** Shows the group to readers and listeners, and lets its callers go. */
    private void apply(CommitGroup group) {
        group.apply();
        group.entities().forEach(listener::written);
        group.appended().keySet().forEach(listener::written);
        int commits = group.accepted().size();
        lastVersion = counters.version();
        health = new StoreHealth(true, "", health.commits() + commits, health.syncs() + (commits == 0 ? 0 : 1));
        group.accepted().forEach(PendingCommit::succeed);
        if (!group.changes().isEmpty()) {
            listener.changed(List.copyOf(group.changes()));
        }
        group.changes()
                .forEach(change -> listener.waiting(
                        new CommitGroup.Key(change.tenant(), change.id()), HistoryPacker.waitingAfter(change)));
        group.appended().forEach(listener::appended);
    }

    private void failed(List<PendingCommit> all, CommitGroup group, Exception cause) {
        LOG.error("A group of {} change-sets could not be written: {}", all.size(), cause.toString());
        broken = true;
        doubtful.addAll(group.entities());
        doubtful.addAll(group.appended().keySet());
        doubtfulHeaders.addAll(group.headers());
        doubtfulDocuments.addAll(group.documents());
        doubtfulRecords.addAll(group.recorded());
        Problem problem = disk.hasRoom()
                ? new Problem(
                        ProblemType.INSUFFICIENT_STORAGE,
                        "The disk refused the change: " + cause.getMessage() + ".",
                        "Check the disk of the data folder; writing resumes by itself when it works again.")
                : disk.full();
        health = new StoreHealth(false, problem.explanation(), health.commits(), health.syncs());
        group.accepted().forEach(pending -> pending.fail(problem));
    }

    /**
     * Opens the files anew after a write that failed. What of it reached the disk all the same is taken back, for its callers were told
     * that it is not stored.
     */
    private boolean reopen() {
        try {
            files.reopen(opener);
            takeBack(files.files());
            doubtful.forEach(listener::written);
            doubtful.clear();
            doubtfulHeaders.clear();
            doubtfulDocuments.clear();
            doubtfulRecords.clear();
            broken = false;
            LOG.info("The files of the store were opened again after a failed write");
            return true;
        } catch (StoreOpenException | RocksDBException e) {
            LOG.error("The files of the store cannot be opened again: {}", e.getMessage());
            return false;
        }
    }

    private void takeBack(RocksFiles opened) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (CommitGroup.Key one : doubtful) {
                StoredEntity present = image.findEvenExpired(one.tenant(), one.id());
                put(
                        batch,
                        opened.handle(Family.ENTITY),
                        Records.entityKey(one.tenant(), one.id()),
                        present == null ? null : Records.entityValue(present.version(), present.packed()));
            }
            for (CommitGroup.Key one : doubtfulHeaders) {
                HistoryHeader present = image.findAbsent(one.tenant(), one.id());
                put(
                        batch,
                        opened.handle(Family.ABSENT),
                        Records.entityKey(one.tenant(), one.id()),
                        present == null ? null : Records.headerValue(present));
            }
            for (CommitGroup.StagedDocument one : doubtfulDocuments) {
                put(
                        batch,
                        opened.handle(Family.REGISTRY),
                        Records.documentKey(
                                one.tenant(), one.write().kind(), one.write().key()),
                        image.find(one.tenant())
                                .flatMap(tenant -> tenant.findDocument(
                                        one.write().kind(), one.write().key()))
                                .orElse(null));
            }
            for (CommitGroup.Recorded one : doubtfulRecords) {
                batch.delete(opened.handle(one.family()), one.key());
            }
            opened.write(batch);
        }
    }

    private static void put(WriteBatch batch, ColumnFamilyHandle family, byte[] key, byte @Nullable [] value)
            throws RocksDBException {
        if (value == null) {
            batch.delete(family, key);
        } else {
            batch.put(family, key, value);
        }
    }

    /** Finishes what was accepted, then closes the files. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(PendingCommit.STOP);
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
