package city.emona.broker.live;

import city.emona.broker.Broker;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityQuery;
import city.emona.query.Ordering;
import city.emona.store.CommittedChange;
import city.emona.store.ContextStore;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads every committed change to the streams that it may concern. A commit only puts its changes into a queue, and not even that when
 * nobody listens; a thread finds the streams by type and id, and each stream judges for itself. Safe for use by many threads.
 */
public final class LiveHub implements AutoCloseable {
    /** How many streams there may be where nothing else is configured. */
    public static final int DEFAULT_MAX_STREAMS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final int MAX_WAITING = 50_000;
    private static final int ALL = Integer.MAX_VALUE - 1;
    private static final long LOOK_AGAIN_MILLIS = 60_000;

    private final ContextStore store;
    private final Broker broker;
    private volatile int maxStreams;
    private final StreamIndex index = new StreamIndex();
    private final LiveQueue inbox = new LiveQueue(MAX_WAITING);
    private final Thread thread =
            Thread.ofPlatform().name("live-streams").daemon().unstarted(this::run);
    private volatile long dispatched;
    private volatile boolean closed;

    /**
     * A hub that listens to a store.
     *
     * @param broker which answers the queries of streams
     * @param maxStreams how many streams there may be at once
     */
    public LiveHub(ContextStore store, Broker broker, int maxStreams) {
        this.store = store;
        this.broker = broker;
        this.maxStreams = maxStreams;
        inbox.accept();
        store.onCommit(this::take);
        thread.start();
    }

    /** Sets another bound; streams that are open stay. */
    public void setMaxStreams(int most) {
        maxStreams = most;
    }

    /** The position of the log up to which readers see everything: a page made from now on shows it. */
    public long position() {
        return store.logEnd();
    }

    /** How many streams are open. */
    public int openStreams() {
        return index.size();
    }

    /**
     * Makes a stream ready to be opened.
     *
     * @param follow what is followed
     * @param behind the position behind which it begins; empty for now
     * @param initial whether it begins with the entities that match now, where no position is given
     * @throws Problem of type BadRequestData for a snapshot, NonexistentTenant, Unavailable when there are too many streams, or
     *     TooComplexQuery when the entities that match now are needed and cost too much
     */
    public LiveStream prepare(LiveQuery follow, OptionalLong behind, boolean initial) {
        if (follow.tenant().isSnapshot()) {
            throw Problem.badRequestData(
                    "A snapshot has no live stream.",
                    "Follow the tenant itself: leave the header NGSILD-Snapshot out.");
        }
        broker.requireTenant(follow.tenant());
        if (index.size() >= maxStreams) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "There are " + maxStreams + " open streams, and no more are allowed.",
                    "Close streams that are not read, try again later, or have the operator raise streams.max.");
        }
        long end = store.logEnd();
        long begin = behind.orElse(end);
        boolean lost = begin > end || !reaches(begin);
        Optional<List<StoredEntity>> present =
                lost || (initial && behind.isEmpty()) ? Optional.of(present(follow)) : Optional.empty();
        return new LiveStream(this, follow, lost ? end : begin, lost, present);
    }

    /** Whether the log has every entry behind a position. */
    boolean reaches(long position) {
        return position + 1 >= store.logBegin();
    }

    /** The entities that match now. */
    List<StoredEntity> present(LiveQuery follow) {
        return broker.query(follow.tenant(), new EntityQuery(follow.filter(), Ordering.BY_ID, ALL, 0, false))
                .stored();
    }

    ContextStore store() {
        return store;
    }

    StreamIndex index() {
        return index;
    }

    /** The time now, in epoch milliseconds. */
    long now() {
        return broker.now();
    }

    /** The position up to which every stream that accepts changes has been given those that concern it; it may lag behind. */
    long dispatched() {
        return dispatched;
    }

    /** Takes the changes of commits, on the thread that commits. */
    private void take(List<CommittedChange> changes) {
        if (!index.isEmpty()) {
            inbox.offer(new LiveQueue.Batch(changes.getLast().position(), changes));
        }
    }

    private void run() {
        try {
            while (!closed) {
                LiveQueue.Batch next = inbox.poll(LOOK_AGAIN_MILLIS);
                if (next != null) {
                    dispatch(next.changes());
                    dispatched = next.position();
                } else if (!inbox.isAccepting() && !closed) {
                    // what is lost is in the log, and what comes from now on is not lost
                    inbox.accept();
                    index.all().forEach(stream -> stream.queue().overflow());
                    LOG.info("Changes come faster than they can be dispatched; the streams read the log");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives each stream the changes of one commit at a time. */
    private void dispatch(List<CommittedChange> changes) {
        int from = 0;
        for (int at = 1; at <= changes.size(); at++) {
            long position = changes.get(from).position();
            if (at == changes.size() || changes.get(at).position() != position) {
                dispatch(position, changes.subList(from, at));
                from = at;
            }
        }
    }

    private void dispatch(long position, List<CommittedChange> commit) {
        Map<LiveStream, List<CommittedChange>> concerned = new HashMap<>();
        for (CommittedChange change : commit) {
            for (LiveStream stream : index.find(change)) {
                concerned.computeIfAbsent(stream, _ -> new ArrayList<>()).add(change);
            }
        }
        concerned.forEach((stream, own) -> stream.queue().offer(new LiveQueue.Batch(position, own)));
    }

    /** Ends all streams, and waits until none reads from the store any more. */
    @Override
    public void close() {
        closed = true;
        inbox.close();
        try {
            thread.join();
            for (LiveStream stream : index.all()) {
                stream.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
