package city.emona.vertical.mapping;

import city.emona.context.AttributeType;
import city.emona.json.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The simplified representation (ETSI GS CIM 009 clause 4.5.4) of an entity in JSON, without expanding its names. */
final class Simplified {
    private static final Set<String> KEPT = Set.of("id", "type", "scope");

    private Simplified() {}

    static ObjectNode of(ObjectNode entity) {
        ObjectNode simplified = Json.object();
        entity.properties().forEach(member -> {
            String name = member.getKey();
            if (!name.equals("@context")) {
                simplified.set(name, KEPT.contains(name) ? member.getValue() : value(member.getValue()));
            }
        });
        return simplified;
    }

    private static JsonNode value(JsonNode attribute) {
        if (attribute instanceof ArrayNode instances
                && !instances.isEmpty()
                && instances.valueStream().allMatch(Simplified::isAttribute)) {
            return value(instances.get(0));
        }
        if (attribute.isObject()) {
            for (AttributeType type : AttributeType.values()) {
                JsonNode value = attribute.get(type.valueMember());
                if (value != null) {
                    return value;
                }
            }
        }
        return attribute;
    }

    private static boolean isAttribute(JsonNode node) {
        if (!node.isObject()) {
            return false;
        }
        for (AttributeType type : AttributeType.values()) {
            if (node.has(type.valueMember())) {
                return true;
            }
        }
        return false;
    }
}
