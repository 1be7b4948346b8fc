package city.emona.query;

import city.emona.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entities by their types and ids (ETSI GS CIM 009 clause 5.2.33).
 *
 * @param ids the only ids asked for; empty for all
 * @param idPattern a pattern that occurs in the id; null for none. It is not used where ids are given
 */
public record EntitySelector(
        TypeSelection types, List<String> ids, @Nullable TextPattern idPattern) {
    /** Selects every entity. */
    public static final EntitySelector ANY = ofTypes(TypeSelection.ANY);

    public EntitySelector {
        ids = List.copyOf(ids);
    }

    /** Selects by types alone. */
    public static EntitySelector ofTypes(TypeSelection types) {
        return new EntitySelector(types, List.of(), null);
    }

    /**
     * Whether an entity is selected.
     *
     * @throws Problem of type TooComplexQuery when the pattern takes too many steps
     */
    public boolean matches(String id, List<String> entityTypes) {
        if (!types.matches(entityTypes)) {
            return false;
        }
        return ids.isEmpty() ? idPattern == null || idPattern.occursIn(id) : ids.contains(id);
    }
}
