package city.emona.broker.temporal;

import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;

/** The earliest and the latest time of instances. Not thread safe. */
final class TimeExtent implements SeriesScan {
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    @Override
    public void begin(String attribute, String datasetId) {
        // all series count together
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            add(micros[i]);
        }
    }

    @Override
    public void rolledUp(RollUp rollUp) {
        add(rollUp.from());
        add(rollUp.to());
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        add(micros);
    }

    void add(long micros) {
        earliest = Math.min(earliest, micros);
        latest = Math.max(latest, micros);
    }

    boolean isEmpty() {
        return earliest > latest;
    }

    long earliest() {
        return earliest;
    }

    long latest() {
        return latest;
    }
}
