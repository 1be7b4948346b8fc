package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.context.Entity;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.Literal;
import city.emona.query.Ordering;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The city of the broker's default tenant. Safe for use by many threads. */
public final class BrokerCity implements CityView {
    private static final int ALL = Integer.MAX_VALUE - 1;
    private static final Set<String> DEFAULT_DATASET = Set.of("");

    private final Broker broker;

    public BrokerCity(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Optional<Entity> find(String id) {
        return broker.find(Tenant.DEFAULT, id);
    }

    @Override
    public List<Entity> ofType(String type) {
        return query(type, null);
    }

    /** The entities of a type, which is expanded, that fulfil a condition; null for all. */
    public List<Entity> query(String type, @Nullable Condition condition) {
        EntityFilter filter = EntityFilter.ofType(type).withCondition(condition);
        return broker.query(Tenant.DEFAULT, new EntityQuery(filter, Ordering.BY_ID, ALL, 0, false))
                .entities();
    }

    /** The alerts of a rule about an entity that are not over. */
    List<Entity> openAlerts(Watch watch, String entityId) {
        return query(
                        AlertTerms.ALERT,
                        new Condition.And(List.of(
                                is(AlertTerms.SOURCE, entityId),
                                is(AlertTerms.VERTICAL, watch.vertical().id()),
                                is(AlertTerms.RULE, watch.rule().id()))))
                .stream()
                .filter(alert -> alert.findText(AlertTerms.STATE)
                        .filter(state -> !state.equals(AlertState.CLEARED.term()))
                        .isPresent())
                .toList();
    }

    private static Condition is(String attribute, String text) {
        return new Condition.Comparison(
                AttributePath.of(attribute),
                Condition.Operator.EQUAL,
                new Condition.Operand.OneOf(List.of(new Literal.Text(text, null))));
    }

    @Override
    public List<Reading> numbers(String id, String attribute, boolean observed, long from, long to) {
        TimeProperty time = observed ? TimeProperty.OBSERVED_AT : TimeProperty.MODIFIED_AT;
        SeriesSelector series = new SeriesSelector(Set.of(attribute), DEFAULT_DATASET);
        List<HistoryPoint> points = new ArrayList<>();
        if (!observed) {
            points.addAll(points(
                    id,
                    series,
                    HistoryRange.between(time, Long.MIN_VALUE + 1, 1_000 * from).last(1)));
        }
        points.addAll(points(id, series, HistoryRange.between(time, 1_000 * from, 1_000 * to + 1_000)));
        List<Reading> numbers = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            HistoryPoint point = points.get(i);
            if (point.instance().value().isNumber()) {
                long until = observed
                        ? point.micros(time) / 1_000
                        : i + 1 < points.size() ? points.get(i + 1).micros(time) / 1_000 : to;
                numbers.add(new Reading(point.instance().value().doubleValue(), until));
            }
        }
        return numbers;
    }

    private List<HistoryPoint> points(String id, SeriesSelector series, HistoryRange range) {
        return broker.readHistory(Tenant.DEFAULT, id, series, range).stream()
                .map(Series::points)
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public OptionalLong lastSaid(String id, String attribute) {
        SeriesSelector series = new SeriesSelector(Set.of(attribute), DEFAULT_DATASET);
        for (TimeProperty time : List.of(TimeProperty.OBSERVED_AT, TimeProperty.MODIFIED_AT)) {
            List<HistoryPoint> points = points(id, series, HistoryRange.of(time).last(1));
            if (!points.isEmpty()) {
                return OptionalLong.of(points.getLast().micros(time) / 1_000);
            }
        }
        return OptionalLong.empty();
    }
}
