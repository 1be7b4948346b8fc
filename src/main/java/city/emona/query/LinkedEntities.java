package city.emona.query;

import city.emona.context.Entity;
import org.jspecify.annotations.Nullable;

/** Finds the entities that relationships lead to. */
@FunctionalInterface
public interface LinkedEntities {
    /** Finds none: for conditions that do not leave the entity. */
    LinkedEntities NONE = _ -> null;

    /** The entity of an id as it is to be seen now, or null. */
    @Nullable
    Entity find(String id);
}
