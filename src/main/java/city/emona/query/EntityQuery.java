package city.emona.query;

import city.emona.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query for entities (ETSI GS CIM 009 clause 5.7.2). All conditions must hold. Results are ordered by id.
 *
 * @param ids the only ids asked for; empty for all
 * @param idPattern a pattern that occurs in the id; null for none. It is not used where ids are given
 * @param attributes expanded names of which at least one must be present; empty for no condition
 * @param limit how many entities to give at most; 0 only to count
 * @param offset how many to pass over first
 * @param count whether to count all that match
 */
public record EntityQuery(
        TypeSelection types,
        List<String> ids,
        @Nullable Pattern idPattern,
        Set<String> attributes,
        int limit,
        int offset,
        boolean count) {

    /** How many entities are given where the caller does not say. */
    public static final int DEFAULT_LIMIT = 20;

    /** How many entities are given at most. */
    public static final int MAX_LIMIT = 1_000;

    /** How many characters of an id a pattern may look at, those it looks at again included. */
    private static final int MAX_PATTERN_STEPS = 100_000;

    public EntityQuery {
        ids = List.copyOf(ids);
        attributes = Set.copyOf(attributes);
    }

    /** All entities of a type, the first {@value #DEFAULT_LIMIT}. */
    public static EntityQuery ofType(String type) {
        return new EntityQuery(TypeSelection.of(type), List.of(), null, Set.of(), DEFAULT_LIMIT, 0, false);
    }

    /**
     * Whether an id is among those asked for, or else fits the pattern.
     *
     * @throws Problem of type TooComplexQuery when the pattern takes too many steps
     */
    public boolean matchesId(String id) {
        if (!ids.isEmpty()) {
            return ids.contains(id);
        }
        return idPattern == null
                || idPattern.matcher(new BoundedText(id, MAX_PATTERN_STEPS)).find();
    }

    public EntityQuery withLimit(int changed) {
        return new EntityQuery(types, ids, idPattern, attributes, changed, offset, count);
    }

    public EntityQuery withOffset(int changed) {
        return new EntityQuery(types, ids, idPattern, attributes, limit, changed, count);
    }

    public EntityQuery withCount() {
        return new EntityQuery(types, ids, idPattern, attributes, limit, offset, true);
    }
}
