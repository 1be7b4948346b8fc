package city.emona.store.backup;

import java.nio.file.Path;

/**
 * A backup that is under way or was made.
 *
 * @param number counts the backups since the start
 * @param bytes how much is copied
 * @param ofBytes of how much, as far as is known
 * @param startedAt epoch milliseconds
 * @param endedAt epoch milliseconds; 0 as long as it is under way
 * @param detail why it failed, as sentences; empty otherwise
 */
public record BackupRun(
        int number, Path folder, State state, long bytes, long ofBytes, long startedAt, long endedAt, String detail) {
    /** How it stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    BackupRun at(long done, long of) {
        return new BackupRun(number, folder, state, done, of, startedAt, endedAt, detail);
    }

    BackupRun ended(long at, String failure) {
        State end = failure.isEmpty() ? State.DONE : State.FAILED;
        return new BackupRun(number, folder, end, bytes, ofBytes, startedAt, at, failure);
    }
}
