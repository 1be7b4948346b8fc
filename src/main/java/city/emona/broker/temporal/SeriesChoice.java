package city.emona.broker.temporal;

import city.emona.context.Projection;
import city.emona.store.SeriesSelector;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which series of an entity a client wants to see.
 *
 * @param datasets the only datasets, the default one as an empty text; null for all
 */
public record SeriesChoice(Projection projection, @Nullable Set<String> datasets) {
    /** All of them. */
    public static final SeriesChoice ALL = new SeriesChoice(Projection.ALL, null);

    /** Whether the series of an attribute are shown. */
    boolean shows(String attribute) {
        return projection.shows(attribute.equals(SeriesSelector.SCOPE) ? "scope" : attribute);
    }

    /** Those series that may be shown, as the store selects them; empty where none is. */
    Optional<SeriesSelector> selector() {
        if (projection.pick() == null) {
            return Optional.of(new SeriesSelector(Set.of(), datasets));
        }
        Set<String> names = new HashSet<>(projection.pick());
        names.remove("id");
        names.remove("type");
        if (names.remove("scope")) {
            names.add(SeriesSelector.SCOPE);
        }
        names.removeIf(name -> !shows(name));
        return names.isEmpty() ? Optional.empty() : Optional.of(new SeriesSelector(names, datasets));
    }
}
