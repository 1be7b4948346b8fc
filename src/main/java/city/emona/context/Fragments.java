package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final TermTable terms;
    private final long now;
    private final boolean deep;
    private final MergeOptions options;

    private Fragments(TermTable terms, long now, boolean deep, MergeOptions options) {
        this.terms = terms;
        this.now = now;
        this.deep = deep;
        this.options = options;
    }

    /**
     * One instance of an attribute with the members of a fragment in the place of its own.
     *
     * @param name the attribute's name, as the caller wrote it
     * @param fragment the members to change, with the names of {@code terms}; a bare value stands for the value member
     * @return null when the fragment deletes the instance
     * @throws Problem of type BadRequestData when the fragment is malformed or would change the type of the attribute
     */
    public static @Nullable AttributeInstance update(
            String name, AttributeInstance present, JsonNode fragment, TermTable terms, long nowMillis) {
        return new Fragments(terms, nowMillis, false, MergeOptions.NONE).applied(name, present, fragment);
    }

    /**
     * An attribute with a fragment merged into it, to any depth. The fragment is one instance or an array of them; simplified, it is a
     * value or the values of several datasets.
     *
     * @param name the attribute's name, as the caller wrote it
     * @return empty when no instance is left
     * @throws Problem of type BadRequestData when the fragment is malformed or would change the type of the attribute
     */
    public static Optional<Attribute> merge(
            String name,
            Optional<Attribute> present,
            JsonNode fragment,
            TermTable terms,
            MergeOptions options,
            long nowMillis) {
        return new Fragments(terms, nowMillis, true, options).merged(name, present, fragment);
    }

    /**
     * The dataset that a fragment addresses; an empty string for the default instance.
     *
     * @throws Problem of type BadRequestData when it is no dataset
     */
    public static String datasetOf(String name, JsonNode fragment) {
        JsonNode datasetId = fragment.get("datasetId");
        return datasetId == null ? "" : AttributeReader.datasetId(name, datasetId);
    }

    private Optional<Attribute> merged(String name, Optional<Attribute> present, JsonNode fragment) {
        String iri = terms.expand(Names.requireName(name, "The attribute"));
        if (isNull(fragment)) {
            return Optional.empty();
        }
        Map<String, AttributeInstance> instances = new LinkedHashMap<>();
        present.ifPresent(a -> a.instances().forEach(i -> instances.put(i.datasetId(), i)));
        if (options.simplified()) {
            SimplifiedFragment.byDataset(name, fragment)
                    .forEach((dataset, value) -> mergeSimplified(name, instances, dataset, value));
        } else {
            for (JsonNode part : parts(fragment)) {
                String dataset = datasetOf(name, part);
                AttributeInstance before = instances.get(dataset);
                put(instances, dataset, before == null ? created(name, part) : applied(name, before, part));
            }
        }
        return instances.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attribute(iri, List.copyOf(instances.values())));
    }

    private void mergeSimplified(
            String name, Map<String, AttributeInstance> instances, String dataset, JsonNode value) {
        AttributeInstance before = instances.get(dataset);
        if (isNull(value)) {
            instances.remove(dataset);
        } else if (before != null) {
            instances.put(
                    dataset,
                    changed(
                            name,
                            before,
                            ofLanguage(before, value)
                                    .orElseGet(() -> SimplifiedFragment.ofPresent(name, before.type(), value))));
        } else {
            ObjectNode members = SimplifiedFragment.ofNew(value);
            if (!dataset.isEmpty()) {
                members.put("datasetId", dataset);
            }
            put(instances, dataset, created(name, members));
        }
    }

    private static void put(
            Map<String, AttributeInstance> instances, String dataset, @Nullable AttributeInstance next) {
        if (next == null) {
            instances.remove(dataset);
        } else {
            instances.put(dataset, next);
        }
    }

    /** What a bare text says of a map of languages, where the request names the language of its texts. */
    private Optional<ObjectNode> ofLanguage(AttributeInstance present, JsonNode text) {
        String language = options.language();
        boolean isText = text.isString()
                || (text.isArray() && !text.isEmpty() && text.get(0).isString());
        if (language == null || present.type() != AttributeType.LANGUAGE_PROPERTY || !isText) {
            return Optional.empty();
        }
        String key = present.value().propertyNames().stream()
                .filter(language::equalsIgnoreCase)
                .findFirst()
                .orElse(language);
        ObjectNode members = Json.object();
        members.putObject("languageMap").set(key, text);
        return Optional.of(members);
    }

    /** The fragments of the single instances. */
    private static Iterable<JsonNode> parts(JsonNode fragment) {
        boolean several = fragment.isArray() && !fragment.isEmpty();
        for (JsonNode item : fragment) {
            several = several && (isInstance(item) || item.has("datasetId"));
        }
        return several ? fragment : List.of(fragment);
    }

    private static boolean isInstance(JsonNode object) {
        if (!object.isObject()) {
            return false;
        }
        if (AttributeShape.isType(object.get("type"))) {
            return true;
        }
        for (AttributeType type : AttributeType.values()) {
            if (object.has(type.valueMember())) {
                return true;
            }
        }
        return false;
    }

    private @Nullable AttributeInstance created(String name, JsonNode part) {
        if (part.isObject()) {
            for (AttributeType type : AttributeType.values()) {
                if (isNullValue(part.get(type.valueMember()))) {
                    return null;
                }
            }
        }
        return new AttributeReader(terms, now, false)
                .attribute(name, withoutNulls(part))
                .main();
    }

    private @Nullable AttributeInstance applied(String name, AttributeInstance present, JsonNode fragment) {
        if (isNull(fragment)) {
            return null;
        }
        ObjectNode patch = isMembers(fragment, present.type())
                ? withLanguage(present, (ObjectNode) fragment)
                : ofLanguage(present, fragment)
                        .orElseGet(() -> Json.object().set(present.type().valueMember(), fragment));
        requireSameType(name, present, patch);
        if (isNullValue(patch.get(present.type().valueMember()))) {
            return null;
        }
        return changed(name, present, patch);
    }

    /** A fragment whose map of languages is a text, with that text in the map. */
    private ObjectNode withLanguage(AttributeInstance present, ObjectNode fragment) {
        JsonNode value = fragment.has("languageMap") ? fragment.get("languageMap") : fragment.get("value");
        if (value == null || isNull(value)) {
            return fragment;
        }
        return ofLanguage(present, value)
                .map(map -> {
                    ObjectNode changed = fragment.deepCopy();
                    changed.remove("value");
                    changed.setAll(map);
                    return changed;
                })
                .orElse(fragment);
    }

    private AttributeInstance changed(String name, AttributeInstance present, ObjectNode patch) {
        ObjectNode members = members(present);
        Map<String, Attribute> subAttributes = new LinkedHashMap<>();
        present.attributes().forEach(a -> subAttributes.put(a.name(), a));
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String key = member.getKey();
            if (MEMBERS.contains(key)) {
                put(members, key, member.getValue());
            } else if (NAME_MEMBERS.contains(key)) {
                put(members, key, namesOf(member.getValue()));
            } else if (!IGNORED.contains(key) && !key.equals("@type")) {
                applySubAttribute(subAttributes, key, member.getValue());
            }
        }
        members.put("type", present.type().term());
        if (options.observedAt() != null && present.observedAt() != null && !patch.has("observedAt")) {
            members.put("observedAt", options.observedAt());
        }
        AttributeInstance next = new AttributeReader(TermTable.core(), now, false)
                .attribute(name, TermTable.core().expand("ngsi-ld:fragment"), members)
                .main();
        return next.withAttributes(List.copyOf(subAttributes.values())).withCreatedAtOf(present);
    }

    private void applySubAttribute(Map<String, Attribute> present, String name, JsonNode fragment) {
        String iri = terms.expand(Names.requireName(name, "The sub-attribute"));
        Optional<Attribute> before = Optional.ofNullable(present.get(iri));
        Optional<Attribute> after = deep ? merged(name, before, fragment) : replaced(name, before, fragment);
        after.ifPresentOrElse(a -> present.put(iri, a), () -> present.remove(iri));
    }

    private Optional<Attribute> replaced(String name, Optional<Attribute> before, JsonNode fragment) {
        Attribute next = new AttributeReader(terms, now, true).attribute(name, fragment);
        if (next.instances().stream().allMatch(AttributeInstance::isNull)) {
            return Optional.empty();
        }
        return Optional.of(before.map(next::withCreatedAtOf).orElse(next));
    }

    /** The members of an instance but for its sub-attributes, with the names of the core context. */
    private static ObjectNode members(AttributeInstance instance) {
        byte[] json = new AttributeWriter(TermTable.core(), Representation.NORMALIZED)
                .bytes(instance.withAttributes(List.of()));
        ObjectNode members = (ObjectNode) Json.parse(json);
        if (instance.expiresAt() != 0) {
            members.put("expiresAt", Timestamps.format(instance.expiresAt()));
        }
        return members;
    }

    /** Whether a fragment names members of the attribute, rather than being its value. */
    private static boolean isMembers(JsonNode fragment, AttributeType type) {
        if (!fragment.isObject() || fragment.has("coordinates")) {
            return false;
        }
        boolean named = AttributeShape.isType(fragment.get("type"))
                || fragment.propertyNames().stream()
                        .anyMatch(key -> !key.equals("type") && (MEMBERS.contains(key) || NAME_MEMBERS.contains(key)));
        return named
                || type != AttributeType.PROPERTY
                || fragment.properties().stream().allMatch(m -> isNull(m.getValue()) || isInstance(m.getValue()));
    }

    private JsonNode namesOf(JsonNode value) {
        if (value.isString()) {
            String name = value.stringValue();
            return name.equals(AttributeInstance.NULL) ? value : StringNode.valueOf(terms.expand(name));
        }
        var names = Json.array();
        value.forEach(name -> names.add(name.isString() ? StringNode.valueOf(terms.expand(name.stringValue())) : name));
        return names;
    }

    private static void requireSameType(String name, AttributeInstance present, ObjectNode patch) {
        JsonNode type = patch.has("type") ? patch.get("type") : patch.get("@type");
        if (type != null
                && !(type.isString() && type.stringValue().equals(present.type().term()))) {
            throw Problem.badRequestData(
                    "The attribute " + name + " is a " + present.type().term() + " and cannot become " + Json.text(type)
                            + ".",
                    "Delete the attribute and create it anew.");
        }
    }

    /** Whether a value member orders to delete the instance. */
    private static boolean isNullValue(@Nullable JsonNode value) {
        return value != null
                && (isNull(value)
                        || (value.isArray() && value.size() == 1 && isNull(value.get(0)))
                        || (value.isObject() && value.size() == 1 && isNull(value.get("@none"))));
    }

    private static boolean isNull(@Nullable JsonNode value) {
        return value != null && value.isString() && value.stringValue().equals(AttributeInstance.NULL);
    }

    private void put(ObjectNode target, String key, JsonNode value) {
        if (isNull(value)) {
            target.remove(key);
        } else if (deep && value instanceof ObjectNode patch && target.get(key) instanceof ObjectNode object) {
            patch.properties().forEach(member -> put(object, member.getKey(), member.getValue()));
        } else {
            target.set(key, deep ? withoutNulls(value) : value);
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
