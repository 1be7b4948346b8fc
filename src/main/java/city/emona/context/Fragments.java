package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Applies attribute fragments to attribute instances: member by member for Partial Attribute Update (ETSI GS CIM 009 clause 5.6.4), to
 * any depth for Merge Entity (clause 5.5.12, after RFC 7396). »urn:ngsi-ld:null« deletes.
 */
public final class Fragments {
    private static final Set<String> MEMBERS = Set.of(
            "type",
            "value",
            "object",
            "languageMap",
            "json",
            "valueList",
            "objectList",
            "unitCode",
            "observedAt",
            "datasetId",
            "expiresAt");
    private static final Set<String> NAME_MEMBERS = Set.of("vocab", "objectType", "valueType");
    private static final Set<String> IGNORED =
            Set.of("createdAt", "modifiedAt", "deletedAt", "instanceId", "@context", "lang", "entity", "entityList");

    private Fragments() {}

    /** How deep a fragment reaches. */
    public enum Depth {
        /** Members of the attribute are replaced as a whole. */
        MEMBER,
        /** Objects are merged to any depth. */
        ANY
    }

    /**
     * The instance that results.
     *
     * @param name the attribute's name, for errors
     * @param fragment the members to change, with the names of {@code terms}; a bare value stands for the value member
     * @return null when the fragment deletes the instance
     * @throws Problem of type BadRequestData when the fragment is malformed or would change the type of the attribute
     */
    public static @Nullable AttributeInstance apply(
            String name, AttributeInstance present, JsonNode fragment, TermTable terms, Depth depth, long nowMillis) {
        ObjectNode patch = withCoreNames(fragment, present.type(), terms);
        requireSameType(name, present, patch);
        if (deletes(patch, present.type())) {
            return null;
        }
        ObjectNode members = members(present);
        patch(members, patch, depth);
        members.put("type", present.type().term());
        AttributeInstance next = EntityReader.readAttribute(
                        "https://emona.city/ns/attribute", members, TermTable.core(), nowMillis, false)
                .main();
        return next.withCreatedAtOf(present);
    }

    /** The dataset that a fragment addresses; an empty string for the default instance. */
    public static String datasetOf(JsonNode fragment) {
        JsonNode datasetId = fragment.get("datasetId");
        return datasetId == null
                        || !datasetId.isString()
                        || datasetId.stringValue().equals("@none")
                ? ""
                : datasetId.stringValue();
    }

    private static ObjectNode members(AttributeInstance instance) {
        byte[] json = new AttributeWriter(TermTable.core(), Representation.NORMALIZED).bytes(instance);
        ObjectNode members = (ObjectNode) Json.parse(json);
        if (instance.expiresAt() != 0) {
            members.put("expiresAt", Timestamps.format(instance.expiresAt()));
        }
        return members;
    }

    /** The fragment with the names of the core context, so that they are the same as those of {@link #members}. */
    private static ObjectNode withCoreNames(JsonNode fragment, AttributeType type, TermTable terms) {
        ObjectNode patch = Json.object();
        if (!isMembers(fragment)) {
            patch.set(type.valueMember(), fragment);
            return patch;
        }
        for (Map.Entry<String, JsonNode> member : fragment.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (key.equals("@type")) {
                patch.set("type", value);
            } else if (MEMBERS.contains(key)) {
                patch.set(key, value);
            } else if (NAME_MEMBERS.contains(key)) {
                patch.set(key, namesOf(value, terms));
            } else if (!IGNORED.contains(key)) {
                Names.requireName(key, "The sub-attribute");
                patch.set(TermTable.core().compact(terms.expand(key)), subFragment(value, terms));
            }
        }
        return patch;
    }

    private static JsonNode subFragment(JsonNode value, TermTable terms) {
        return isMembers(value) ? withCoreNames(value, AttributeType.PROPERTY, terms) : value;
    }

    private static boolean isMembers(JsonNode fragment) {
        if (!fragment.isObject() || fragment.has("coordinates")) {
            return false;
        }
        JsonNode type = fragment.get("type");
        boolean typed = type != null && type.isString() && isAttributeType(type.stringValue());
        return typed
                || fragment.propertyNames().stream()
                        .anyMatch(key -> !key.equals("type") && (MEMBERS.contains(key) || NAME_MEMBERS.contains(key)));
    }

    private static boolean isAttributeType(String term) {
        for (AttributeType type : AttributeType.values()) {
            if (type.term().equals(term)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode namesOf(JsonNode value, TermTable terms) {
        if (value.isString()) {
            String name = value.stringValue();
            return name.equals(AttributeInstance.NULL) ? value : StringNode.valueOf(terms.expand(name));
        }
        var names = Json.array();
        value.forEach(name -> names.add(name.isString() ? StringNode.valueOf(terms.expand(name.stringValue())) : name));
        return names;
    }

    private static void requireSameType(String name, AttributeInstance present, ObjectNode patch) {
        JsonNode type = patch.get("type");
        if (type != null
                && !(type.isString() && type.stringValue().equals(present.type().term()))) {
            throw Problem.badRequestData(
                    "The attribute " + name + " is a " + present.type().term() + " and cannot become " + Json.text(type)
                            + ".",
                    "Delete the attribute and create it anew.");
        }
    }

    private static boolean deletes(ObjectNode patch, AttributeType type) {
        JsonNode value = patch.get(type.valueMember());
        if (value == null) {
            return false;
        }
        return isNull(value)
                || (value.isArray() && value.size() == 1 && isNull(value.get(0)))
                || (value.isObject() && value.size() == 1 && isNull(value.get("@none")));
    }

    private static boolean isNull(@Nullable JsonNode value) {
        return value != null && value.isString() && value.stringValue().equals(AttributeInstance.NULL);
    }

    private static void patch(ObjectNode target, ObjectNode patch, Depth depth) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (isNull(value)) {
                target.remove(key);
            } else if (depth == Depth.ANY && value.isObject() && target.get(key) instanceof ObjectNode object) {
                patch(object, (ObjectNode) value, depth);
            } else {
                target.set(key, depth == Depth.ANY ? withoutNulls(value) : value);
            }
        }
    }

    /** RFC 7396: what a patch orders to delete does not appear where there was nothing. */
    private static JsonNode withoutNulls(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        ObjectNode clean = Json.object();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!isNull(member.getValue())) {
                clean.set(member.getKey(), withoutNulls(member.getValue()));
            }
        }
        return clean;
    }
}
