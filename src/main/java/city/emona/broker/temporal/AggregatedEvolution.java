package city.emona.broker.temporal;

import city.emona.store.HistoryHeader;
import java.util.List;

/** An entity with what aggregation made of its series (clause 4.5.19). */
public record AggregatedEvolution(HistoryHeader entity, List<AggregatedSeries> series) {
    public AggregatedEvolution {
        series = List.copyOf(series);
    }
}
