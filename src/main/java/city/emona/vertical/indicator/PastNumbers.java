package city.emona.vertical.indicator;

import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import city.emona.vertical.IndicatorSpec.Method;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** Folds numbers of the history, as the store gives them, into one. Not thread safe. */
final class PastNumbers implements SeriesScan {
    private long count;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    @Override
    public void begin(String attribute, String datasetId) {
        // all series are folded into one
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            add(values[i]);
        }
    }

    @Override
    public void rolledUp(RollUp rollUp) {
        count += rollUp.numbers();
        sum += rollUp.sum();
        least = Math.min(least, rollUp.least());
        greatest = Math.max(greatest, rollUp.most());
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        JsonNode value = point.instance().value();
        if (!point.isDeleted() && value.isNumber()) {
            add(value.doubleValue());
        }
    }

    private void add(double value) {
        count++;
        sum += value;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
    }

    /** The one number; empty where there were none, but for a count. */
    OptionalDouble result(Method method) {
        if (count == 0 && method != Method.COUNT) {
            return OptionalDouble.empty();
        }
        double result =
                switch (method) {
                    case COUNT -> (double) count;
                    case SUM -> sum;
                    case AVERAGE -> sum / count;
                    case MINIMUM -> least;
                    case MAXIMUM -> greatest;
                    case MEDIAN, SHARE -> throw new IllegalArgumentException("history has no " + method);
                };
        return OptionalDouble.of(result);
    }
}
