package city.emona.store.backup;

/**
 * How backups stand, for operators.
 *
 * @param everyMillis how often one is made; 0 where no schedule says so
 * @param kept how many are in the schedule's folder
 * @param lastAt when the last whole one was begun, by the schedule or by order, in epoch milliseconds; 0 where none is known
 * @param overdue whether the schedule's is missing for more than half of its time
 * @param failure why the latest attempt failed; empty where it did not
 */
public record BackupState(long everyMillis, int kept, long lastAt, boolean overdue, String failure) {
    /** Nothing scheduled and nothing made. */
    public static final BackupState NONE = new BackupState(0, 0, 0, false, "");
}
