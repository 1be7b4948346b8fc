package city.emona.broker.temporal;

import city.emona.store.RollUp;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** The values of one period, folded as they come. Not thread safe. */
final class Bucket {
    private final long start;
    private final long end;
    private final @Nullable DistinctValues distinct;
    private final Tally numbers = new Tally();
    private final Map<ValueKind, Fold> others = new EnumMap<>(ValueKind.class);
    private long count;
    private boolean hasRollUps;

    /** Values that are no numbers: what they amount to as numbers, and the first and last of them as they came. */
    private static final class Fold {
        private final Tally tally = new Tally();
        private @Nullable String first;
        private @Nullable String last;

        void add(double number, String text) {
            if (first == null || number < tally.min()) {
                first = text;
            }
            if (last == null || number > tally.max()) {
                last = text;
            }
            tally.add(number);
        }

        void add(String text) {
            if (first == null || text.compareTo(first) < 0) {
                first = text;
            }
            if (last == null || text.compareTo(last) > 0) {
                last = text;
            }
        }
    }

    /** @param end when the period ends; the time itself is outside */
    Bucket(long start, long end, boolean countsDistinct) {
        this.start = start;
        this.end = end;
        this.distinct = countsDistinct ? new DistinctValues() : null;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    boolean holds(long micros) {
        return micros >= start && micros < end;
    }

    /** Adds the numbers from one place up to another. */
    void addNumbers(double[] values, int from, int to) {
        count += to - from;
        numbers.add(values, from, to);
        if (distinct != null) {
            for (int i = from; i < to; i++) {
                distinct.add(values[i]);
            }
        }
    }

    /** Adds instances of which only what they amount to together is known; how many of them differ cannot be told any more. */
    void add(RollUp rollUp) {
        count += rollUp.instances();
        numbers.add(rollUp);
        hasRollUps = true;
    }

    void add(AggregatedValue value) {
        count++;
        if (distinct != null) {
            value.countIn(distinct);
        }
        switch (value.kind()) {
            case NUMBER -> numbers.add(value.number());
            case ARRAY, TIME, DATE, DATE_TIME -> fold(value.kind()).add(value.number(), value.text());
            case TEXT -> fold(value.kind()).add(value.text());
            case COUNTED -> {}
        }
    }

    private Fold fold(ValueKind kind) {
        return others.computeIfAbsent(kind, _ -> new Fold());
    }

    /** What a method makes of the values; empty where none of them is of a kind that it takes. */
    Optional<JsonNode> result(AggregationMethod method) {
        return switch (method) {
            case TOTAL_COUNT -> Optional.of(LongNode.valueOf(count));
            case DISTINCT_COUNT ->
                hasRollUps
                        ? Optional.empty()
                        : Optional.of(LongNode.valueOf(
                                Objects.requireNonNull(distinct).count()));
            case SUM, AVG, MIN, MAX, STDDEV, SUMSQ -> ofKinds(method);
        };
    }

    private Optional<JsonNode> ofKinds(AggregationMethod method) {
        for (ValueKind kind : method.kinds()) {
            if (kind == ValueKind.NUMBER) {
                if (!numbers.isEmpty()) {
                    return Optional.of(DoubleNode.valueOf(number(method, numbers)));
                }
                continue;
            }
            Fold fold = others.get(kind);
            if (fold != null) {
                return Optional.of(ofFold(method, kind, fold));
            }
        }
        return Optional.empty();
    }

    private static JsonNode ofFold(AggregationMethod method, ValueKind kind, Fold fold) {
        if (kind == ValueKind.ARRAY) {
            return DoubleNode.valueOf(number(method, fold.tally));
        }
        if (method == AggregationMethod.AVG) {
            return StringNode.valueOf(AggregatedValue.timeOfDay(fold.tally.average()));
        }
        String text = method == AggregationMethod.MIN ? fold.first : fold.last;
        return StringNode.valueOf(Objects.requireNonNull(text));
    }

    private static double number(AggregationMethod method, Tally tally) {
        return switch (method) {
            case SUM -> tally.sum();
            case AVG -> tally.average();
            case MIN -> tally.min();
            case MAX -> tally.max();
            case STDDEV -> tally.standardDeviation();
            case SUMSQ -> tally.sumOfSquares();
            case TOTAL_COUNT, DISTINCT_COUNT -> throw new IllegalArgumentException("a count is no number of a tally");
        };
    }
}
