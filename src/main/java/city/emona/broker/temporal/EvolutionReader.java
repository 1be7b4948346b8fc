package city.emona.broker.temporal;

import city.emona.store.ContextStore;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the evolutions of the entities of one answer. Where an attribute has more instances than an answer holds, all of the answer is cut
 * off at the same time, so that it tells of one range of time completely (clause 6.3.10).
 */
final class EvolutionReader {
    private final ContextStore store;
    private final Tenant tenant;
    private final SeriesChoice choice;
    private final TemporalQuery query;
    private final int maxInstances;
    private final long now;
    private final Parts parts;

    /**
     * @param maxInstances how many instances of an attribute the answer holds at most
     * @param now epoch milliseconds
     */
    EvolutionReader(
            ContextStore store, Tenant tenant, SeriesChoice choice, TemporalQuery query, int maxInstances, long now) {
        this.store = store;
        this.tenant = tenant;
        this.choice = choice;
        this.query = query;
        this.maxInstances = maxInstances;
        this.now = now;
        this.parts = new Parts(store, tenant, choice, query);
    }

    /** An entity and when its instances count. */
    record Subject(HistoryHeader entity, Intervals intervals) {}

    /** A subject with its parts, and the series of which it is known that they have instances. */
    private record Plan(Subject subject, List<Parts.Part> parts, Map<SeriesKey, TimeProperty> series) {}

    Evolutions read(List<Subject> subjects) {
        List<Plan> plans = new ArrayList<>();
        OptionalLong cut = OptionalLong.empty();
        for (Subject subject : subjects) {
            Plan plan = new Plan(subject, parts.of(subject.entity.id()), new LinkedHashMap<>());
            plans.add(plan);
            cut = nearer(cut, query.isBackwards() ? oldest(plan) : newest(plan));
        }
        long from = query.isBackwards() ? Math.max(query.from(), cut.orElse(query.from())) : query.from();
        long to = !query.isBackwards() && cut.isPresent() ? Math.min(query.to(), cut.getAsLong() + 1) : query.to();
        List<Evolution> evolutions =
                plans.stream().map(plan -> evolution(plan, from, to)).toList();
        return new Evolutions(evolutions, cut.isPresent() ? extent(evolutions) : null);
    }

    private OptionalLong nearer(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        long nearer = query.isBackwards()
                ? Math.max(one.getAsLong(), other.getAsLong())
                : Math.min(one.getAsLong(), other.getAsLong());
        return OptionalLong.of(nearer);
    }

    /** The newest time up to which the answer can tell of an entity. */
    private OptionalLong newest(Plan plan) {
        OptionalLong cut = OptionalLong.empty();
        for (Parts.Part part : plan.parts) {
            NearestTimes times = new NearestTimes(maxInstances);
            store.scanHistory(
                    tenant,
                    plan.subject.entity.id(),
                    part.selector(),
                    part.range(query.from(), query.to()),
                    ScanWithin.of(plan.subject.intervals, times));
            times.series().forEach(key -> plan.series.put(key, part.property()));
            cut = nearer(cut, times.cut());
        }
        return cut;
    }

    /** The oldest time from which on the answer can tell of an entity. */
    private OptionalLong oldest(Plan plan) {
        OptionalLong cut = OptionalLong.empty();
        if (query.lastN() <= maxInstances) {
            return cut;
        }
        for (Parts.Part part : plan.parts) {
            Map<String, List<Long>> times = new HashMap<>();
            HistoryRange range = part.range(query.from(), query.to());
            for (Series series : read(plan, part, range, maxInstances + 1)) {
                plan.series.put(SeriesKey.of(series), part.property());
                List<Long> all = times.computeIfAbsent(series.attribute(), _ -> new ArrayList<>());
                series.points().forEach(point -> all.add(point.micros(part.property())));
            }
            for (List<Long> all : times.values()) {
                if (all.size() > maxInstances) {
                    all.sort(Comparator.reverseOrder());
                    cut = nearer(cut, OptionalLong.of(all.get(maxInstances - 1)));
                }
            }
        }
        return cut;
    }

