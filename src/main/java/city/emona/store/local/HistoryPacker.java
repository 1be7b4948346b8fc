package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.CommittedChange;
import city.emona.store.HistoryWrite;
import city.emona.store.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs what was recorded of entities into blocks, in the background, and changes what is packed. Each is one commit, and only one is under
 * way at a time, so that none undoes another.
 */
final class HistoryPacker implements AutoCloseable {
    /** How many instances of an entity wait before they are packed. */
    static final int WAITING = 128;

    /** From how many on the history of an entity that was deleted is packed; fewer are small enough as they are. */
    private static final int WAITING_AT_END = 8;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryPacker.class);
    private static final CommitGroup.Key STOP = new CommitGroup.Key(Tenant.DEFAULT, "");

    private final SharedFiles files;
    private final BiConsumer<ChangeSet, RawWrites> committer;
    private final Consumer<CommitGroup.Key> written;
    private final BlockingQueue<CommitGroup.Key> queue = new LinkedBlockingQueue<>();
    private final Set<CommitGroup.Key> queued = ConcurrentHashMap.newKeySet();

    /** Of what was added to histories alone, how much waits; used by the thread that commits. */
    private final Map<CommitGroup.Key, Integer> appended = new HashMap<>();

    private final Object oneAtATime = new Object();
    private final Thread thread;
    private volatile boolean closing;

    /** @param written hears which entity's history was changed */
    HistoryPacker(SharedFiles files, BiConsumer<ChangeSet, RawWrites> committer, Consumer<CommitGroup.Key> written) {
        this.files = files;
        this.committer = committer;
        this.written = written;
        this.thread = Thread.ofPlatform().daemon().name("history").start(this::run);
    }

    /** How many changes of an entity wait after this one; as many as need packing where no others will come. */
    static int waitingAfter(CommittedChange change) {
        if (change.after() != null) {
            return change.after().unpackedChanges();
        }
        boolean isWorthwhile = change.before() != null && change.before().unpackedChanges() >= WAITING_AT_END;
        return isWorthwhile ? WAITING : 0;
    }

    /** Takes note that so many changes of current state wait. */
    void waiting(CommitGroup.Key entity, int changes) {
        if (changes >= WAITING && !entity.tenant().isSnapshot() && queued.add(entity)) {
            queue.add(entity);
        }
    }

    /** Takes note that so many instances were added. */
    void appended(CommitGroup.Key entity, int instances) {
        int waiting = appended.merge(entity, instances, Integer::sum);
        if (waiting >= WAITING) {
            appended.remove(entity);
            waiting(entity, waiting);
        }
    }

    private void run() {
        while (true) {
            try {
                CommitGroup.Key next = queue.take();
                if (next.equals(STOP)) {
                    return;
                }
                queued.remove(next);
                pack(next.tenant(), next.id());
            } catch (InterruptedException e) {
                LOG.warn("The thread that packs history was interrupted; it goes on until the store is closed");
            } catch (Problem e) {
                LOG.warn("History could not be packed; it stays as it is until it grows: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("History could not be packed", e);
            }
        }
    }

    /** Packs what was recorded of an entity up to now, in several commits where it is much. */
    void pack(Tenant tenant, String id) {
        boolean[] whole = {true};
        do {
            rewrite(tenant, id, (view, entity) -> {
                HistoryRewriter rewriter = new HistoryRewriter(view, entity);
                RawWrites writes = rewriter.pack();
                whole[0] = rewriter.packedAll();
                return writes;
            });
        } while (!whole[0] && !closing);
    }

    /** Commits what a change of the packed history of an entity comes down to. */
    void rewrite(Tenant tenant, String id, BiFunction<RocksView, byte[], RawWrites> change) {
        synchronized (oneAtATime) {
            byte[] entity = HistoryKeys.entity(tenant, id);
            RawWrites writes = files.read(view -> change.apply(view, entity));
            if (!writes.isEmpty()) {
                committer.accept(ChangeSet.NONE, writes);
                written.accept(new CommitGroup.Key(tenant, id));
            }
        }
    }

    /** Commits a change-set that changes what is packed. */
    void change(ChangeSet changes) {
        synchronized (oneAtATime) {
            if (changes.history().stream().allMatch(HistoryWrite.Restore.class::isInstance)) {
                restore(changes);
                return;
            }
            ChangeSet rest = changes;
            for (HistoryWrite write : changes.history()) {
                if (!(write instanceof HistoryWrite.Append)) {
                    pack(changes.tenant(), write.entityId());
                    byte[] entity = HistoryKeys.entity(changes.tenant(), write.entityId());
                    RawWrites writes = files.read(view -> new HistoryRewriter(view, entity).change(write));
                    committer.accept(rest, writes);
                    written.accept(new CommitGroup.Key(changes.tenant(), write.entityId()));
                    rest = ChangeSet.NONE;
                }
            }
        }
    }

    /** Commits what is put back into the histories of many entities, all in one. */
    private void restore(ChangeSet changes) {
        RawWrites all = new RawWrites();
        for (HistoryWrite write : changes.history()) {
            pack(changes.tenant(), write.entityId());
            byte[] entity = HistoryKeys.entity(changes.tenant(), write.entityId());
            all.addAll(files.read(view -> new HistoryRewriter(view, entity).change(write)));
        }
        committer.accept(changes, all);
        changes.history().forEach(write -> written.accept(new CommitGroup.Key(changes.tenant(), write.entityId())));
    }

    @Override
    public void close() {
        closing = true;
        queue.clear();
        queue.add(STOP);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
