package city.emona.store.backup;

import city.emona.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups on a shelf in regular times, and says how backups stand. Safe for use by many threads. */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
    private static final long LOOK_MILLIS = 30_000;
    private static final long PAUSE_AFTER_FAILURE_MILLIS =
            Duration.ofMinutes(10).toMillis();

    private final Backups backups;
    private @Nullable BackupShelf shelf;
    private long everyMillis;
    private final Clock clock;
    private final Thread thread;
    private long lastAttempt;
    private boolean closed;

    /** @param shelf null where nothing is scheduled */
    public BackupSchedule(Backups backups, @Nullable BackupShelf shelf, Duration every, Clock clock) {
        this.backups = backups;
        this.shelf = shelf;
        this.everyMillis = every.toMillis();
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("backup-schedule").unstarted(this::run);
    }

    /** Begins; a backup that is due is made at once. */
    public void start() {
        thread.start();
    }

    /** Goes on with another shelf or other times. */
    public synchronized void change(@Nullable BackupShelf next, Duration every) {
        shelf = next;
        everyMillis = every.toMillis();
        lastAttempt = 0;
        notifyAll();
    }

    private synchronized void run() {
        while (!closed) {
            try {
                makeIfDue();
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The schedule of backups goes on after a failure", e);
                lastAttempt = clock.millis();
            }
        }
    }

    /** Begins a backup if the last one is old enough; whether it did. */
    synchronized boolean makeIfDue() {
        long now = clock.millis();
        // a clock that was set back does not stop the schedule
        boolean paused = lastAttempt <= now && now - lastAttempt < Math.min(PAUSE_AFTER_FAILURE_MILLIS, everyMillis);
        if (shelf == null || paused || Math.abs(now - shelf.newest()) < everyMillis) {
            return false;
        }
        lastAttempt = now;
        try {
            backups.begin(shelf.at(now), true, shelf::prune);
            return true;
        } catch (Problem e) {
            LOG.info("The backup of the schedule has to wait: {}", e.explanation());
            return false;
        }
    }

    /** How backups stand. */
    public synchronized BackupState state() {
        List<BackupRun> runs = backups.list();
        long ordered = runs.stream()
                .filter(run -> run.state() == BackupRun.State.DONE)
                .mapToLong(BackupRun::startedAt)
                .max()
                .orElse(0);
        String failure = runs.isEmpty() ? "" : runs.getLast().detail();
        if (shelf == null) {
            return new BackupState(0, 0, ordered, false, failure);
        }
        long newest = shelf.newest();
        boolean begun = newest != 0 || !failure.isEmpty();
        boolean overdue = begun && clock.millis() - newest > everyMillis + everyMillis / 2;
        return new BackupState(everyMillis, shelf.list().size(), Math.max(ordered, newest), overdue, failure);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }
}
