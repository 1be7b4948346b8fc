package city.emona.broker.temporal;

import city.emona.context.AttributeType;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What aggregation made of one series.
 *
 * @param attribute the expanded name
 * @param datasetId the dataset, or an empty text for the default one
 * @param results those of each method, in the order of time; none where its values are of no kind that the method takes
 */
public record AggregatedSeries(
        String attribute, String datasetId, AttributeType type, Map<AggregationMethod, List<Result>> results) {
    public AggregatedSeries {
        results = Map.copyOf(results);
    }

    /**
     * The result of one period.
     *
     * @param start when the period begins, in epoch microseconds
     * @param end when it ends, in epoch microseconds
     */
    public record Result(JsonNode value, long start, long end) {}

    /** The results of a method, in the order of time. */
    public List<Result> results(AggregationMethod method) {
        return results.getOrDefault(method, List.of());
    }

    /** Whether at least one method could be applied. */
    public boolean isEligible() {
        return results.values().stream().anyMatch(all -> !all.isEmpty());
    }
}