    /** The series of a part, of each no more than the latest instances; without those that have expired (clause 4.22). */
    private List<Series> read(Plan plan, Parts.Part part, HistoryRange range, int lastN) {
        Intervals intervals = plan.subject.intervals;
        String id = plan.subject.entity.id();
        HistoryRange bounded = intervals.isEver() ? range.last(lastN) : range;
        List<Series> shown = new ArrayList<>();
        for (Series series : store.readHistory(tenant, id, part.selector(), bounded)) {
            List<HistoryPoint> points = series.points().stream()
                    .filter(point -> intervals.holds(point.micros(part.property()))
                            && !point.instance().isExpired(now))
                    .toList();
            if (!points.isEmpty()) {
                int from = lastN == 0 ? 0 : Math.max(0, points.size() - lastN);
                shown.add(new Series(series.attribute(), series.datasetId(), points.subList(from, points.size())));
            }
        }
        return shown;
    }

    private Evolution evolution(Plan plan, long from, long to) {
        List<AttributeHistory> histories = new ArrayList<>();
        Set<SeriesKey> missing = new LinkedHashSet<>(plan.series.keySet());
        for (Parts.Part part : plan.parts) {
            for (Series series : read(plan, part, part.range(from, to), query.lastN())) {
                missing.remove(SeriesKey.of(series));
                histories.add(AttributeHistory.of(series, part.property()));
            }
        }
        missing.forEach(key -> histories.addAll(cutOff(plan, key)));
        histories.removeIf(history -> !choice.shows(history.attribute()));
        histories.sort(Comparator.comparing(AttributeHistory::attribute).thenComparing(AttributeHistory::datasetId));
        if (!plan.subject.intervals.isEver() && choice.shows(SeriesSelector.SCOPE)) {
            histories.removeIf(history -> history.attribute().equals(SeriesSelector.SCOPE));
            histories.addAll(0, plan.subject.intervals.scopes(query));
        }
        return new Evolution(plan.subject.entity, query.isBackwards() ? latest(histories) : histories);
    }

    /** A series of which no instance is left: that it is there is known to the reader nonetheless. */
    private List<AttributeHistory> cutOff(Plan plan, SeriesKey key) {
        TimeProperty property = plan.series.getOrDefault(key, query.timeProperty());
        SeriesSelector selector = new SeriesSelector(Set.of(key.attribute()), Set.of(key.datasetId()));
        HistoryRange range = HistoryRange.between(property, query.from(), query.to());
        return store.readHistory(tenant, plan.subject.entity.id(), selector, range.last(1)).stream()
                .filter(series -> !series.points().getLast().instance().isExpired(now))
                .map(series -> AttributeHistory.of(series, property).withPoints(List.of()))
                .toList();
    }

    /** The latest instances of each attribute, whichever their dataset. */
    private List<AttributeHistory> latest(List<AttributeHistory> histories) {
        Map<String, List<Long>> times = new HashMap<>();
        for (AttributeHistory history : histories) {
            List<Long> all = times.computeIfAbsent(history.attribute(), _ -> new ArrayList<>());
            history.points().forEach(point -> all.add(point.micros(history.property())));
        }
        List<AttributeHistory> latest = new ArrayList<>();
        for (AttributeHistory history : histories) {
            List<Long> all = times.getOrDefault(history.attribute(), List.of());
            if (all.size() <= query.lastN()) {
                latest.add(history);
                continue;
            }
            List<Long> ordered = all.stream().sorted(Comparator.reverseOrder()).toList();
            long oldest = ordered.get(query.lastN() - 1);
            List<HistoryPoint> points = history.points().stream()
                    .filter(point -> point.micros(history.property()) >= oldest)
                    .toList();
            if (!points.isEmpty()) {
                latest.add(history.withPoints(points));
            }
        }
        return latest;
    }

    private static Evolutions.Extent extent(List<Evolution> evolutions) {
        TimeExtent extent = new TimeExtent();
        for (Evolution evolution : evolutions) {
            for (AttributeHistory history : evolution.attributes()) {
                history.points().forEach(point -> extent.add(point.micros(history.property())));
            }
        }
        return new Evolutions.Extent(extent.earliest(), extent.latest());
    }
}
