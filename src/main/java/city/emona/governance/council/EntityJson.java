package city.emona.governance.council;

import city.emona.json.Json;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds an entity, or a part of one, in normalized NGSI-LD; a value that is null leaves its attribute out. */
final class EntityJson {
    private final ObjectNode entity;

    private EntityJson(ObjectNode entity) {
        this.entity = entity;
    }

    static EntityJson of(String type, String localId) {
        return new EntityJson(
                Json.object().put("id", "urn:ngsi-ld:" + type + ":" + localId).put("type", type));
    }

    /** A Property that is to have attributes of its own. */
    static EntityJson ofProperty(String value) {
        return new EntityJson(Json.object().put("type", "Property").put("value", value));
    }

    String id() {
        return entity.required("id").stringValue();
    }

    ObjectNode json() {
        return entity;
    }

    EntityJson text(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : property(name, Json.fromPlain(value));
    }

    EntityJson number(String name, @Nullable Integer value) {
        return value == null ? this : property(name, Json.fromPlain(value));
    }

    EntityJson flag(String name, boolean value) {
        return property(name, Json.fromPlain(value));
    }

    EntityJson date(String name, @Nullable LocalDate value) {
        return value == null
                ? this
                : property(name, Json.object().put("@type", "Date").put("@value", value.toString()));
    }

    EntityJson texts(String name, List<String> values) {
        var array = Json.array();
        values.forEach(array::add);
        return values.isEmpty() ? this : property(name, array);
    }

    EntityJson slovene(String name, @Nullable String value) {
        return value == null ? this : languages(name, value, null);
    }

    EntityJson languages(String name, String slovene, @Nullable String english) {
        ObjectNode attribute = entity.putObject(name).put("type", "LanguageProperty");
        ObjectNode map = attribute.putObject("languageMap").put("sl", slovene);
        if (english != null) {
            map.put("en", english);
        }
        return this;
    }

    EntityJson relationship(String name, @Nullable String target) {
        if (target != null) {
            entity.putObject(name).put("type", "Relationship").put("object", target);
        }
        return this;
    }

    EntityJson json(String name, JsonNode value) {
        entity.putObject(name).put("type", "JsonProperty").set("json", value);
        return this;
    }

    EntityJson attribute(String name, JsonNode attribute) {
        entity.set(name, attribute);
        return this;
    }

    private EntityJson property(String name, JsonNode value) {
        entity.putObject(name).put("type", "Property").set("value", value);
        return this;
    }
}
