package city.emona.broker;

import city.emona.context.Entity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element of a batch.
 *
 * @param id the entity's id
 * @param edit what the element does to it
 */
public record BatchItem(String id, Edit edit) {
    /** Leads from the present state of an entity to the next. It may be called again when another change was committed first. */
    @FunctionalInterface
    public interface Edit {
        /**
         * The next state.
         *
         * @return null when the entity is to be deleted
         * @throws city.emona.problem.Problem when the element cannot be carried out
         */
        @Nullable
        Entity apply(Optional<Entity> present);
    }
}
