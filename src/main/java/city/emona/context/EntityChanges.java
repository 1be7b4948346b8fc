package city.emona.context;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of an entity, to be told together with its state (ETSI GS CIM 009 clause 5.8.6).
 *
 * @param deletedAt when the entity was deleted, in epoch milliseconds; 0 where it was not
 * @param instances what became of instances of attributes, by the expanded name and the dataset, an empty string being the default instance
 */
public record EntityChanges(long deletedAt, Map<String, Map<String, InstanceChange>> instances) {
    /** That nothing is told. */
    public static final EntityChanges NONE = new EntityChanges(0, Map.of());

    public EntityChanges {
        instances = Map.copyOf(instances);
    }

    /**
     * What became of one instance.
     *
     * @param previous what it was before; null where that is not told
     * @param deletedAt when it was deleted, in epoch milliseconds; 0 where it was not
     */
    public record InstanceChange(@Nullable AttributeInstance previous, long deletedAt) {
        static final InstanceChange NONE = new InstanceChange(null, 0);
    }

    Map<String, InstanceChange> of(String attribute) {
        return instances.getOrDefault(attribute, Map.of());
    }
}
