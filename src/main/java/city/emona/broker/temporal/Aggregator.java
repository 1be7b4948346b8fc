package city.emona.broker.temporal;

import city.emona.context.AttributeType;
import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds series into periods, runs of numbers without an object for each. Deletions are no values. Not thread safe. */
final class Aggregator implements SeriesScan {
    private final Periods periods;
    private final long begin;
    private final long now;
    private final List<AggregationMethod> methods;
    private final boolean countsDistinct;
    private final Map<SeriesKey, Folded> series = new LinkedHashMap<>();
    private @Nullable Folded current;

    /** One series so far. */
    private static final class Folded {
        private final Buckets buckets;
        private @Nullable AttributeType type;

        Folded(Buckets buckets) {
            this.buckets = buckets;
        }
    }

    /**
     * @param begin the first time that is asked for, in epoch microseconds
     * @param now epoch milliseconds; what has expired does not count
     */
    Aggregator(Periods periods, long begin, long now, List<AggregationMethod> methods) {
        this.periods = periods;
        this.begin = begin;
        this.now = now;
        this.methods = methods;
        this.countsDistinct = methods.contains(AggregationMethod.DISTINCT_COUNT);
    }

    @Override
    public void begin(String attribute, String datasetId) {
        current = series.computeIfAbsent(
                new SeriesKey(attribute, datasetId), _ -> new Folded(new Buckets(periods, countsDistinct)));
    }

    private Folded current() {
        if (current == null) {
            throw new IllegalStateException("an instance came before its series");
        }
        return current;
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        Folded folded = current();
        folded.type = AttributeType.PROPERTY;
        int at = from;
        while (at < to) {
            Bucket bucket = folded.buckets.at(micros[at]);
            int end = at + 1;
            while (end < to && bucket.holds(micros[end])) {
                end++;
            }
            bucket.addNumbers(values, at, end);
            at = end;
        }
    }

    /** An hour or a day counts in the period in which it begins, or in the first. */
    @Override
    public void rolledUp(RollUp rollUp) {
        Folded folded = current();
        folded.type = AttributeType.PROPERTY;
        folded.buckets.at(Math.max(begin, rollUp.from())).add(rollUp);
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        if (!point.isDeleted() && !point.instance().isExpired(now)) {
            Folded folded = current();
            folded.type = point.instance().type();
            folded.buckets.at(micros).add(AggregatedValue.of(point.instance()));
        }
    }

    /** What was made of each series that has values. */
    List<AggregatedSeries> results() {
        List<AggregatedSeries> all = new ArrayList<>();
        series.forEach((key, folded) -> {
            if (folded.type != null) {
                all.add(new AggregatedSeries(
                        key.attribute(), key.datasetId(), folded.type, results(folded.buckets.inOrder())));
            }
        });
        return all;
    }

    private Map<AggregationMethod, List<AggregatedSeries.Result>> results(List<Bucket> buckets) {
        Map<AggregationMethod, List<AggregatedSeries.Result>> results = new EnumMap<>(AggregationMethod.class);
        for (AggregationMethod method : methods) {
            List<AggregatedSeries.Result> ofMethod = new ArrayList<>();
            for (Bucket bucket : buckets) {
                bucket.result(method)
                        .ifPresent(value ->
                                ofMethod.add(new AggregatedSeries.Result(value, bucket.start(), bucket.end())));
            }
            results.put(method, List.copyOf(ofMethod));
        }
        return results;
    }
}
