package city.emona.broker.temporal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entities of an answer.
 *
 * @param cut the times that the instances in the answer span; null where no instance that was asked for is missing
 */
public record Evolutions(List<Evolution> entities, @Nullable Extent cut) {
    public Evolutions {
        entities = List.copyOf(entities);
    }

    /**
     * The times of instances.
     *
     * @param oldest epoch microseconds
     * @param newest epoch microseconds
     */
    public record Extent(long oldest, long newest) {}
}
