package city.emona.query;

import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Tests what a path leads to: members of the system, values of attributes, and what lies inside them (clause 4.9). */
final class ValueTests {
    private ValueTests() {}

    /** Whether a member of an entity is there and compares so; null asks only whether it is there. */
    static boolean ofEntity(SystemMember member, Entity entity, @Nullable Comparison comparison) {
        return switch (member) {
            case ID -> text(entity.id(), comparison);
            case TYPE -> anyText(entity.types(), comparison);
            case SCOPE -> anyText(entity.scopes(), comparison);
            case CREATED_AT -> time(entity.createdAt(), comparison);
            case MODIFIED_AT -> time(entity.modifiedAt(), comparison);
            case EXPIRES_AT -> entity.expiresAt() != 0 && time(entity.expiresAt(), comparison);
            case DELETED_AT, OBSERVED_AT, DATASET_ID, INSTANCE_ID, UNIT_CODE, OBJECT_TYPE, VALUE_TYPE -> false;
        };
    }

    /** Whether what a path leads to in its last attribute is there and compares so; null asks only whether it is there. */
    static boolean ofInstance(AttributePath path, AttributeInstance instance, @Nullable Comparison comparison) {
        SystemMember member = path.member();
        if (member != null) {
            return ofMember(member, instance, comparison);
        }
        return path.trailing().isEmpty()
                ? comparison == null || value(instance, comparison)
                : inside(path.trailing(), instance, comparison);
    }

    private static boolean ofMember(SystemMember member, AttributeInstance instance, @Nullable Comparison comparison) {
        return switch (member) {
            case TYPE -> text(instance.type().term(), comparison);
            case CREATED_AT -> time(instance.createdAt(), comparison);
            case MODIFIED_AT -> time(instance.modifiedAt(), comparison);
            case EXPIRES_AT -> instance.expiresAt() != 0 && time(instance.expiresAt(), comparison);
            case OBSERVED_AT -> {
                String observedAt = instance.observedAt();
                Moment moment = observedAt == null ? null : Moment.parse(observedAt);
                yield moment != null && (comparison == null || Comparisons.matches(moment, comparison));
            }
            case DATASET_ID -> !instance.isDefault() && text(instance.datasetId(), comparison);
            case UNIT_CODE -> {
                String unitCode = instance.unitCode();
                yield unitCode != null && text(unitCode, comparison);
            }
            case OBJECT_TYPE -> isRelationship(instance.type()) && qualifier(instance.qualifierType(), comparison);
            case VALUE_TYPE -> !isRelationship(instance.type()) && qualifier(instance.qualifierType(), comparison);
            case ID, SCOPE, DELETED_AT, INSTANCE_ID -> false;
        };
    }

    private static boolean isRelationship(AttributeType type) {
        return type == AttributeType.RELATIONSHIP || type == AttributeType.LIST_RELATIONSHIP;
    }

    private static boolean qualifier(@Nullable JsonNode types, @Nullable Comparison comparison) {
        return types != null && (comparison == null || Comparisons.matches(types, comparison));
    }

    private static boolean value(AttributeInstance instance, Comparison comparison) {
        return switch (instance.type()) {
            case PROPERTY, GEO_PROPERTY, LIST_PROPERTY, JSON_PROPERTY, VOCAB_PROPERTY ->
                Comparisons.matches(instance.value(), comparison);
            // clause 4.9: any other operator shall result in not matching
            case RELATIONSHIP, LIST_RELATIONSHIP ->
                (comparison.operator() == Operator.EQUAL || comparison.operator() == Operator.UNEQUAL)
                        && Comparisons.matches(instance.value(), comparison);
            case LANGUAGE_PROPERTY -> anyLanguage(instance.value(), comparison);
        };
    }

    private static boolean inside(List<String> trailing, AttributeInstance instance, @Nullable Comparison comparison) {
        return switch (instance.type()) {
            case LANGUAGE_PROPERTY -> {
                if (trailing.size() != 1) {
                    yield false;
                }
                String tag = trailing.getFirst();
                if (tag.equals(AttributePath.ANY_LANGUAGE)) {
                    yield comparison == null || anyLanguage(instance.value(), comparison);
                }
                JsonNode texts = language(instance.value(), tag);
                yield texts != null && (comparison == null || texts(texts, comparison));
            }
            case PROPERTY, GEO_PROPERTY, JSON_PROPERTY, LIST_PROPERTY -> member(instance.value(), trailing, comparison);
            case RELATIONSHIP, LIST_RELATIONSHIP, VOCAB_PROPERTY -> false;
        };
    }

    /** Whether what the names of members lead to in a value is there and compares so. */
    static boolean member(JsonNode value, List<String> names, @Nullable Comparison comparison) {
        JsonNode node = value;
        for (String name : names) {
            node = node.get(name);
            if (node == null) {
                return false;
            }
        }
        return comparison == null || Comparisons.matches(node, comparison);
    }

    /** Tags of languages do not distinguish case (RFC 5646). */
    static @Nullable JsonNode language(JsonNode map, String tag) {
        JsonNode exact = map.get(tag);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (entry.getKey().equalsIgnoreCase(tag)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static boolean anyLanguage(JsonNode map, Comparison comparison) {
        boolean none = asksForNone(comparison);
        for (JsonNode texts : map) {
            if (texts(texts, comparison) != none) {
                return !none;
            }
        }
        return none && !map.isEmpty();
    }

    /** Whether the text of a language, or one of its texts, compares so. */
    private static boolean texts(JsonNode texts, Comparison comparison) {
        if (!texts.isArray() || !comparison.operator().takesPattern()) {
            return Comparisons.matches(texts, comparison);
        }
        boolean none = asksForNone(comparison);
        for (JsonNode text : texts) {
            if (Comparisons.matches(text, comparison) != none) {
                return !none;
            }
        }
        return none && !texts.isEmpty();
    }

    /** Whether of several values none may be what the operator names, rather than any. */
    private static boolean asksForNone(Comparison comparison) {
        return comparison.operator() == Operator.UNEQUAL || comparison.operator() == Operator.MATCHES_NOT;
    }

    private static boolean anyText(List<String> texts, @Nullable Comparison comparison) {
        if (texts.isEmpty() || comparison == null) {
            return !texts.isEmpty();
        }
        boolean none = asksForNone(comparison);
        for (String text : texts) {
            if (text(text, comparison) != none) {
                return !none;
            }
        }
        return none;
    }

    private static boolean text(String text, @Nullable Comparison comparison) {
        return comparison == null || Comparisons.matches(StringNode.valueOf(text), comparison);
    }

    private static boolean time(long epochMillis, @Nullable Comparison comparison) {
        return comparison == null || Comparisons.matches(Moment.ofEpochMillis(epochMillis), comparison);
    }
}
