package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches the room on the disk of the data folder, so that writing stops while there is still room to do it cleanly.
 */
final class DiskGuard {
    /** How long a look at the disk holds good. */
    private static final long HOLDS_NANOS = 50_000_000;

    private final Path folder;
    private final FileStore disk;
    private final long reserveBytes;
    private long lookedAt;
    private long usableBytes;

    DiskGuard(Path folder, long reserveBytes) {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
        try {
            this.disk = Files.getFileStore(folder);
            this.usableBytes = disk.getUsableSpace();
            this.lookedAt = System.nanoTime();
        } catch (IOException e) {
            throw new StoreOpenException(
                    "The disk of the data folder " + folder + " cannot be looked at: " + e + ".", e);
        }
    }

    /** Whether there is room for another group of changes. */
    boolean hasRoom() {
        long now = System.nanoTime();
        if (now - lookedAt > HOLDS_NANOS) {
            lookedAt = now;
            try {
                usableBytes = disk.getUsableSpace();
            } catch (IOException e) {
                usableBytes = 0;
            }
        }
        return usableBytes > reserveBytes;
    }

    /** What a writer is told when there is none. */
    Problem full() {
        return new Problem(
                ProblemType.INSUFFICIENT_STORAGE,
                "The disk of the data folder has less than " + reserveBytes / (1024 * 1024)
                        + " MB left; reading goes on, writing waits.",
                "Free some space on the disk that holds " + folder.toAbsolutePath()
                        + "; writing then resumes by itself.");
    }
}
