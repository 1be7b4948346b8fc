package city.emona.vertical;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entities and the number that must come of them; a test of an indicator.
 *
 * @param name a sentence
 * @param entities values by the terms of attributes, as they stand in the description
 * @param indicators the values of other indicators, by their ids
 * @param on the day on which it is judged
 * @param value what must come of it; null when there must be no value
 * @param status the word of the status that it must have; empty where that is not told
 */
public record IndicatorExample(
        String name,
        List<Map<String, String>> entities,
        Map<String, Double> indicators,
        LocalDate on,
        @Nullable Double value,
        String status) {
    public IndicatorExample {
        entities = List.copyOf(entities);
        indicators = Map.copyOf(indicators);
    }
}
