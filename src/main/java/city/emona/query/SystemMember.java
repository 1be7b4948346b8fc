package city.emona.query;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members that entities and attributes have beside attributes and that a query may name. */
public enum SystemMember {
    ID("id"),
    TYPE("type"),
    SCOPE("scope"),
    CREATED_AT("createdAt"),
    MODIFIED_AT("modifiedAt"),
    DELETED_AT("deletedAt"),
    EXPIRES_AT("expiresAt"),
    OBSERVED_AT("observedAt"),
    DATASET_ID("datasetId"),
    INSTANCE_ID("instanceId"),
    UNIT_CODE("unitCode"),
    OBJECT_TYPE("objectType"),
    VALUE_TYPE("valueType");

    private static final Set<SystemMember> OF_ENTITIES =
            Set.of(ID, TYPE, SCOPE, CREATED_AT, MODIFIED_AT, DELETED_AT, EXPIRES_AT);
    private static final Set<SystemMember> OF_ATTRIBUTES = Set.of(
            TYPE,
            CREATED_AT,
            MODIFIED_AT,
            DELETED_AT,
            EXPIRES_AT,
            OBSERVED_AT,
            DATASET_ID,
            INSTANCE_ID,
            UNIT_CODE,
            OBJECT_TYPE,
            VALUE_TYPE);

    private static final Map<String, SystemMember> BY_TERM =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(SystemMember::term, Function.identity()));

    private final String term;

    SystemMember(String term) {
        this.term = term;
    }

    /** The name in JSON. */
    public String term() {
        return term;
    }

    /** The member of an entity of that name, or null. */
    static @Nullable SystemMember ofEntity(String term) {
        SystemMember member = BY_TERM.get(term);
        return member != null && OF_ENTITIES.contains(member) ? member : null;
    }

    /** The member of an attribute of that name, or null. */
    static @Nullable SystemMember ofAttribute(String term) {
        SystemMember member = BY_TERM.get(term);
        return member != null && OF_ATTRIBUTES.contains(member) ? member : null;
    }

    /** Whether values are names that a context expands: types of entities. */
    boolean isVocabulary(boolean ofEntity) {
        return ofEntity ? this == TYPE : this == OBJECT_TYPE || this == VALUE_TYPE;
    }
}
