package city.emona.app.bench;

import java.util.Locale;

/**
 * What a task should reach on two cores; zero where nothing is asked.
 *
 * @param perSecond at least so many requests or entities per second
 * @param shareOfFloor at least this share of what the server of constant bytes reaches
 * @param medianMillis half of the answers come within this time
 */
record Target(double perSecond, double shareOfFloor, double medianMillis) {
    static final Target NONE = new Target(0, 0, 0);

    static Target perSecond(double perSecond) {
        return new Target(perSecond, 0, 0);
    }

    static Target medianMillis(double medianMillis) {
        return new Target(0, 0, medianMillis);
    }

    Target andShareOfFloor(double share) {
        return new Target(perSecond, share, medianMillis);
    }

    boolean isMet(double reachedPerSecond, double reachedShare, double reachedMillis) {
        return reachedPerSecond >= perSecond
                && (shareOfFloor == 0 || reachedShare >= shareOfFloor)
                && (medianMillis == 0 || reachedMillis <= medianMillis);
    }

    /** The target in words; empty when there is none. */
    String text() {
        if (medianMillis > 0) {
            return String.format(Locale.ROOT, "p50 ≤ %.0f ms", medianMillis);
        }
        if (perSecond == 0) {
            return "";
        }
        String share = shareOfFloor > 0 ? String.format(Locale.ROOT, " and %.0f %%", shareOfFloor * 100) : "";
        return String.format(Locale.ROOT, "≥ %,.0f/s%s", perSecond, share);
    }
}
