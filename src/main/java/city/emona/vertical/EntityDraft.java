package city.emona.vertical;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An entity of the platform's own, attribute by attribute; names are expanded. Not thread safe. */
public final class EntityDraft {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String id;
    private final String type;
    private final long now;
    private final List<Attribute> attributes = new ArrayList<>();

    /** @param now the time at which it is created or changed, in epoch milliseconds */
    public EntityDraft(String id, String type, long now) {
        this.id = id;
        this.type = type;
        this.now = now;
    }

    public EntityDraft text(String name, String value) {
        return value.isEmpty() ? this : add(name, AttributeType.PROPERTY, JSON.stringNode(value), null, null);
    }

    public EntityDraft time(String name, long atMillis) {
        ObjectNode value = Json.object().put("@type", "DateTime").put("@value", Timestamps.format(atMillis));
        return add(name, AttributeType.PROPERTY, value, null, null);
    }

    public EntityDraft languages(String name, LocalizedText text) {
        return add(
                name,
                AttributeType.LANGUAGE_PROPERTY,
                Json.object().put("sl", text.sl()).put("en", text.en()),
                null,
                null);
    }

    public EntityDraft number(String name, double value) {
        return value(name, Json.fromPlain(value));
    }

    public EntityDraft value(String name, JsonNode value) {
        return add(name, AttributeType.PROPERTY, value, null, null);
    }

    /**
     * A value with the time of its observation.
     *
     * @param unitCode a code of UN/CEFACT; empty for none
     * @param observedAt epoch milliseconds
     */
    public EntityDraft observed(String name, JsonNode value, String unitCode, long observedAt) {
        return add(
                name,
                AttributeType.PROPERTY,
                value,
                Timestamps.format(observedAt),
                unitCode.isEmpty() ? null : unitCode);
    }

    public EntityDraft json(String name, JsonNode value) {
        return add(name, AttributeType.JSON_PROPERTY, value, null, null);
    }

    public EntityDraft relationship(String name, String target) {
        return target.isEmpty() ? this : add(name, AttributeType.RELATIONSHIP, JSON.stringNode(target), null, null);
    }

    /** An attribute that another entity has, as it has it. */
    public EntityDraft copy(Attribute attribute) {
        attributes.add(attribute);
        return this;
    }

    private EntityDraft add(
            String name, AttributeType kind, JsonNode value, @Nullable String observedAt, @Nullable String unitCode) {
        attributes.add(new Attribute(
                name,
                List.of(new AttributeInstance(kind, value, "", observedAt, unitCode, null, now, now, 0, List.of()))));
        return this;
    }

    public List<Attribute> attributes() {
        return List.copyOf(attributes);
    }

    public Entity entity() {
        return new Entity(id, List.of(type), List.of(), now, now, 0, attributes);
    }

    /** Another entity with these attributes in the place of its own, changed now. */
    public Entity over(Entity present) {
        Entity next = present;
        for (Attribute attribute : attributes) {
            next = next.withAttribute(present.findAttribute(attribute.name())
                    .map(attribute::withCreatedAtOf)
                    .orElse(attribute));
        }
        return next.withTimes(present.createdAt(), now);
    }
}
