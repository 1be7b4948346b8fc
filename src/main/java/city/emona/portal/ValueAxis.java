package city.emona.portal;

import java.util.ArrayList;
import java.util.List;

/**
 * The upright axis of a chart: few round ticks, and zero at its foot unless values are so close together that it would flatten what is to be
 * seen.
 *
 * @param low the value at the foot
 * @param high the value at the head
 * @param decimals how many places the ticks need
 */
record ValueAxis(double low, double high, List<Double> ticks, int decimals) {
    private static final int STEPS = 4;

    /** Where the smallest value is less than this share of the largest, the axis begins at zero. */
    private static final double WIDE = 2.0 / 3;

    /** How much of the height, of 1000, lies between the head and the edge, so that its label has room; and at the foot. */
    private static final double HEAD = 100;

    private static final double FOOT = 8;

    ValueAxis {
        ticks = List.copyOf(ticks);
    }

    /**
     * @param least the smallest value
     * @param most the largest value
     * @param whole whether there are only whole numbers
     */
    static ValueAxis of(double least, double most, boolean whole) {
        double bottom = least >= 0 && least < WIDE * most ? 0 : least;
        double top = most <= 0 && most > WIDE * least ? 0 : most;
        if (bottom == top) {
            double around = bottom == 0 ? 1 : Math.abs(bottom) / 10;
            bottom = bottom == 0 ? 0 : bottom - around;
            top = top + around;
        }
        double step = roundStep((top - bottom) / STEPS);
        if (whole && step < 1) {
            step = 1;
        }
        long first = (long) Math.floor(bottom / step + 1e-9);
        long last = (long) Math.ceil(top / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 9);
        return new ValueAxis(first * step, last * step, ticks, decimals);
    }

    /** The next of 1, 2 and 5 times a power of ten. */
    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    /** Where a value stands: 0 at the upper edge of the chart, 1000 at the lower. */
    double place(double value) {
        return HEAD + (1_000 - HEAD - FOOT) * (high - value) / (high - low);
    }
}
