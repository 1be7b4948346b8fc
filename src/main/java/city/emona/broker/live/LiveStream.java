package city.emona.broker.live;

import city.emona.problem.Problem;
import city.emona.query.EntityFilter;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: it tells its receiver what happens to the entities that it follows. A thread of its own first reads the log from where the
 * stream begins up to its end, then takes the changes that the hub gives it; when it cannot keep up, it reads the log again. Opened once.
 */
public final class LiveStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final int MAX_WAITING = 1_000;

    /** How often a stream on which nothing happens tells how far it is. */
    private static final long MARK_MILLIS = 10_000;

    private final LiveHub hub;
    private final LiveQuery follow;
    private final LiveJudge judge;
    private final LogReplay replay;
    private final LiveQueue queue = new LiveQueue(MAX_WAITING);
    private final Thread thread;
    private volatile @Nullable LiveReceiver receiver;
    private volatile boolean closed;
    private Optional<List<StoredEntity>> present;
    private boolean lost;

    /** All that happened up to this position has been told. */
    private long cursor;

    /** The last event, kept until it is known whether another one of the same commit follows. */
    private @Nullable LiveEvent held;

    /** @param present the entities to begin with; empty to begin with the log */
    LiveStream(LiveHub hub, LiveQuery follow, long cursor, boolean lost, Optional<List<StoredEntity>> present) {
        this.hub = hub;
        this.follow = follow;
        this.cursor = cursor;
        this.lost = lost;
        this.present = present;
        this.judge = new LiveJudge(follow, hub.store(), hub::now);
        this.replay = new LogReplay(follow, hub.store(), judge);
        this.thread = Thread.ofVirtual().name("live-stream").unstarted(this::run);
    }

    Tenant tenant() {
        return follow.tenant();
    }

    EntityFilter filter() {
        return follow.filter();
    }

    LiveQueue queue() {
        return queue;
    }

    /** Tells a receiver from now on; returns at once. */
    public void open(LiveReceiver client) {
        receiver = client;
        hub.index().add(this);
        thread.start();
    }

    /** Tells nothing more; returns at once. */
    @Override
    public void close() {
        closed = true;
        queue.close();
    }

    /** Ends the stream from this side, and waits until it reads from the store no more. */
    void end() throws InterruptedException {
        close();
        LiveReceiver client = receiver;
        if (client != null) {
            client.end();
        }
        thread.join();
    }

    private void run() {
        try {
            begin();
            while (!closed) {
                while (!closed && !catchUp()) {
                    LOG.debug("A stream goes on with the log behind {}", cursor);
                }
                while (!closed && queue.isAccepting()) {
                    follow();
                }
            }
        } catch (Problem problem) {
            LOG.info("A stream ends: {}", problem.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A stream failed", e);
        } finally {
            close();
            hub.index().remove(this);
            LiveReceiver client = receiver;
            if (client != null) {
                client.end();
            }
        }
    }

    /** Tells where the stream begins, and what there is when that was asked for. */
    private void begin() {
        if (lost) {
            tell(new LiveEvent.Reset(LiveEvent.NONE));
            lost = false;
        }
        // until all are told, the stream cannot begin again behind any of them
        present.ifPresent(all ->
                all.forEach(entity -> tell(new LiveEvent.Present(LiveEvent.NONE, entity.asOf(hub.now())))));
        present = Optional.empty();
        tell(new LiveEvent.Mark(cursor));
    }

    /**
     * Reads some of the log.
     *
     * @return whether it was read to its end, so that all that follows comes through the queue
     */
    private boolean catchUp() {
        // from here on the queue has what is committed; what the log has now was committed before
        queue.accept();
        LogReplay.Piece piece = replay.read(cursor);
        if (!hub.reaches(cursor)) {
            cursor = hub.store().logEnd();
            lost = true;
            present = Optional.of(hub.present(follow));
            begin();
            return false;
        }
        replay.tell(piece, this::say);
        flush();
        if (piece.end() > cursor) {
            cursor = piece.end();
            tell(new LiveEvent.Mark(cursor));
        }
        return piece.isLast();
    }

    private void follow() throws InterruptedException {
        long told = hub.dispatched();
        LiveQueue.Batch next = queue.poll(MARK_MILLIS);
        if (next != null && follow.throttlingMillis() > 0) {
            queue.pause(follow.throttlingMillis());
            next = queue.isAccepting() ? merged(next, queue.drain()) : null;
        }
        if (next != null) {
            take(next);
        } else if (queue.isAccepting() && told > cursor) {
            // nothing waited when all up to there had been given
            cursor = told;
            tell(new LiveEvent.Mark(cursor));
        }
    }

    /** Several batches as one, in which each entity has changed once. */
    private LiveQueue.Batch merged(LiveQueue.Batch first, List<LiveQueue.Batch> others) {
        Map<String, CommittedChange> last = new LinkedHashMap<>();
        long position = first.position();
        List<LiveQueue.Batch> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        for (LiveQueue.Batch batch : all) {
            position = batch.position();
            if (position > cursor) {
                batch.changes().forEach(change -> merge(last, change));
            }
        }
        return new LiveQueue.Batch(position, List.copyOf(last.values()));
    }

    private static void merge(Map<String, CommittedChange> last, CommittedChange change) {
        CommittedChange earlier = last.get(change.id());
        last.put(
                change.id(),
                earlier == null
                        ? change
                        : new CommittedChange(change.position(), change.tenant(), earlier.before(), change.after()));
    }

    private void take(LiveQueue.Batch batch) {
        if (batch.position() <= cursor) {
            return;
        }
        replay.settle(batch.position());
        for (CommittedChange change : batch.changes()) {
            LiveEvent event = replay.isUnsettled(change.id())
                    ? replay.again(change.id(), batch.position())
                    : judge.judge(change, batch.position());
            if (event != null) {
                say(event);
            }
        }
        flush();
        cursor = batch.position();
    }

    /** Tells an event; of several with one position, only the last says it, since a stream can begin again only behind all of them. */
    private void say(LiveEvent event) {
        LiveEvent before = held;
        held = event;
        if (before != null) {
            tell(before.position() == event.position() ? withoutPosition(before) : before);
        }
    }

    private void flush() {
        LiveEvent last = held;
        held = null;
        if (last != null) {
            tell(last);
        }
    }

    private static LiveEvent withoutPosition(LiveEvent event) {
        return switch (event) {
            case LiveEvent.Present present -> new LiveEvent.Present(LiveEvent.NONE, present.entity());
            case LiveEvent.Gone gone -> new LiveEvent.Gone(LiveEvent.NONE, gone.id());
            case LiveEvent.Reset _ -> new LiveEvent.Reset(LiveEvent.NONE);
            case LiveEvent.Mark _ -> new LiveEvent.Mark(LiveEvent.NONE);
        };
    }

    private void tell(LiveEvent event) {
        LiveReceiver client = receiver;
        if (!closed && (client == null || !client.tell(event))) {
            close();
        }
    }
}
