package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads histories from JSON: normalized, concise or in the simplified temporal representation (ETSI GS CIM 009 clauses 4.5.6 to 4.5.9).
 * Members that only the system sets are passed over; an instance whose value is »urn:ngsi-ld:null« tells of a deletion.
 */
public final class EntityHistoryReader {
    private final TermTable terms;
    private final AttributeReader attributes;

    private EntityHistoryReader(TermTable terms, long nowMillis) {
        this.terms = terms;
        this.attributes = new AttributeReader(terms, nowMillis, true);
    }

    /**
     * A whole history, with an id and a type.
     *
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static EntityHistory read(JsonNode json, TermTable terms, long nowMillis) {
        EntityHistory history = readFragment(json, terms, nowMillis);
        EntityReader.requirePresent(history.id(), history.types());
        return history;
    }

    /**
     * A fragment, whose id and type may be absent.
     *
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static EntityHistory readFragment(JsonNode json, TermTable terms, long nowMillis) {
        return new EntityHistoryReader(terms, nowMillis).history(json);
    }

    /**
     * The one instance that the JSON holds, alone, in an array of one, or as the one attribute of a fragment.
     *
     * @param name the name of the attribute as the caller wrote it
     * @throws Problem of type BadRequestData when it breaks a rule of the information model, or is not one instance
     */
    public static AttributeInstance readInstance(String name, JsonNode json, TermTable terms, long nowMillis) {
        EntityHistoryReader reader = new EntityHistoryReader(terms, nowMillis);
        String iri = reader.name(name);
        JsonNode attribute = json;
        if (json.isObject() && !AttributeShape.isInstance(json)) {
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                if (!member.getKey().equals("@context")
                        && terms.expand(member.getKey()).equals(iri)) {
                    attribute = member.getValue();
                }
            }
        }
        List<AttributeInstance> instances = reader.instances(name, iri, attribute);
        if (instances.size() != 1) {
            throw Problem.badRequestData(
                    "The body has " + instances.size() + " instances of " + name + ".",
                    "Send the one that takes the place of the present one.");
        }
        return instances.getFirst();
    }

    private String name(String name) {
        return name.equals("scope") ? EntityHistory.SCOPE : attributes.expandedName(name);
    }

    private EntityHistory history(JsonNode json) {
        if (!json.isObject()) {
            throw Problem.badRequestData("A history is a JSON object.", "Send an object with attributes.");
        }
        String id = "";
        List<String> types = List.of();
        Map<String, List<AttributeInstance>> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "id", "@id" -> id = EntityReader.id(value);
                case "type", "@type" -> types = EntityReader.types(value, terms);
                case "expiresAt" -> AttributeReader.dateTimeMillis(name, value);
                case "@context" -> {}
                default -> {
                    if (!EntityReader.SYSTEM_MEMBERS.contains(name)) {
                        add(found, name, value);
                    }
                }
            }
        }
        return new EntityHistory(id, types, found);
    }

    private void add(Map<String, List<AttributeInstance>> found, String name, JsonNode value) {
        String iri = name(name);
        if (found.put(iri, instances(name, iri, value)) != null) {
            throw Problem.badRequestData(
                    "Two members of the entity mean the same attribute " + iri + ".",
                    "Write each attribute once; its instances go into an array.");
        }
    }

    private List<AttributeInstance> instances(String name, String iri, JsonNode value) {
        List<AttributeInstance> instances = new ArrayList<>();
        for (JsonNode each : isSimplifiedArray(value) ? value : Json.array().add(value)) {
            JsonNode normalized = isSimplified(each) ? normalized(name, (ObjectNode) each) : each;
            if (iri.equals(EntityHistory.SCOPE)) {
                instances.addAll(scopes(normalized));
            } else if (!normalized.isArray() || !normalized.isEmpty()) {
                instances.addAll(attributes.instances(name, iri, normalized));
            }
        }
        return instances;
    }

    private static boolean isSimplifiedArray(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.valueStream().allMatch(EntityHistoryReader::isSimplified);
    }

    private static boolean isSimplified(JsonNode value) {
        AttributeType type = declaredType(value);
        return type != null && value.has(type.valuesMember());
    }

    private static @Nullable AttributeType declaredType(JsonNode value) {
        JsonNode declared = value.get("type");
        for (AttributeType type : AttributeType.values()) {
            if (declared != null
                    && declared.isString()
                    && declared.stringValue().equals(type.term())) {
                return type;
            }
        }
        return null;
    }

    /** The simplified temporal representation of one dataset as an array of instances. */
    private static ArrayNode normalized(String name, ObjectNode simplified) {
        AttributeType type = declaredType(simplified);
        ArrayNode instances = Json.array();
        if (type == null) {
            return instances;
        }
        for (JsonNode pair : simplified.required(type.valuesMember())) {
            if (!pair.isArray() || pair.size() != 2) {
                throw Problem.badRequestData(
                        "In " + name + ", an element of " + type.valuesMember() + " is no pair of a value and a time.",
                        "Write [value, \"2026-11-23T14:05:00Z\"].");
            }
            JsonNode value = pair.get(0);
            JsonNode wrapped = value.isObject() ? value.get(type.valueMember()) : null;
            ObjectNode instance = instances.addObject().put("type", type.term());
            instance.set(type.valueMember(), wrapped == null ? value : wrapped);
            instance.set("observedAt", pair.get(1));
            if (simplified.has("datasetId")) {
                instance.set("datasetId", simplified.get("datasetId"));
            }
        }
        return instances;
    }

    /** Scopes as instances of a property: they may also stand there plainly, as in current state. */
    private List<AttributeInstance> scopes(JsonNode value) {
        boolean plain =
                value.isString() || (value.isArray() && value.valueStream().allMatch(JsonNode::isString));
        JsonNode instances = plain ? Json.object().put("type", "Property").set("value", value) : value;
        List<AttributeInstance> checked = new ArrayList<>();
        for (AttributeInstance instance : attributes.instances("scope", EntityHistory.SCOPE, instances)) {
            checked.add(instance.isNull() && !plain ? instance : instance.withValue(scopeValue(instance.value())));
        }
        return checked;
    }

    private static JsonNode scopeValue(JsonNode value) {
        List<String> scopes = EntityReader.strings(value, "The scope").stream()
                .map(Names::requireScope)
                .distinct()
                .toList();
        if (value.isString()) {
            return StringNode.valueOf(scopes.getFirst());
        }
        ArrayNode array = Json.array();
        scopes.forEach(array::add);
        return array;
    }
}
