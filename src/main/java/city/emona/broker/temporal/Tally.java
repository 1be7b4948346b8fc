package city.emona.broker.temporal;

import city.emona.store.RollUp;

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
        add(new double[] {value}, 0, 1);
    }

    /** Adds the numbers from one place up to another. */
    void add(double[] values, int from, int to) {
        if (from == to) {
            return;
        }
        double first = count == 0 ? values[from] : origin;
        double total = sum;
        double totalSquares = squares;
        double totalDeviations = deviations;
        double totalSquaredDeviations = squaredDeviations;
        double least = min;
        double most = max;
        for (int i = from; i < to; i++) {
            double value = values[i];
            total += value;
            totalSquares += value * value;
            double deviation = value - first;
            totalDeviations += deviation;
            totalSquaredDeviations += deviation * deviation;
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        count += to - from;
        origin = first;
        sum = total;
        squares = totalSquares;
        deviations = totalDeviations;
        squaredDeviations = totalSquaredDeviations;
        min = least;
        max = most;
    }

    /** Adds numbers of which only what they amount to together is known. */
    void add(RollUp rollUp) {
        if (rollUp.numbers() == 0) {
            return;
        }
        if (count == 0) {
            origin = rollUp.sum() / rollUp.numbers();
        }
        count += rollUp.numbers();
        sum += rollUp.sum();
        squares += rollUp.sumOfSquares();
        deviations += rollUp.sum() - rollUp.numbers() * origin;
        squaredDeviations += rollUp.sumOfSquares() - 2 * origin * rollUp.sum() + rollUp.numbers() * origin * origin;
        min = Math.min(min, rollUp.least());
        max = Math.max(max, rollUp.most());
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
