package city.emona.broker.temporal;

import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;

/** Passes on what lies within intervals. */
record ScanWithin(Intervals intervals, SeriesScan scan) implements SeriesScan {
    /** The scan itself, where everything lies within. */
    static SeriesScan of(Intervals intervals, SeriesScan scan) {
        return intervals.isEver() ? scan : new ScanWithin(intervals, scan);
    }

    @Override
    public void begin(String attribute, String datasetId) {
        scan.begin(attribute, datasetId);
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (!intervals.holds(micros[i])) {
                pass(micros, values, start, i);
                start = i + 1;
            }
        }
        pass(micros, values, start, to);
    }

    private void pass(long[] micros, double[] values, int from, int to) {
        if (from < to) {
            scan.numbers(micros, values, from, to);
        }
    }

    @Override
    public void rolledUp(RollUp rollUp) {
        if (intervals.holds(rollUp.from())) {
            scan.rolledUp(rollUp);
        }
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        if (intervals.holds(micros)) {
            scan.point(micros, point);
        }
    }
}
