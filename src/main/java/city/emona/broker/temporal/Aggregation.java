package city.emona.broker.temporal;

import city.emona.time.IsoDuration;
import java.util.List;

/**
 * What is to be made of the values of each period (clause 4.5.19).
 *
 * @param methods at least one
 * @param period how long a period is; zero for one that spans everything
 */
public record Aggregation(List<AggregationMethod> methods, IsoDuration period) {
    public Aggregation {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("an aggregation needs a method");
        }
        methods = List.copyOf(methods);
    }
}
