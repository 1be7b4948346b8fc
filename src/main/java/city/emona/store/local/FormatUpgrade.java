package city.emona.store.local;

/**
 * One step from a format of the data folder to the next. A step may be cut short at any point and is then run again, so it must be able
 * to find its own half-done work.
 *
 * @param from the format that the step finds
 * @param what what the step does, for the log
 */
record FormatUpgrade(int from, String what, Step step) {
    /** Changes the files of a format to those of the next. */
    @FunctionalInterface
    interface Step {
        void run(RocksFiles files);
    }
}
