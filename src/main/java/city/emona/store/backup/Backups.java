package city.emona.store.backup;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups that a running program makes, one at a time, each in the background. Safe for use by many threads. */
public final class Backups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final int MOST_RUNS = 20;
    private static final int MOST_PROOF_BYTES = 200;

    private final BackupWriter writer;
    private final List<BackupRun> runs = new ArrayList<>();
    private int lastNumber;
    private @Nullable Thread thread;
    private volatile boolean closing;

    public Backups(BackupWriter writer) {
        this.writer = writer;
    }

    /**
     * Begins a backup for someone who can write to its folder: the folder holds {@link Manifest#UNFINISHED} alone, and in it the proof.
     *
     * @throws Problem of type BadRequestData when it does not, of type Conflict when a backup is under way
     */
    public BackupRun order(Path folder, String proof, boolean secrets) {
        if (!folder.isAbsolute() || proof.isBlank() || !holdsProof(folder, proof)) {
            throw Problem.badRequestData(
                    "The folder of the backup does not hold the file " + Manifest.UNFINISHED
                            + " with the proof of the order.",
                    "Let ./emona backup make it, on the machine of the server and with rights for its user.");
        }
        return begin(folder, secrets, () -> {});
    }

    private static boolean holdsProof(Path folder, String proof) {
        Path file = folder.resolve(Manifest.UNFINISHED);
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= MOST_PROOF_BYTES
                    && Files.readString(file).strip().equals(proof);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Begins a backup.
     *
     * @param after is done when it is whole
     * @throws Problem of type Conflict when a backup is under way
     */
    public synchronized BackupRun begin(Path folder, boolean secrets, Runnable after) {
        boolean busy = !runs.isEmpty() && runs.getLast().state() == BackupRun.State.RUNNING;
        if (closing || busy) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "Another backup is under way.",
                    "Try again when it is done; one takes minutes.");
        }
        BackupRun run = new BackupRun(
                ++lastNumber,
                folder,
                BackupRun.State.RUNNING,
                0,
                0,
                writer.clock().millis(),
                0,
                "");
        runs.add(run);
        if (runs.size() > MOST_RUNS) {
            runs.removeFirst();
        }
        thread = Thread.ofPlatform().name("backup").start(() -> run(folder, secrets, after));
        return run;
    }

    private void run(Path folder, boolean secrets, Runnable after) {
        String failure = "";
        try {
            writer.write(folder, secrets, this::advance);
            after.run();
        } catch (CancellationException e) {
            failure = "The server stopped before the backup was whole.";
        } catch (Problem e) {
            failure = e.explanation();
        } catch (RuntimeException e) {
            LOG.error("The backup in {} failed", folder, e);
            failure = "The backup failed for a reason that the log tells.";
        }
        if (failure.isEmpty()) {
            LOG.info("The backup in {} is whole", folder);
        } else {
            LOG.warn("There is no backup in {}: {}", folder, failure);
        }
        synchronized (this) {
            runs.set(runs.size() - 1, runs.getLast().ended(writer.clock().millis(), failure));
        }
    }

    private synchronized void advance(long bytes, long ofBytes) {
        if (closing) {
            throw new CancellationException();
        }
        runs.set(runs.size() - 1, runs.getLast().at(bytes, ofBytes));
    }

    /** The latest backups since the start, the newest last. */
    public synchronized List<BackupRun> list() {
        return List.copyOf(runs);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        closing = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
