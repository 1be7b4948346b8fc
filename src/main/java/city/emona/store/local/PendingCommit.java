package city.emona.store.local;

import city.emona.store.ChangeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A change-set whose caller waits until it is durable or refused. */
final class PendingCommit {
    /** Orders the thread that commits to end. */
    static final PendingCommit STOP = new PendingCommit(ChangeSet.NONE, null);

    private final ChangeSet changes;
    private final @Nullable RawWrites rewrites;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable RuntimeException failure;

    /** @param rewrites what its changes of history come down to, where they are more than additions */
    PendingCommit(ChangeSet changes, @Nullable RawWrites rewrites) {
        this.changes = changes;
        this.rewrites = rewrites;
    }

    ChangeSet changes() {
        return changes;
    }

    @Nullable
    RawWrites rewrites() {
        return rewrites;
    }

    void succeed() {
        done.countDown();
    }

    void fail(RuntimeException why) {
        failure = why;
        done.countDown();
    }

    /** Waits for the outcome, and throws why it was refused. */
    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                // the outcome is decided by the disk, not by whoever lost patience
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
