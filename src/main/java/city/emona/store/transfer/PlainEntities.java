package city.emona.store.transfer;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Entities and instances as JSON with expanded names and with all that is known of them; times as date-times. */
final class PlainEntities {
    private PlainEntities() {}

    static void put(ObjectNode json, Entity entity) {
        json.put("id", entity.id());
        texts(json.putArray("types"), entity.types());
        if (!entity.scopes().isEmpty()) {
            texts(json.putArray("scopes"), entity.scopes());
        }
        putTimes(json, entity.createdAt(), entity.modifiedAt(), entity.expiresAt());
        json.set("attributes", attributes(entity.attributes()));
    }

    static Entity entity(JsonNode json) {
        return new Entity(
                text(json, "id"),
                texts(json.path("types")),
                texts(json.path("scopes")),
                time(json, "createdAt"),
                time(json, "modifiedAt"),
                time(json, "expiresAt"),
                attributes(json.path("attributes")));
    }

    private static ArrayNode attributes(List<Attribute> attributes) {
        ArrayNode list = Json.array();
        for (Attribute attribute : attributes) {
            ArrayNode instances = list.addObject().put("name", attribute.name()).putArray("instances");
            attribute.instances().forEach(instance -> put(instances.addObject(), instance));
        }
        return list;
    }

    private static List<Attribute> attributes(JsonNode list) {
        List<Attribute> attributes = new ArrayList<>();
        for (JsonNode one : list) {
            List<AttributeInstance> instances = new ArrayList<>();
            one.path("instances").forEach(instance -> instances.add(instance(instance)));
            attributes.add(new Attribute(text(one, "name"), instances));
        }
        return attributes;
    }

    static void put(ObjectNode json, AttributeInstance instance) {
        json.put("type", instance.type().term());
        json.set("value", instance.value());
        if (!instance.datasetId().isEmpty()) {
            json.put("datasetId", instance.datasetId());
        }
        if (instance.observedAt() != null) {
            json.put("observedAt", instance.observedAt());
        }
        if (instance.unitCode() != null) {
            json.put("unitCode", instance.unitCode());
        }
        if (instance.qualifierType() != null) {
            json.set("qualifierType", instance.qualifierType());
        }
        putTimes(json, instance.createdAt(), instance.modifiedAt(), instance.expiresAt());
        if (!instance.attributes().isEmpty()) {
            json.set("attributes", attributes(instance.attributes()));
        }
    }

    static AttributeInstance instance(JsonNode json) {
        String term = text(json, "type");
        AttributeType type = Arrays.stream(AttributeType.values())
                .filter(one -> one.term().equals(term))
                .findFirst()
                .orElseThrow(() -> wrong("the type of attribute »" + term + "« is not known"));
        JsonNode value = json.get("value");
        if (value == null) {
            throw wrong("an instance has no value");
        }
        return new AttributeInstance(
                type,
                value,
                json.path("datasetId").asString(""),
                optionalText(json, "observedAt"),
                optionalText(json, "unitCode"),
                json.get("qualifierType"),
                time(json, "createdAt"),
                time(json, "modifiedAt"),
                time(json, "expiresAt"),
                attributes(json.path("attributes")));
    }

    private static void putTimes(ObjectNode json, long createdAt, long modifiedAt, long expiresAt) {
        putTime(json, "createdAt", createdAt);
        putTime(json, "modifiedAt", modifiedAt);
        putTime(json, "expiresAt", expiresAt);
    }

    static void putTime(ObjectNode json, String member, long millis) {
        if (millis != 0) {
            json.put(member, Timestamps.format(millis));
        }
    }

    /** A time in epoch milliseconds; 0 where there is none. */
    static long time(JsonNode json, String member) {
        JsonNode text = json.path(member);
        if (text.isMissingNode()) {
            return 0;
        }
        return Timestamps.parse(text.asString(""))
                .orElseThrow(() -> wrong("»" + text.asString("") + "« is no date-time"));
    }

    static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    static String text(JsonNode json, String member) {
        JsonNode text = json.path(member);
        if (!text.isString()) {
            throw wrong("the member " + member + " is missing");
        }
        return text.stringValue();
    }

    private static @Nullable String optionalText(JsonNode json, String member) {
        JsonNode text = json.path(member);
        return text.isString() ? text.stringValue() : null;
    }

    static Problem wrong(String what) {
        return Problem.invalidRequest("A line of the export is not right: " + what + ".", "Export again.");
    }
}
