package city.emona.app.bench;

/** Counts durations in buckets that are at most one thirty-second wide. Not for use by several threads. */
final class Latencies {
    private static final int STEPS_BITS = 5;
    private static final int STEPS = 1 << STEPS_BITS;

    private final int[] counts = new int[(Long.SIZE - STEPS_BITS) * STEPS];
    private long total;

    void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    /** The duration in milliseconds that the given share of all durations does not exceed; 0 when there are none. */
    double percentileMillis(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (counts[bucket] > 0 && seen >= wanted) {
                return lowerBound(bucket) / 1e6;
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEPS_BITS - 1);
        return shift * STEPS + (int) (nanos >>> shift);
    }

    private static long lowerBound(int bucket) {
        int shift = Math.max(0, bucket / STEPS - 1);
        return (long) (bucket - shift * STEPS) << shift;
    }
}
