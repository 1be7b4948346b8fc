package city.emona.broker.temporal;

import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityHistory;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.ConditionEvaluator;
import city.emona.query.EntityFilter;
import city.emona.query.LinkedEntities;
import city.emona.query.ScopeQuery;
import city.emona.store.ContextStore;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which entities a temporal query means: those with instances in its range that fulfil its conditions (clause 5.7.4.4). */
final class HistoryMatcher {
    private final ContextStore store;
    private final Tenant tenant;
    private final EntityFilter filter;
    private final TemporalQuery query;
    private final boolean rolledUp;
    private final long now;
    private final ConditionEvaluator evaluator;

    /** @param now epoch milliseconds; what has expired counts for no condition */
    HistoryMatcher(ContextStore store, Tenant tenant, HistoryQuery asked, long now) {
        this.store = store;
        this.tenant = tenant;
        this.filter = asked.filter();
        this.query = asked.temporal();
        this.rolledUp = asked.rolledUp();
        this.now = now;
        this.evaluator = new ConditionEvaluator(LinkedEntities.NONE, null);
    }

    /** When the scopes of an entity are such as a query asks for; always, where it asks for none. */
    static Intervals intervals(ContextStore store, Tenant tenant, String id, EntityFilter filter) {
        ScopeQuery scopes = filter.scopes();
        if (scopes == null) {
            return Intervals.EVER;
        }
        SeriesSelector selector = new SeriesSelector(Set.of(SeriesSelector.SCOPE), null);
        List<HistoryPoint> points = new ArrayList<>();
        for (TimeProperty property : List.of(TimeProperty.CREATED_AT, TimeProperty.DELETED_AT)) {
            store.readHistory(tenant, id, selector, HistoryRange.of(property))
                    .forEach(series -> points.addAll(series.points()));
        }
        return Intervals.of(points, scopes);
    }

    /** Whether the types and the id are such as are asked for. */
    boolean selects(HistoryHeader entity) {
        return filter.selectors().stream().anyMatch(s -> s.matches(entity.id(), entity.types()));
    }

    /** Whether an entity that is {@linkplain #selects selected} matches. */
    boolean matches(HistoryHeader entity) {
        Intervals intervals = intervals(store, tenant, entity.id(), filter);
        return intervals.meet(query.from(), query.to())
                && hasInstances(entity.id(), intervals)
                && meetsConditions(entity, intervals);
    }

    private boolean hasInstances(String id, Intervals intervals) {
        SeriesSelector selector = new SeriesSelector(filter.attributes(), filter.datasets());
        boolean present = store.readHistory(tenant, id, selector, query.range().last(1)).stream()
                .anyMatch(series -> !series.attribute().equals(SeriesSelector.SCOPE));
        if (present ? intervals.isEver() : !rolledUp) {
            return present;
        }
        Presence presence = new Presence(rolledUp);
        store.scanHistory(tenant, id, selector, query.range(), ScanWithin.of(intervals, presence));
        return presence.isFound();
    }

    private boolean meetsConditions(HistoryHeader entity, Intervals intervals) {
        Condition condition = filter.condition();
        if (condition == null && filter.geo() == null) {
            return true;
        }
        List<Entity> parts = parts(entity, intervals);
        return (condition == null || meets(condition, parts))
                && (filter.geo() == null
                        || parts.stream().anyMatch(part -> filter.geo().matches(part, null)));
    }

    /** A term is fulfilled where any instance fulfils it, in whichever part it is. */
    private boolean meets(Condition condition, List<Entity> parts) {
        return switch (condition) {
            case Condition.And(var all) -> all.stream().allMatch(each -> meets(each, parts));
            case Condition.Or(var any) -> any.stream().anyMatch(each -> meets(each, parts));
            case Condition.Exists _, Condition.Comparison _ ->
                parts.stream().anyMatch(part -> evaluator.matches(condition, part));
        };
    }

    /** The instances that conditions look at, in entities of which each has no more than an entity may have. */
    private List<Entity> parts(HistoryHeader entity, Intervals intervals) {
        Map<String, List<AttributeInstance>> instances = new LinkedHashMap<>();
        Set<String> names = named();
        if (!names.isEmpty()) {
            SeriesSelector selector = new SeriesSelector(names, filter.datasets());
            for (Series series : store.readHistory(tenant, entity.id(), selector, query.range())) {
                List<AttributeInstance> all = instances.computeIfAbsent(series.attribute(), _ -> new ArrayList<>());
                for (HistoryPoint point : series.points()) {
                    if (!point.isDeleted()
                            && !point.instance().isExpired(now)
                            && intervals.holds(point.micros(query.timeProperty()))) {
                        all.add(point.instance());
                    }
                }
            }
            instances.values().removeIf(List::isEmpty);
        }
        return new EntityHistory(entity.id(), entity.types(), instances)
                .parts(entity.id(), entity.createdAt()).stream()
                        .map(part -> part.withTimes(entity.createdAt(), entity.modifiedAt()))
                        .toList();
    }

    private Set<String> named() {
        Set<String> names = new HashSet<>();
        if (filter.geo() != null) {
            names.add(filter.geo().property());
        }
        if (filter.condition() != null) {
            for (AttributePath path : filter.condition().paths()) {
                if (!path.attributes().isEmpty()) {
                    names.add(path.attributes().getFirst());
                }
            }
        }
        return names;
    }
}
