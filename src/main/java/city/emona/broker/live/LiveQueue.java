package city.emona.broker.live;

import city.emona.store.CommittedChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for one reader, in the order of their commits. When more wait than there is room for, it forgets them all and takes no
 * more, until the reader, who then has to read the log, accepts again. Safe for use by many threads.
 */
final class LiveQueue {
    private final int maxChanges;
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private int changes;
    private boolean accepting;
    private boolean closed;

    /**
     * Changes that belong together.
     *
     * @param position of the last of them
     */
    record Batch(long position, List<CommittedChange> changes) {
        Batch {
            changes = List.copyOf(changes);
        }
    }

    LiveQueue(int maxChanges) {
        this.maxChanges = maxChanges;
    }

    /** Forgets what waits, and takes from now on what comes. */
    synchronized void accept() {
        forget();
        accepting = true;
    }

    private void forget() {
        waiting.clear();
        changes = 0;
    }

    /** Takes changes, or notes that there was no room. Returns at once. */
    synchronized void offer(Batch batch) {
        if (!accepting) {
            return;
        }
        if (changes + batch.changes.size() > maxChanges) {
            overflow();
        } else {
            waiting.add(batch);
            changes += batch.changes.size();
            notifyAll();
        }
    }

    /** Has the reader read the log. */
    synchronized void overflow() {
        forget();
        accepting = false;
        notifyAll();
    }

    /** Whether what comes is taken. */
    synchronized boolean isAccepting() {
        return accepting;
    }

    /** The next changes; null when none come in some time, when there was no room, and when the queue is closed. */
    synchronized @Nullable Batch poll(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (waiting.isEmpty() && accepting && !closed && left > 0) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
        Batch next = waiting.poll();
        if (next != null) {
            changes -= next.changes.size();
        }
        return next;
    }

    /** Waits for a time, or until there is no room any more. */
    synchronized void pause(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; accepting && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** All that waits. */
    synchronized List<Batch> drain() {
        List<Batch> all = List.copyOf(waiting);
        forget();
        return all;
    }

    /** Lets the reader go. */
    synchronized void close() {
        closed = true;
        accepting = false;
        forget();
        notifyAll();
    }
}
