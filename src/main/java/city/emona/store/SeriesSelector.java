package city.emona.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which series of an entity are asked for: there is one for each dataset of each attribute, and one of its scopes.
 *
 * @param attributes expanded names; none for all, the scopes included
 * @param datasets the datasets, the default one as an empty text; null for all
 */
public record SeriesSelector(
        Set<String> attributes, @Nullable Set<String> datasets) {
    /** The name under which an entity's scopes have a history. */
    public static final String SCOPE = "https://uri.etsi.org/ngsi-ld/scope";

    /** All series. */
    public static final SeriesSelector ALL = new SeriesSelector(Set.of(), null);

    public SeriesSelector {
        attributes = Set.copyOf(attributes);
        datasets = datasets == null ? null : Set.copyOf(datasets);
    }

    public boolean selects(String attribute, String dataset) {
        return (attributes.isEmpty() || attributes.contains(attribute))
                && (datasets == null || datasets.contains(dataset));
    }
}
