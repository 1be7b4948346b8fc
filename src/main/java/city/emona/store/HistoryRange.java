package city.emona.store;

/**
 * Which part of a series is asked for.
 *
 * @param property the time that counts; what has no such time is not in the range
 * @param from the first time, in epoch microseconds
 * @param to the time behind the last, in epoch microseconds
 * @param lastN how many instances at most, those with the latest times; 0 for all
 */
public record HistoryRange(TimeProperty property, long from, long to, int lastN) {
    /** Everything that was observed. */
    public static final HistoryRange ALL = of(TimeProperty.OBSERVED_AT);

    /** All that has a time. */
    public static HistoryRange of(TimeProperty property) {
        return new HistoryRange(property, Long.MIN_VALUE + 1, Long.MAX_VALUE, 0);
    }

    /** A range between two times, the second of them outside. */
    public static HistoryRange between(TimeProperty property, long from, long to) {
        return new HistoryRange(property, from, to, 0);
    }

    /** The same, for the latest instances only. */
    public HistoryRange last(int count) {
        return new HistoryRange(property, from, to, count);
    }

    /** Whether a time is in the range. */
    public boolean holds(long micros) {
        return micros != HistoryPoint.NONE && micros >= from && micros < to;
    }
}
