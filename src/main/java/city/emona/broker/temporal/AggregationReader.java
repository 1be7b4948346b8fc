package city.emona.broker.temporal;

import city.emona.problem.Problem;
import city.emona.store.ContextStore;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Aggregates the series of entities (clause 4.5.19). */
final class AggregationReader {
    private final ContextStore store;
    private final Tenant tenant;
    private final SeriesChoice choice;
    private final TemporalQuery query;
    private final Aggregation aggregation;
    private final ZoneId zone;
    private final long now;

    /**
     * @param zone the time zone of the calendar by which years, months and days are counted
     * @param now epoch milliseconds
     */
    AggregationReader(
            ContextStore store,
            Tenant tenant,
            SeriesChoice choice,
            TemporalQuery query,
            Aggregation aggregation,
            ZoneId zone,
            long now) {
        this.store = store;
        this.tenant = tenant;
        this.choice = choice;
        this.query = query;
        this.aggregation = aggregation;
        this.zone = zone;
        this.now = now;
    }

    /** @throws Problem of type InvalidRequest when no method can be applied to what is asked for */
    AggregatedEvolution read(EvolutionReader.Subject subject) {
        List<Parts.Part> parts =
                new Parts(store, tenant, choice, query).of(subject.entity().id());
        TimeExtent extent = new TimeExtent();
        if (needsExtent()) {
            scan(subject, parts, extent);
            if (extent.isEmpty()) {
                return new AggregatedEvolution(subject.entity(), List.of());
            }
        }
        Aggregator aggregator = new Aggregator(periods(extent), query.from(), now, aggregation.methods());
        scan(subject, parts, aggregator);
        List<AggregatedSeries> series = aggregator.results().stream()
                .filter(each ->
                        choice.shows(each.attribute()) && !each.attribute().equals(SeriesSelector.SCOPE))
                .sorted(Comparator.comparing(AggregatedSeries::attribute).thenComparing(AggregatedSeries::datasetId))
                .toList();
        return new AggregatedEvolution(subject.entity(), eligible(series));
    }

    private boolean begins() {
        return query.relation() == TemporalQuery.Relation.AFTER || query.relation() == TemporalQuery.Relation.BETWEEN;
    }

    private boolean needsExtent() {
        return !begins() || (aggregation.period().isZero() && query.relation() == TemporalQuery.Relation.AFTER);
    }

    /** Periods begin with the range that is asked for; where that has no beginning, with the earliest instance of the entity. */
    private Periods periods(TimeExtent extent) {
        long begin = begins() ? query.timeAt() : extent.earliest();
        if (!aggregation.period().isZero()) {
            return Periods.of(aggregation.period(), begin, zone);
        }
        boolean ends =
                query.relation() == TemporalQuery.Relation.BEFORE || query.relation() == TemporalQuery.Relation.BETWEEN;
        return new Periods.Whole(begin, ends ? query.to() : extent.latest());
    }

    private void scan(EvolutionReader.Subject subject, List<Parts.Part> parts, SeriesScan scan) {
        for (Parts.Part part : parts) {
            store.scanHistory(
                    tenant,
                    subject.entity().id(),
                    part.selector(),
                    part.range(query.from(), query.to()),
                    ScanWithin.of(subject.intervals(), scan));
        }
    }

    /** Clause 5.7.4.4: of attributes that were named, each must be fit for at least one of the methods. */
    private List<AggregatedSeries> eligible(List<AggregatedSeries> series) {
        List<AggregatedSeries> eligible = new ArrayList<>(series);
        eligible.removeIf(each -> !each.isEligible());
        boolean named = choice.projection().pick() != null;
        if (eligible.size() < series.size() && (named || eligible.isEmpty())) {
            throw Problem.invalidRequest(
                    "The values of "
                            + series.stream()
                                    .filter(each -> !each.isEligible())
                                    .map(AggregatedSeries::attribute)
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + " are of no kind that the methods in aggrMethods can be applied to.",
                    "Ask for totalCount or distinctCount, or for other attributes.");
        }
        return eligible;
    }
}
