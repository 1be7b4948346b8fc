package city.emona.broker.delivery;

import city.emona.broker.delivery.Pending.Logged;
import city.emona.store.ContextStore;
import city.emona.store.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's log of commits, read as what is to be dispatched. Safe for use by many threads. */
final class DispatchLog {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchLog.class);
    private static final int BATCH = 200;

    private final ContextStore store;
    private final Outbox outbox;

    /** Endpoints that catch up read one after the other: together they never take more than one core from the others. */
    private final ReentrantLock catchingUp = new ReentrantLock(true);

    /** The last position that the reader has begun to hand to the queues. */
    private volatile long begun;

    /** The last position that it has handed to all of them. */
    private volatile long handed;

    DispatchLog(ContextStore store, Outbox outbox, long handed) {
        this.store = store;
        this.outbox = outbox;
        this.begun = handed;
        this.handed = handed;
    }

    /**
     * A part of the log.
     *
     * @param last the position up to which it goes
     * @param found in the order of the log
     */
    record Part(long last, List<Logged> found) {}

    long begun() {
        return begun;
    }

    long handed() {
        return handed;
    }

    /** What the reader has not handed over yet; empty when there is nothing. */
    List<LogEntry> next() {
        return store.readLog(handed, BATCH);
    }

    void begin(LogEntry entry) {
        begun = entry.position();
    }

    void end(LogEntry entry) {
        handed = entry.position();
    }

    /** What an entry asks for; nothing where that cannot be found out, since what comes behind must not wait for it. */
    List<Logged> dispatches(LogEntry entry) {
        if (entry.notice() == null) {
            return List.of();
        }
        try {
            List<Logged> logged = new ArrayList<>();
            for (Dispatch dispatch : outbox.dispatches(entry)) {
                logged.add(new Logged(dispatch, entry.committedAt()));
            }
            return logged;
        } catch (RuntimeException e) {
            LOG.error("The notice of commit {} cannot be read; nobody is told of it", entry.position(), e);
            return List.of();
        }
    }

    /** The dispatches of the next entries behind a position that somebody wants. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // because: virtual threads share cores only where one of them waits or yields
    Part readAfter(long position, Predicate<Dispatch> wanted) {
        catchingUp.lock();
        try {
            long last = position;
            // what the reader has begun is in the log before it is read here
            long known = begun;
            List<Logged> found = new ArrayList<>();
            List<LogEntry> entries = store.readLog(position, BATCH);
            for (LogEntry entry : entries) {
                last = entry.position();
                for (Logged logged : dispatches(entry)) {
                    if (wanted.test(logged.dispatch())) {
                        found.add(logged);
                    }
                }
            }
            return new Part(entries.size() < BATCH ? Math.max(last, known) : last, found);
        } finally {
            catchingUp.unlock();
            // the receivers that keep up come first
            Thread.yield();
        }
    }

    /** The position before the first commit of a time, in epoch milliseconds; the end of the log when there is none. */
    long positionBefore(long millis) {
        long low = store.logBegin() - 1;
        long high = store.logEnd();
        while (low < high) {
            long middle = low + (high - low) / 2;
            List<LogEntry> entry = store.readLog(middle, 1);
            if (entry.isEmpty() || entry.getFirst().committedAt() >= millis) {
                high = middle;
            } else {
                low = entry.getFirst().position();
            }
        }
        return low;
    }

    /** The endpoint of the first dispatch to a subscription behind a position; an empty text when there is none. */
    String findEndpoint(long position, Replay.Subscription subscription) {
        long end = handed;
        long at = position;
        while (at < end) {
            Part part = readAfter(at, subscription::isOf);
            if (!part.found().isEmpty()) {
                return part.found().getFirst().dispatch().endpoint();
            }
            at = part.last();
        }
        return "";
    }

    long first() {
        return store.logBegin();
    }

    /** Takes what stands up to a position away. */
    void trim(long upTo) {
        if (store.logBegin() <= upTo) {
            store.trimLog(upTo + 1);
        }
    }
}
