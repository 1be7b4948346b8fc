package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Tells what kind of attribute a piece of JSON is: normalized when it names its type, otherwise concise (ETSI GS CIM 009 clause 4.5.20).
 *
 * @param value what stands in the value member, or the whole JSON when it has none
 * @param isObject whether the members around the value belong to the attribute
 */
record AttributeShape(AttributeType type, JsonNode value, boolean isObject) {
    private static final Map<String, AttributeType> BY_TERM = Stream.of(AttributeType.values())
            .collect(Collectors.toUnmodifiableMap(AttributeType::term, Function.identity()));

    private static final Map<String, AttributeType> BY_MEMBER = Stream.of(AttributeType.values())
            .filter(t -> t != AttributeType.GEO_PROPERTY)
            .collect(Collectors.toUnmodifiableMap(AttributeType::valueMember, Function.identity()));

    private static final Set<String> GEOMETRIES =
            Set.of("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon");

    static AttributeShape of(String name, JsonNode json) {
        if (json.isNull()) {
            throw Problem.badRequestData(
                    "The attribute " + name + " is null.",
                    "Leave it out, or send " + AttributeInstance.NULL + " in a fragment.");
        }
        if (!json.isObject()) {
            return new AttributeShape(AttributeType.PROPERTY, json, false);
        }
        JsonNode declared = json.has("type") ? json.get("type") : json.get("@type");
        AttributeType type = declared != null && declared.isString() ? BY_TERM.get(declared.stringValue()) : null;
        if (type != null) {
            return normalized(name, type, json);
        }
        if (isGeometry(json)) {
            return new AttributeShape(AttributeType.GEO_PROPERTY, json, false);
        }
        return concise(name, json, declared);
    }

    private static AttributeShape normalized(String name, AttributeType type, JsonNode json) {
        rejectOtherMembers(name, type, json);
        JsonNode value = json.get(type.valueMember());
        if (value == null) {
            throw Problem.badRequestData(
                    "The " + type.term() + " " + name + " has no member " + type.valueMember() + ".", "Add it.");
        }
        return new AttributeShape(type, value, true);
    }

    private static void rejectOtherMembers(String name, AttributeType type, JsonNode json) {
        for (String member : BY_MEMBER.keySet()) {
            if (!member.equals(type.valueMember()) && json.has(member)) {
                throw Problem.badRequestData(
                        "The " + type.term() + " " + name + " has the member " + member
                                + ", which belongs to another type.",
                        "Use " + type.valueMember() + ".");
            }
        }
    }

    private static AttributeShape concise(String name, JsonNode json, @Nullable JsonNode declared) {
        AttributeType type = null;
        for (Map.Entry<String, AttributeType> entry : BY_MEMBER.entrySet()) {
            if (json.has(entry.getKey())) {
                if (type != null) {
                    throw Problem.badRequestData(
                            "The attribute " + name + " has two value members.",
                            "Keep the one that its type asks for.");
                }
                type = entry.getValue();
            }
        }
        if (type == null) {
            return new AttributeShape(AttributeType.PROPERTY, json, false);
        }
        if (declared != null) {
            throw Problem.badRequestData(
                    "The attribute " + name + " has the type " + Json.text(declared)
                            + ", which is no type of attribute.",
                    "Use one of "
                            + String.join(
                                    ", ", BY_TERM.keySet().stream().sorted().toList()) + ".");
        }
        JsonNode value = json.required(type.valueMember());
        boolean geometry = type == AttributeType.PROPERTY && isGeometry(value);
        return new AttributeShape(geometry ? AttributeType.GEO_PROPERTY : type, value, true);
    }

    /** Whether an object is a GeoJSON geometry. */
    static boolean isGeometry(JsonNode json) {
        JsonNode type = json.get("type");
        return type != null && type.isString() && GEOMETRIES.contains(type.stringValue()) && json.has("coordinates");
    }

    /** Whether an array holds instances of one attribute rather than being the value of a concise property. */
    static boolean isInstanceArray(ArrayNode array) {
        if (array.isEmpty()) {
            return false;
        }
        for (JsonNode item : array) {
            if (!isInstance(item)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an instance is a property whose value, written concisely, would make it a GeoProperty. */
    static boolean isGeometryProperty(AttributeInstance instance) {
        return instance.type() == AttributeType.PROPERTY && isGeometry(instance.value());
    }

    /** Whether a text names a type of attribute. */
    static boolean isType(@Nullable JsonNode text) {
        return text != null && text.isString() && BY_TERM.containsKey(text.stringValue());
    }

    /** Whether an object, standing alone, is a property's value and nothing else. */
    static boolean isPlainValue(JsonNode object) {
        return !isInstance(object) && !isGeometry(object);
    }

    /** Whether an object is an instance of an attribute rather than anything else. */
    static boolean isInstance(JsonNode item) {
        if (!item.isObject()) {
            return false;
        }
        return isType(item.get("type")) || BY_MEMBER.keySet().stream().anyMatch(item::has);
    }
}
