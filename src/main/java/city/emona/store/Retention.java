package city.emona.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the history of some attributes is kept: instances first, then what {@link RollUp} says of each hour, then of each day. What is
 * not named is not kept any longer than what comes before it.
 *
 * @param type the expanded type of entities
 * @param attributes expanded names; none for all
 * @param instances how long each instance is kept, by when it was observed
 * @param hours how long hours are kept; null for not at all
 * @param days how long days are kept; null for not at all
 */
public record Retention(
        String type,
        Set<String> attributes,
        Duration instances,
        @Nullable Duration hours,
        @Nullable Duration days) {
    public Retention {
        attributes = Set.copyOf(attributes);
    }

    /** Whether it is about an attribute of an entity of some types. */
    public boolean concerns(List<String> types, String attribute) {
        return types.contains(type) && (attributes.isEmpty() || attributes.contains(attribute));
    }
}
