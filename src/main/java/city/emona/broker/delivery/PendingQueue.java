package city.emona.broker.delivery;

import city.emona.broker.delivery.Pending.Logged;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one endpoint, in order. As long as the endpoint keeps up, the reader of the log hands it over. When it does not, only the
 * first few wait in memory: the rest stays in the log, from where the queue takes it later by itself. Safe for use by many threads; one at a
 * time takes from it.
 */
final class PendingQueue {
    private final String address;
    private final DispatchLog log;
    private final int capacity;
    private final Deque<Logged> read = new ArrayDeque<>();
    private final Deque<Pending> extra = new ArrayDeque<>();

    /** Whether the log may have more behind {@link #taken} that the reader has handed over in vain. */
    private boolean behind;

    /** All up to this position has been in {@link #read}. */
    private long taken;

    /** About how many dispatches the log still has, and when the first of them was committed. */
    private long missed;

    private long missedSince;
    private @Nullable Replay replay;

    PendingQueue(String address, DispatchLog log, int capacity) {
        this.address = address;
        this.log = log;
        this.capacity = capacity;
    }

    /**
     * Where a queue goes on after a restart.
     *
     * @param after all up to this position is settled
     * @param pending about how many dispatches wait
     * @param since when the first of them was committed, in epoch milliseconds
     */
    record Cursor(
            long after, long pending, long since, @Nullable Replay replay) {
        /** Whether the other would send the same. */
        boolean isAtPlaceOf(Cursor other) {
            return after == other.after && Objects.equals(replay, other.replay);
        }
    }

    /** Goes on from where an earlier run was. */
    synchronized void resume(Cursor cursor) {
        behind = true;
        taken = cursor.after();
        missed = cursor.pending();
        missedSince = cursor.since();
        replay = cursor.replay();
    }

    /** Where it would have to go on, were this the end; empty when nothing of the log waits. */
    synchronized Optional<Cursor> cursor() {
        Logged head = read.peek();
        if (head == null && !behind) {
            return Optional.empty();
        }
        long after = settledUpTo();
        return Optional.of(
                new Cursor(after, pending(), since(), replay == null || after >= replay.until() ? null : replay));
    }

    private long settledUpTo() {
        Logged head = read.peek();
        return head == null ? taken : head.position() - 1;
    }

    /**
     * Takes what one commit asks for, in order.
     *
     * @param keepsUp whether the endpoint takes messages at present
     */
    synchronized void append(List<Logged> ofOneCommit, boolean keepsUp) {
        Logged first = ofOneCommit.getFirst();
        if (first.position() <= taken) {
            return;
        }
        boolean room = read.isEmpty() || (keepsUp && read.size() + ofOneCommit.size() <= capacity);
        if (!behind && room) {
            read.addAll(ofOneCommit);
            taken = first.position();
        } else {
            if (!behind || missed == 0) {
                missedSince = first.committedAt();
            }
            behind = true;
            missed += ofOneCommit.size();
        }
    }

    /** Takes something that is not in the log, to be sent before all else; false when there is no room. */
    synchronized boolean push(Pending pending) {
        return extra.size() < capacity && extra.add(pending);
    }

    /** What is to be sent next, and stays the first until it is settled; empty when there is nothing. It may read the log. */
    Optional<Pending> first() {
        while (true) {
            long after;
            Replay wanted;
            synchronized (this) {
                Pending first = extra.isEmpty() ? read.peek() : extra.peek();
                if (first != null || !behind) {
                    return Optional.ofNullable(first);
                }
                after = taken;
                wanted = replay;
            }
            DispatchLog.Part part = log.readAfter(
                    after,
                    dispatch -> dispatch.endpoint().equals(address) && (wanted == null || wanted.wants(dispatch)));
            take(part, after);
        }
    }

    private synchronized void take(DispatchLog.Part part, long after) {
        if (taken != after) {
            // a replay was asked for in the meantime
            return;
        }
        read.addAll(part.found());
        taken = part.last();
        missed = Math.max(0, missed - part.found().size());
        // the reader says where it is before it looks at this queue: what it begins after this goes into the queue
        if (taken >= log.begun()) {
            behind = false;
            missed = 0;
        }
    }

    /** Takes what was the first away. */
    synchronized void settle(Pending pending) {
        if (pending.equals(read.peek())) {
            read.poll();
        } else if (pending.equals(extra.peek())) {
            extra.poll();
        }
        // not before: what was read ahead may be left to the log again
        if (replay != null && settledUpTo() >= replay.until()) {
            replay = null;
        }
    }

    /**
     * Leaves to the log what was read from it, apart from the first, which is tried again; dead letters are where they were.
     *
     * @return how many are gone because they are nowhere else
     */
    synchronized int keepFirstOnly() {
        int dropped =
                (int) extra.stream().filter(Pending.Offered.class::isInstance).count();
        extra.clear();
        Logged head = read.peek();
        if (head != null && read.peekLast().position() > head.position()) {
            int before = read.size();
            read.removeIf(logged -> logged.position() > head.position());
            behind = true;
            taken = head.position();
            missed += before - read.size();
        }
        return dropped;
    }

    /**
     * Goes back.
     *
     * @param after the position behind which it begins again
     * @param at epoch milliseconds
     * @return whether that is further back than where it is
     */
    synchronized boolean goBack(long after, Replay.@Nullable Subscription subscription, long at) {
        long now = cursor().map(Cursor::after).orElse(log.handed());
        if (after >= now) {
            return false;
        }
        Replay asked = new Replay(now, subscription);
        replay = replay == null || now >= replay.until() ? asked : replay.and(asked);
        missedSince = isWaiting() ? since() : at;
        missed += read.size();
        read.clear();
        behind = true;
        taken = after;
        return true;
    }

    /** Leaves out what the log has lost; false when it has lost nothing that is wanted. */
    synchronized boolean skipTo(long firstInLog) {
        if (!behind || taken >= firstInLog - 1) {
            return false;
        }
        taken = firstInLog - 1;
        return true;
    }

    /** The position behind which this queue needs the log; the largest number when it does not. */
    synchronized long needsAfter() {
        return cursor().map(Cursor::after).orElse(Long.MAX_VALUE);
    }

    private boolean isWaiting() {
        return behind || !read.isEmpty();
    }

    /** About how many wait. */
    synchronized long pending() {
        return read.size() + extra.size() + missed;
    }

    /** When the first that waits was committed, in epoch milliseconds; 0 when none waits. */
    synchronized long since() {
        Logged head = read.peek();
        return head != null ? head.committedAt() : behind ? missedSince : 0;
    }

    synchronized boolean isEmpty() {
        return !isWaiting() && extra.isEmpty();
    }

    /** How many are held in memory. */
    synchronized int held() {
        return read.size() + extra.size();
    }

    /** Adds dead letters, which are few, without regard to the room. */
    synchronized void pushAll(Collection<? extends Pending> letters) {
        extra.addAll(letters);
    }
}
