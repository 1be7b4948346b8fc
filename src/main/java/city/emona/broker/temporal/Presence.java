package city.emona.broker.temporal;

import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;

/** Tells whether an attribute has an instance. Not thread safe. */
final class Presence implements SeriesScan {
    private final boolean countsRollUps;
    private boolean scope;
    private boolean found;

    /** @param countsRollUps whether hours and days of which the instances are no longer kept count as instances */
    Presence(boolean countsRollUps) {
        this.countsRollUps = countsRollUps;
    }

    @Override
    public void begin(String attribute, String datasetId) {
        scope = attribute.equals(SeriesSelector.SCOPE);
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        found |= !scope && from < to;
    }

    @Override
    public void rolledUp(RollUp rollUp) {
        found |= !scope && countsRollUps;
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        found |= !scope;
    }

    boolean isFound() {
        return found;
    }
}
