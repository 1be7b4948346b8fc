package city.emona.broker.temporal;

import city.emona.context.AttributeType;
import city.emona.query.ScopeQuery;
import city.emona.store.HistoryPoint;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When the scopes of an entity were such as a query asks for (clauses 4.18, 4.19 and 5.7.4.4). A scope holds from its time until the next
 * one's; one without a time always held before.
 */
record Intervals(List<Interval> all) {
    /** Everything. */
    static final Intervals EVER = new Intervals(List.of(new Interval(Long.MIN_VALUE, Long.MAX_VALUE, null)));

    Intervals {
        all = List.copyOf(all);
    }

    /**
     * One scope, or several at once, and when it held.
     *
     * @param end the time itself is outside
     */
    record Interval(long start, long end, @Nullable HistoryPoint scope) {
        boolean meets(long from, long to) {
            return start < to && end > from;
        }
    }

    /** The intervals in which the scopes of a history match. */
    static Intervals of(List<HistoryPoint> scopes, ScopeQuery query) {
        List<HistoryPoint> ordered = new ArrayList<>(scopes);
        ordered.sort(Comparator.comparingLong(Intervals::start));
        List<Interval> matching = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            HistoryPoint scope = ordered.get(i);
            long end = i + 1 < ordered.size() ? start(ordered.get(i + 1)) : Long.MAX_VALUE;
            if (!scope.isDeleted() && query.matches(texts(scope.instance().value()))) {
                matching.add(new Interval(start(scope), end, scope));
            }
        }
        return new Intervals(matching);
    }

    private static long start(HistoryPoint scope) {
        long observed = scope.micros(TimeProperty.OBSERVED_AT);
        return observed == HistoryPoint.NONE ? scope.micros(TimeProperty.DELETED_AT) : observed;
    }

    private static List<String> texts(JsonNode value) {
        return value.isString()
                ? List.of(value.stringValue())
                : value.valueStream().map(JsonNode::stringValue).toList();
    }

    /** Whether no scopes were asked for. */
    boolean isEver() {
        return !all.isEmpty() && all.getFirst().scope == null;
    }

    boolean holds(long micros) {
        for (Interval interval : all) {
            if (micros >= interval.start && micros < interval.end) {
                return true;
            }
        }
        return false;
    }

    /** Whether scopes matched at any time of a range. */
    boolean meet(long from, long to) {
        return all.stream().anyMatch(interval -> interval.meets(from, to));
    }

    /** The scopes that matched at any time of a range. */
    List<AttributeHistory> scopes(TemporalQuery query) {
        List<HistoryPoint> scopes = new ArrayList<>();
        for (Interval interval : all) {
            if (interval.scope != null && interval.meets(query.from(), query.to())) {
                scopes.add(interval.scope);
            }
        }
        return List.of(
                new AttributeHistory(SeriesSelector.SCOPE, "", AttributeType.PROPERTY, query.timeProperty(), scopes));
    }
}
