package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.CommittedChange;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.StoreHealth;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final Consumer<List<CommittedChange>> committed;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private RocksFiles files;
    private boolean broken;

    /** What failed writes were about: it may be on disk or not. */
    private final List<Staged> doubtful = new ArrayList<>();

    private final List<StagedDocument> doubtfulDocuments = new ArrayList<>();
    private long lastVersion;
    private boolean closed;
    private volatile StoreHealth health = new StoreHealth(true, "", 0, 0);

    /** Opens the files again after a failed write. */
    @FunctionalInterface
    interface FileOpener {
        RocksFiles open();
    }

    /** A change-set whose caller waits. */
    private static final class Pending {
        final @Nullable ChangeSet changes;
        final CountDownLatch done = new CountDownLatch(1);

        @Nullable
        RuntimeException failure;

        Pending(@Nullable ChangeSet changes) {
            this.changes = changes;
        }

        void succeed() {
            done.countDown();
        }

        void fail(RuntimeException why) {
            failure = why;
            done.countDown();
        }
    }

    GroupCommitter(
            RocksFiles files,
            FileOpener opener,
            Image image,
            DiskGuard disk,
            long lastVersion,
            Clock clock,
            Consumer<List<CommittedChange>> committed) {
        this.files = files;
        this.opener = opener;
        this.image = image;
        this.disk = disk;
        this.lastVersion = lastVersion;
        this.clock = clock;
        this.committed = committed;
        this.thread = Thread.ofPlatform().name("commit").start(this::run);
    }

    StoreHealth health() {
        return health;
    }

    /** Waits until a change-set is durable. */
    void commit(ChangeSet changes) {
        Pending pending = new Pending(changes);
        enqueue(pending);
        boolean interrupted = false;
        while (true) {
            try {
                pending.done.await();
                break;
            } catch (InterruptedException e) {
                // the outcome is decided by the disk, not by whoever lost patience
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (pending.failure != null) {
            throw pending.failure;
        }
    }

    private synchronized void enqueue(Pending pending) {
        if (closed) {
            throw new Problem(
                    ProblemType.UNAVAILABLE, "The store is closed.", "Try again when the server has started.");
        }
        queue.add(pending);
    }

    private void run() {
        List<Pending> group = new ArrayList<>();
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
            stop = group.removeIf(pending -> pending.changes == null);
            commitGroup(group);
        }
        files.close();
    }

    private void commitGroup(List<Pending> group) {
        if (group.isEmpty()) {
            return;
        }
        if (!disk.hasRoom() || (broken && !reopen())) {
            Problem full = disk.full();
            health = new StoreHealth(false, full.explanation(), health.commits(), health.syncs());
            group.forEach(pending -> pending.fail(full));
            return;
        }
        Group checked = new Group();
        try (WriteBatch batch = new WriteBatch()) {
            for (Pending pending : group) {
                checked.add(pending, batch);
            }
            if (!checked.accepted.isEmpty()) {
                files.write(batch);
            }
        } catch (RocksDBException | RuntimeException e) {
            failed(checked, e);
            return;
        }
        checked.apply();
    }

    private void failed(Group group, Exception cause) {
        LOG.error("A group of {} change-sets could not be written: {}", group.accepted.size(), cause.toString());
        broken = true;
        doubtful.addAll(group.staged);
        doubtfulDocuments.addAll(group.stagedDocuments);
        Problem problem = disk.hasRoom()
                ? new Problem(
                        ProblemType.INSUFFICIENT_STORAGE,
                        "The disk refused the change: " + cause.getMessage() + ".",
                        "Check the disk of the data folder; writing resumes by itself when it works again.")
                : disk.full();
        health = new StoreHealth(false, problem.explanation(), health.commits(), health.syncs());
        group.accepted.forEach(pending -> pending.fail(problem));
    }

    /**
     * Opens the files anew after a write that failed. What of it reached the disk all the same is taken back, for its callers were told
     * that it is not stored.
     */
    private boolean reopen() {
        try {
            files.close();
            files = opener.open();
            takeBack();
            doubtful.clear();
            doubtfulDocuments.clear();
            broken = false;
            LOG.info("The files of the store were opened again after a failed write");
            return true;
        } catch (StoreOpenException | RocksDBException e) {
            LOG.error("The files of the store cannot be opened again: {}", e.getMessage());
            return false;
        }
    }

    private void takeBack() throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Staged one : doubtful) {
                byte[] key = Records.entityKey(one.tenant, one.id);
                StoredEntity present = image.findEvenExpired(one.tenant, one.id);
                if (present == null) {
                    batch.delete(files.handle(RocksFiles.Family.ENTITY), key);
                } else {
                    byte[] value = Records.entityValue(present.version(), present.packed());
                    batch.put(files.handle(RocksFiles.Family.ENTITY), key, value);
                }
            }
            for (StagedDocument one : doubtfulDocuments) {
                byte[] key = Records.documentKey(one.tenant, one.write.kind(), one.write.key());
                Optional<byte[]> present = image.find(one.tenant)
                        .flatMap(tenant -> tenant.findDocument(one.write.kind(), one.write.key()));
                if (present.isEmpty()) {
                    batch.delete(files.handle(RocksFiles.Family.REGISTRY), key);
                } else {
                    batch.put(files.handle(RocksFiles.Family.REGISTRY), key, present.get());
                }
            }
            files.write(batch);
        }
    }

    private record Staged(
            Tenant tenant, String id, @Nullable StoredEntity after) {}

    private record StagedDocument(Tenant tenant, DocumentWrite write) {}

    /** The change-sets of one batch, and the state that they leave. */
    private final class Group {
        final List<Pending> accepted = new ArrayList<>();
        private final Map<String, Long> versions = new HashMap<>();
        final List<Staged> staged = new ArrayList<>();
        final List<StagedDocument> stagedDocuments = new ArrayList<>();

        void add(Pending pending, WriteBatch batch) throws RocksDBException {
            ChangeSet changes = Objects.requireNonNull(pending.changes);
            for (EntityWrite write : changes.entities()) {
                if (currentVersion(changes.tenant(), write.id()) != write.expectedVersion()) {
                    pending.fail(new VersionConflictException(write.id()));
                    return;
                }
            }
            accepted.add(pending);
            long version = ++lastVersion;
            for (EntityWrite write : changes.entities()) {
                stage(changes.tenant(), write, version, batch);
            }
            for (DocumentWrite write : changes.documents()) {
                stage(changes.tenant(), write, batch);
            }
        }

        private long currentVersion(Tenant tenant, String id) {
            Long staged = versions.get(tenant.key() + '\0' + id);
            if (staged != null) {
                return staged;
            }
            StoredEntity current = image.current(tenant, id, clock.millis());
            return current == null ? EntityWrite.ABSENT : current.version();
        }

        private void stage(Tenant tenant, EntityWrite write, long version, WriteBatch batch) throws RocksDBException {
            byte[] key = Records.entityKey(tenant, write.id());
            String mapKey = tenant.key() + '\0' + write.id();
            if (write.packed() == null) {
                batch.delete(files.handle(RocksFiles.Family.ENTITY), key);
                versions.put(mapKey, EntityWrite.ABSENT);
                staged.add(new Staged(tenant, write.id(), null));
            } else {
                batch.put(files.handle(RocksFiles.Family.ENTITY), key, Records.entityValue(version, write.packed()));
                versions.put(mapKey, version);
                staged.add(new Staged(tenant, write.id(), new StoredEntity(write.id(), version, write.packed())));
            }
        }

        private void stage(Tenant tenant, DocumentWrite write, WriteBatch batch) throws RocksDBException {
            byte[] key = Records.documentKey(tenant, write.kind(), write.key());
            byte[] content = write.content();
            if (content == null) {
                batch.delete(files.handle(RocksFiles.Family.REGISTRY), key);
            } else {
                batch.put(files.handle(RocksFiles.Family.REGISTRY), key, content);
            }
            stagedDocuments.add(new StagedDocument(tenant, write));
        }

        /** Shows the group to readers and listeners, and lets its callers go. */
        void apply() {
            List<CommittedChange> changes = new ArrayList<>(staged.size());
            long now = clock.millis();
            for (Staged one : staged) {
                StoredEntity before = image.findEvenExpired(one.tenant, one.id);
                image.apply(one.tenant, one.id, one.after);
                if (before != null && one.after != null && before.isExpired(now)) {
                    // the one that expired ended before the one that is created now
                    changes.add(new CommittedChange(one.tenant, before, null));
                    before = null;
                }
                if (before != null || one.after != null) {
                    changes.add(new CommittedChange(one.tenant, before, one.after));
                }
            }
            stagedDocuments.forEach(one -> image.apply(one.tenant, one.write));
            health = new StoreHealth(
                    true, "", health.commits() + accepted.size(), health.syncs() + (accepted.isEmpty() ? 0 : 1));
            accepted.forEach(Pending::succeed);
            if (!changes.isEmpty()) {
                committed.accept(changes);
            }
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
            queue.add(new Pending(null));
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
