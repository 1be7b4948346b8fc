package city.emona.context;

import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * One instance of an attribute (clauses 4.5.2 to 4.5.24).
 *
 * @param value the content of the type's value member. Vocabulary values are expanded; a list relationship is an array of URIs; all
 *     else is as it came
 * @param datasetId the dataset, or an empty string for the default instance
 * @param observedAt the time as it came, in ISO 8601 with Z
 * @param qualifierType the expanded {@code objectType} of a relationship or {@code valueType} of a property: a string or an array
 * @param createdAt epoch milliseconds
 * @param modifiedAt epoch milliseconds
 * @param expiresAt epoch milliseconds, or 0 for never
 * @param attributes the sub-attributes
 */
public record AttributeInstance(
        AttributeType type,
        JsonNode value,
        String datasetId,
        @Nullable String observedAt,
        @Nullable String unitCode,
        @Nullable JsonNode qualifierType,
        long createdAt,
        long modifiedAt,
        long expiresAt,
        List<Attribute> attributes) {

    /** The URI that stands for »no value« in fragments (clause 4.5.0). */
    public static final String NULL = "urn:ngsi-ld:null";

    public AttributeInstance {
        Bounds.require(attributes.size(), Bounds.MAX_ATTRIBUTES, "attributes of one attribute");
        attributes = List.copyOf(attributes);
    }

    public boolean isDefault() {
        return datasetId.isEmpty();
    }

    /** Whether this instance is a fragment's order to delete. */
    public boolean isNull() {
        return isNull(type, value);
    }

    /** Whether a value of an attribute of this type orders to delete. */
    static boolean isNull(AttributeType type, JsonNode value) {
        return switch (type) {
            case LANGUAGE_PROPERTY -> value.isObject() && value.size() == 1 && isNullUri(value.get("@none"));
            case LIST_PROPERTY, LIST_RELATIONSHIP -> value.isArray() && value.size() == 1 && isNullUri(value.get(0));
            case PROPERTY, RELATIONSHIP, GEO_PROPERTY, VOCAB_PROPERTY, JSON_PROPERTY -> isNullUri(value);
        };
    }

    /** The value by which an attribute of this type orders to delete, or tells that it was deleted. */
    public static JsonNode nullOf(AttributeType type) {
        return switch (type) {
            case LANGUAGE_PROPERTY -> Json.object().put("@none", NULL);
            case LIST_PROPERTY, LIST_RELATIONSHIP -> Json.array().add(NULL);
            case PROPERTY, RELATIONSHIP, GEO_PROPERTY, VOCAB_PROPERTY, JSON_PROPERTY -> StringNode.valueOf(NULL);
        };
    }

    private static boolean isNullUri(@Nullable JsonNode node) {
        return node != null && node.isString() && node.stringValue().equals(NULL);
    }

    /** A sub-attribute by its expanded name. */
    public Optional<Attribute> findAttribute(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** Whether the two say the same, apart from the times of the system. */
    public boolean sameContent(AttributeInstance other) {
        return type == other.type
                && value.equals(other.value)
                && datasetId.equals(other.datasetId)
                && Objects.equals(observedAt, other.observedAt)
                && Objects.equals(unitCode, other.unitCode)
                && Objects.equals(qualifierType, other.qualifierType)
                && expiresAt == other.expiresAt
                && Attribute.sameContent(attributes, other.attributes);
    }

    /** Whether it is no longer to be seen at a time, in epoch milliseconds (clause 4.22). */
    public boolean isExpired(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }

    /** The same instance with another value. */
    public AttributeInstance withValue(JsonNode changed) {
        return new AttributeInstance(
                type,
                changed,
                datasetId,
                observedAt,
                unitCode,
                qualifierType,
                createdAt,
                modifiedAt,
                expiresAt,
                attributes);
    }

    /** The same instance with another time of creation, in epoch milliseconds. */
    public AttributeInstance withCreatedAt(long changed) {
        return new AttributeInstance(
                type,
                value,
                datasetId,
                observedAt,
                unitCode,
                qualifierType,
                changed,
                modifiedAt,
                expiresAt,
                attributes);
    }

    /** What stands in the place of this instance when it is gone: its type and dataset, and the null of the type (clause 4.5.0). */
    public AttributeInstance gone(long created, long modified) {
        return new AttributeInstance(type, nullOf(type), datasetId, null, null, null, created, modified, 0, List.of());
    }

    /** The same instance with other sub-attributes. */
    public AttributeInstance withAttributes(List<Attribute> changed) {
        return new AttributeInstance(
                type, value, datasetId, observedAt, unitCode, qualifierType, createdAt, modifiedAt, expiresAt, changed);
    }

    /** The same instance with the creation times of an earlier state; sub-attributes that say the same keep all their times. */
    public AttributeInstance withCreatedAtOf(AttributeInstance earlier) {
        List<Attribute> kept = new ArrayList<>(attributes.size());
        for (Attribute attribute : attributes) {
            kept.add(earlier.findAttribute(attribute.name())
                    .map(before -> attribute.sameContent(before) ? before : attribute.withCreatedAtOf(before))
                    .orElse(attribute));
        }
        return new AttributeInstance(
                type,
                value,
                datasetId,
                observedAt,
                unitCode,
                qualifierType,
                earlier.createdAt,
                modifiedAt,
                expiresAt,
                kept);
    }
}
