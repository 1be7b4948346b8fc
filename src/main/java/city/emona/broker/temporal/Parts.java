package city.emona.broker.temporal;

import city.emona.store.ContextStore;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Divides the series that are asked for by the time by which their instances are chosen. */
record Parts(ContextStore store, Tenant tenant, SeriesChoice choice, TemporalQuery query) {
    /**
     * Some series.
     *
     * @param property the time by which their instances are chosen
     */
    record Part(SeriesSelector selector, TimeProperty property) {
        /** What is asked of them, in a narrower range of time. */
        HistoryRange range(long from, long to) {
            return HistoryRange.between(property, from, to);
        }
    }

    /**
     * The parts of an entity's series: one, unless nothing says which instances are meant. Then attributes without any time of observation
     * are chosen by when they were written.
     */
    List<Part> of(String id) {
        if (choice.selector().isEmpty()) {
            return List.of();
        }
        SeriesSelector selector = choice.selector().get();
        Part main = new Part(selector, query.timeProperty());
        if (!query.isOpen()) {
            return List.of(main);
        }
        Set<String> unobserved = names(id, selector, TimeProperty.CREATED_AT);
        unobserved.removeAll(names(id, selector, TimeProperty.OBSERVED_AT));
        return unobserved.isEmpty()
                ? List.of(main)
                : List.of(main, new Part(new SeriesSelector(unobserved, choice.datasets()), TimeProperty.CREATED_AT));
    }

    private Set<String> names(String id, SeriesSelector selector, TimeProperty property) {
        return store.readHistory(tenant, id, selector, HistoryRange.of(property).last(1)).stream()
                .map(Series::attribute)
                .collect(Collectors.toSet());
    }
}
