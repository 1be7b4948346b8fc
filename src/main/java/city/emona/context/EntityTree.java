package city.emona.context;

import java.util.Map;

/**
 * An entity with the entities that its relationships lead to (ETSI GS CIM 009 clause 4.5.23).
 *
 * @param linked by the expanded name of the relationship, then by the id of its target; targets that are not shown are missing
 * @param changes what became of the entity, where that is told
 */
public record EntityTree(Entity entity, Map<String, Map<String, EntityTree>> linked, EntityChanges changes) {
    public EntityTree {
        linked = Map.copyOf(linked);
    }

    /** An entity of whose changes nothing is told. */
    public EntityTree(Entity entity, Map<String, Map<String, EntityTree>> linked) {
        this(entity, linked, EntityChanges.NONE);
    }

    /** The same with what became of the entity. */
    public EntityTree withChanges(EntityChanges told) {
        return new EntityTree(entity, linked, told);
    }

    /** An entity alone. */
    public static EntityTree of(Entity entity) {
        return new EntityTree(entity, Map.of());
    }
}
