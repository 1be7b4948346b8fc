package city.emona.context;

import java.util.Map;

/**
 * An entity with the entities that its relationships lead to (ETSI GS CIM 009 clause 4.5.23).
 *
 * @param linked by the expanded name of the relationship, then by the id of its target; targets that are not shown are missing
 */
public record EntityTree(Entity entity, Map<String, Map<String, EntityTree>> linked) {
    public EntityTree {
        linked = Map.copyOf(linked);
    }

    /** An entity alone. */
    public static EntityTree of(Entity entity) {
        return new EntityTree(entity, Map.of());
    }
}
