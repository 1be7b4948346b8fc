package city.emona.store.local;

/**
 * Room for the times and the values of one block, used again for the next.
 *
 * @param times epoch microseconds
 */
record ScanBuffers(long[] times, double[] values) {
    static ScanBuffers make() {
        return new ScanBuffers(new long[HistoryBlock.CAPACITY], new double[HistoryBlock.CAPACITY]);
    }
}
