package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an attribute in the simplified representation (ETSI GS CIM 009 clause 4.5.4) as fragments of normalized instances. */
final class SimplifiedFragment {
    private SimplifiedFragment() {}

    /** The values by their dataset: several where the attribute is {@code {"dataset": {…}}}, otherwise one of the default instance. */
    static Map<String, JsonNode> byDataset(String name, JsonNode json) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (json.size() == 1 && json.get("dataset") instanceof ObjectNode datasets) {
            for (Map.Entry<String, JsonNode> entry : datasets.properties()) {
                String dataset = entry.getKey().equals("@none")
                        ? ""
                        : Names.requireUri(entry.getKey(), "The datasetId of " + name);
                values.put(dataset, entry.getValue());
            }
        } else {
            values.put("", json);
        }
        return values;
    }

    /** The value as the members of an instance that has a type already. */
    static ObjectNode ofPresent(String name, AttributeType present, JsonNode value) {
        AttributeType wrapped = wrapping(value);
        if (wrapped == present) {
            return (ObjectNode) value;
        }
        if (wrapped != null && present != AttributeType.PROPERTY) {
            throw Problem.badRequestData(
                    "The attribute " + name + " is a " + present.term() + " and cannot become a " + wrapped.term()
                            + ".",
                    "Delete the attribute and create it anew.");
        }
        return members(present.valueMember(), value);
    }

    /** The value as a normalized instance of the type that it shows by itself. */
    static ObjectNode ofNew(JsonNode value) {
        AttributeType wrapped = wrapping(value);
        if (wrapped != null) {
            return ((ObjectNode) value).deepCopy().put("type", wrapped.term());
        }
        AttributeType type = AttributeShape.isGeometry(value) ? AttributeType.GEO_PROPERTY : AttributeType.PROPERTY;
        return members(type.valueMember(), value).put("type", type.term());
    }

    private static ObjectNode members(String valueMember, JsonNode value) {
        ObjectNode members = Json.object();
        members.set(valueMember, value);
        return members;
    }

    /** The type whose simplified form is an object with its value member alone; null for all others. */
    private static @Nullable AttributeType wrapping(JsonNode value) {
        if (!value.isObject() || value.size() != 1) {
            return null;
        }
        String member = value.propertyNames().iterator().next();
        return switch (member) {
            case "languageMap" -> AttributeType.LANGUAGE_PROPERTY;
            case "vocab" -> AttributeType.VOCAB_PROPERTY;
            case "json" -> AttributeType.JSON_PROPERTY;
            default -> null;
        };
    }
}
