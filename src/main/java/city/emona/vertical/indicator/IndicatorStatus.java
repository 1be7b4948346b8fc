package city.emona.vertical.indicator;

import java.util.Optional;

/** How an indicator stands to its target. */
public enum IndicatorStatus {
    ON_TRACK("onTrack", "good"),
    AT_RISK("atRisk", "fair"),
    LATE("late", "bad"),
    /** There is no target, or no value. */
    UNKNOWN("unknown", "");

    private final String term;
    private final String standing;

    IndicatorStatus(String term, String standing) {
        this.term = term;
        this.standing = standing;
    }

    /** The word in data. */
    public String term() {
        return term;
    }

    /** The word of the Smart Data Models; empty where it has none. */
    public String standing() {
        return standing;
    }

    /** The status of a word. */
    public static Optional<IndicatorStatus> find(String term) {
        for (IndicatorStatus status : values()) {
            if (status.term.equals(term)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
