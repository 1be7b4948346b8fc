package city.emona.vertical.rule;

import city.emona.context.Entity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The city as rules see it: what is now, and what numbers were a short time ago. */
public interface CityView {
    /** An entity as it is now. */
    Optional<Entity> find(String id);

    /** All entities of a type, which is expanded, as they are now. */
    List<Entity> ofType(String type);

    /**
     * The numbers that an attribute had in a span of time, in its order.
     *
     * @param observed whether by the times of observation, rather than those at which they were written; a written number holds until the
     *     next one, so the last one before the span comes first
     * @param from epoch milliseconds
     * @param to epoch milliseconds, included
     */
    List<Reading> numbers(String id, String attribute, boolean observed, long from, long to);

    /** When something was last said of an attribute that the entity has no longer, in epoch milliseconds. */
    OptionalLong lastSaid(String id, String attribute);

    /**
     * A number.
     *
     * @param until up to when it counts, in epoch milliseconds: its own time where it was observed, else the time of the next one
     */
    record Reading(double value, long until) {}
}
