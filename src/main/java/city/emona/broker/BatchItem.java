package city.emona.broker;

import city.emona.context.Entity;
import city.emona.problem.Problem;
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
         * @throws city.emona.problem.Problem when the element cannot be carried out
         */
        Outcome apply(Optional<Entity> present);
    }

    /**
     * What an edit leads to.
     *
     * @param next the next state; null when the entity is to be deleted
     * @param left says what of the element could not be carried out, where the rest was; null for nothing
     */
    public record Outcome(@Nullable Entity next, @Nullable Problem left) {
        /** The whole element is carried out. */
        public static Outcome of(@Nullable Entity next) {
            return new Outcome(next, null);
        }
    }
}
