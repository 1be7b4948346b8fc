package city.emona.query;

import city.emona.problem.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entities by their types and ids (ETSI GS CIM 009 clause 5.2.33).
 *
 * @param ids the only ids asked for; empty for all
 * @param idPattern a pattern that occurs in the id; null for none. It is not used where ids are given
 */
public record EntitySelector(
        TypeSelection types, Set<String> ids, @Nullable TextPattern idPattern) {
    /** Selects every entity. */
    public static final EntitySelector ANY = ofTypes(TypeSelection.ANY);

    public EntitySelector {
        ids = Set.copyOf(ids);
    }

    /** Selects by types alone. */
    public static EntitySelector ofTypes(TypeSelection types) {
        return new EntitySelector(types, Set.of(), null);
    }

    /**
     * Whether an entity is selected.
     *
     * @throws Problem of type TooComplexQuery when the pattern takes too many steps
     */
    public boolean matches(String id, List<String> entityTypes) {
        return types.matches(entityTypes) && matchesId(id);
    }

    /** Whether an id is selected, whatever the types; throws as {@link #matches}. */
    public boolean matchesId(String id) {
        return ids.isEmpty() ? idPattern == null || idPattern.occursIn(id) : ids.contains(id);
    }

    /** The same types, and no other ids than these. */
    public EntitySelector withIds(Collection<String> changed) {
        return new EntitySelector(types, new HashSet<>(changed), null);
    }
}
