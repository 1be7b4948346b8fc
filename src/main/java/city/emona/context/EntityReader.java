package city.emona.context;

import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads entities from JSON, normalized or concise (ETSI GS CIM 009 clauses 4.5.1 and 4.5.2), and expands their names. Members that only
 * the system sets are passed over.
 */
public final class EntityReader {
    static final Set<String> SYSTEM_MEMBERS = Set.of("createdAt", "modifiedAt", "deletedAt");

    private final AttributeReader attributes;
    private final TermTable terms;

    private EntityReader(TermTable terms, long nowMillis, boolean nullAllowed) {
        this.terms = terms;
        this.attributes = new AttributeReader(terms, nowMillis, nullAllowed);
    }

    /**
     * A whole entity, created and modified now.
     *
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static Entity read(JsonNode json, TermTable terms, long nowMillis) {
        return new EntityReader(terms, nowMillis, false).entity(json, true);
    }

    /**
     * An entity fragment (clause 5.2.4): id and type may be absent (then empty), and »urn:ngsi-ld:null« orders a deletion.
     *
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static Entity readFragment(JsonNode json, TermTable terms, long nowMillis) {
        return new EntityReader(terms, nowMillis, true).entity(json, false);
    }

    /**
     * An entity that is created or updated, as it turns out: with an id and at least one type, and »urn:ngsi-ld:null« may order deletions.
     *
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static Entity readUpdate(JsonNode json, TermTable terms, long nowMillis) {
        Entity fragment = readFragment(json, terms, nowMillis);
        requirePresent(fragment.id(), fragment.types());
        return fragment;
    }

    /**
     * One attribute, with all instances that the JSON holds.
     *
     * @param name the name as the caller wrote it
     * @throws Problem of type BadRequestData when it breaks a rule of the information model
     */
    public static Attribute readAttribute(
            String name, JsonNode json, TermTable terms, long nowMillis, boolean nullAllowed) {
        return new AttributeReader(terms, nowMillis, nullAllowed).attribute(name, json);
    }

    private Entity entity(JsonNode json, boolean whole) {
        if (!json.isObject()) {
            throw Problem.badRequestData("An entity is a JSON object.", "Send an object with id and type.");
        }
        Map<String, Attribute> found = new LinkedHashMap<>();
        String id = "";
        List<String> types = List.of();
        List<String> scopes = List.of();
        long expiresAt = 0;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "id", "@id" -> id = id(value);
                case "type", "@type" -> types = types(value, terms);
                case "scope" -> scopes = scopes(value, whole);
                case "expiresAt" -> expiresAt = expiry(value, whole);
                case "@context" -> {}
                default -> {
                    if (!SYSTEM_MEMBERS.contains(name)) {
                        add(found, attributes.attribute(name, value));
                    }
                }
            }
        }
        if (whole) {
            requirePresent(id, types);
        }
        return new Entity(
                id, types, scopes, attributes.now(), attributes.now(), expiresAt, List.copyOf(found.values()));
    }

    private static long expiry(JsonNode value, boolean whole) {
        return !whole && isNull(value) ? Entity.EXPIRY_REMOVED : AttributeReader.dateTimeMillis("expiresAt", value);
    }

    private static boolean isNull(JsonNode value) {
        return value.isString() && value.stringValue().equals(AttributeInstance.NULL);
    }

    static void requirePresent(String id, List<String> types) {
        if (id.isEmpty()) {
            throw Problem.badRequestData("The entity has no id.", "Add the member id with a URI.");
        }
        if (types.isEmpty()) {
            throw Problem.badRequestData("The entity " + id + " has no type.", "Add the member type.");
        }
    }

    private static void add(Map<String, Attribute> found, Attribute attribute) {
        if (found.put(attribute.name(), attribute) != null) {
            throw Problem.badRequestData(
                    "Two members of the entity mean the same attribute " + attribute.name() + ".",
                    "Write each attribute once; several instances go into an array.");
        }
    }

    static String id(JsonNode value) {
        if (!value.isString()) {
            throw Problem.badRequestData("The entity's id is not a string.", "Use a URI.");
        }
        if (value.stringValue().equals(AttributeInstance.NULL)) {
            throw Problem.badRequestData("The entity's id is " + AttributeInstance.NULL + ".", "Use another URI.");
        }
        return Names.requireUri(value.stringValue(), "The entity's id");
    }

    static List<String> types(JsonNode value, TermTable terms) {
        if (value.isString()) {
            return List.of(type(value.stringValue(), terms));
        }
        Set<String> types = new LinkedHashSet<>();
        for (String name : strings(value, "The entity's type")) {
            types.add(type(name, terms));
        }
        return new ArrayList<>(types);
    }

    private static String type(String name, TermTable terms) {
        Names.requireName(name, "The type");
        if (name.equals("type") || name.equals("id")) {
            throw Problem.badRequestData("»" + name + "« cannot be a type.", "Name the type of the entity.");
        }
        return terms.expand(name);
    }

    private static List<String> scopes(JsonNode value, boolean whole) {
        if (!whole && isNull(value)) {
            return List.of(AttributeInstance.NULL);
        }
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : strings(value, "The scope")) {
            scopes.add(Names.requireScope(scope));
        }
        return new ArrayList<>(scopes);
    }

    static List<String> strings(@Nullable JsonNode value, String what) {
        List<String> strings = new ArrayList<>();
        if (value != null && value.isString()) {
            strings.add(value.stringValue());
        } else if (value != null && value.isArray() && !value.isEmpty()) {
            for (JsonNode item : value) {
                if (!item.isString()) {
                    throw notStrings(what);
                }
                strings.add(item.stringValue());
            }
        } else {
            throw notStrings(what);
        }
        return strings;
    }

    private static Problem notStrings(String what) {
        return Problem.badRequestData(
                what + " is neither a string nor a non-empty array of strings.", "Correct the member.");
    }
}
