package city.emona.broker.temporal;

import java.util.List;
import java.util.Optional;

/** How the values of a period become one (ETSI GS CIM 009 clause 4.5.19.1, {@code aggrMethods}). */
public enum AggregationMethod {
    TOTAL_COUNT("totalCount"),
    DISTINCT_COUNT("distinctCount"),
    SUM("sum"),
    AVG("avg"),
    MIN("min"),
    MAX("max"),
    STDDEV("stddev"),
    SUMSQ("sumsq");

    private static final List<ValueKind> ORDERED = List.of(
            ValueKind.NUMBER, ValueKind.ARRAY, ValueKind.TIME, ValueKind.DATE, ValueKind.DATE_TIME, ValueKind.TEXT);

    private final String term;

    AggregationMethod(String term) {
        this.term = term;
    }

    /** The name in JSON and in parameters. */
    public String term() {
        return term;
    }

    /** The kinds of values that are looked at, the one at the front that a period has; none where all are counted. */
    List<ValueKind> kinds() {
        return switch (this) {
            case TOTAL_COUNT, DISTINCT_COUNT -> List.of();
            case SUM -> List.of(ValueKind.NUMBER, ValueKind.ARRAY);
            case AVG -> List.of(ValueKind.NUMBER, ValueKind.ARRAY, ValueKind.TIME);
            case MIN, MAX -> ORDERED;
            case STDDEV, SUMSQ -> List.of(ValueKind.NUMBER);
        };
    }

    /** The method of a name. */
    public static Optional<AggregationMethod> find(String term) {
        for (AggregationMethod method : values()) {
            if (method.term.equals(term)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
