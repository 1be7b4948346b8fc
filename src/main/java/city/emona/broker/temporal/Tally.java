package city.emona.broker.temporal;

/** Sums and extremes of the numbers of one period. Not thread safe. */
final class Tally {
    private long count;
    private double sum;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** What the deviations below are taken from, so that they stay small: the first number. */
    private double origin;

    private double deviations;
    private double squaredDeviations;

    void add(double value) {
        if (count == 0) {
            origin = value;
        }
        count++;
        sum += value;
        squares += value * value;
        double deviation = value - origin;
        deviations += deviation;
        squaredDeviations += deviation * deviation;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Adds the numbers from one place up to another. */
    void add(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            add(values[i]);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    double sum() {
        return finite(sum);
    }

    double average() {
        return finite(sum / count);
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double sumOfSquares() {
        return finite(squares);
    }

    /** The standard deviation of the numbers as a whole population. */
    double standardDeviation() {
        double mean = deviations / count;
        return finite(Math.sqrt(Math.max(0, squaredDeviations / count - mean * mean)));
    }

    /** JSON knows no infinite numbers. */
    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
}
