package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** Reads attributes and their instances; see {@link EntityReader}. */
final class AttributeReader {
    private static final Set<String> PASSED_OVER = Set.of(
            "type", "@type", "createdAt", "modifiedAt", "deletedAt", "instanceId", "lang", "entity", "entityList");

    /** Members of the proof alone, written as bare strings (clause 4.5.2.2). */
    static final Set<String> SEALED = Set.of("entityIdSealed", "entityTypeSealed");

    private static final String PROOF = CoreTerms.NGSI_LD + "ngsildproof";
    private static final Set<String> GEO_PROPERTIES = Set.of(
            CoreTerms.NGSI_LD + "location",
            CoreTerms.NGSI_LD + "observationSpace",
            CoreTerms.NGSI_LD + "operationSpace");

    private final TermTable terms;
    private final long now;
    private final boolean nullAllowed;

    AttributeReader(TermTable terms, long now, boolean nullAllowed) {
        this.terms = terms;
        this.now = now;
        this.nullAllowed = nullAllowed;
    }

    long now() {
        return now;
    }

    Attribute attribute(String name, JsonNode json) {
        return attribute(name, expandedName(name), json);
    }

    /** The expanded name of an attribute, where it can be one. */
    String expandedName(String name) {
        Names.requireName(name, "The attribute");
        if (CoreTerms.NOT_REIFIED.contains(name)) {
            throw Problem.badRequestData(
                    "»" + name + "« cannot be the name of an attribute: it is a member of the core model.",
                    "Choose another name.");
        }
        return terms.expand(name);
    }

    /** An attribute whose name is expanded already; {@code name} is what errors call it. */
    Attribute attribute(String name, String iri, JsonNode json) {
        List<AttributeInstance> instances = instances(name, iri, json);
        if (instances.size() > 1) {
            requireDistinctDatasets(name, instances);
        }
        return new Attribute(iri, instances);
    }

    /** All instances that the JSON holds; several may be of the same dataset. */
    List<AttributeInstance> instances(String name, String iri, JsonNode json) {
        if (!(json instanceof ArrayNode array) || !AttributeShape.isInstanceArray(array)) {
            return List.of(instance(name, iri, json));
        }
        List<AttributeInstance> instances = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            instances.add(instance(name, iri, item));
        }
        return instances;
    }

    private static void requireDistinctDatasets(String name, List<AttributeInstance> instances) {
        Set<String> datasets = new HashSet<>();
        for (AttributeInstance instance : instances) {
            if (!datasets.add(instance.datasetId())) {
                throw Problem.badRequestData(
                        "The attribute " + name + " has two instances of "
                                + (instance.isDefault() ? "the default dataset" : "the dataset " + instance.datasetId())
                                + ".",
                        "Give each instance a datasetId of its own.");
            }
        }
    }

    private AttributeInstance instance(String name, String iri, JsonNode json) {
        AttributeShape shape = AttributeShape.of(name, json);
        requireKind(name, iri, shape);
        if (!shape.isObject()) {
            return plain(shape.type(), checkedValue(name, shape.type(), shape.value()));
        }
        String datasetId = "";
        String observedAt = null;
        String unitCode = null;
        JsonNode qualifierType = null;
        long expiresAt = 0;
        List<Attribute> subAttributes = List.of();
        AttributeType type = shape.type();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            switch (key) {
                case "datasetId" -> datasetId = datasetId(name, value);
                case "observedAt" -> observedAt = dateTime(key, value);
                case "expiresAt" -> expiresAt = dateTimeMillis(key, value);
                case "unitCode" -> unitCode = unitCode(name, type, value);
                case "objectType", "valueType" -> qualifierType = qualifierType(name, type, key, value);
                case "@context" ->
                    throw Problem.badRequestData(
                            "The attribute " + name + " carries an @context of its own.",
                            "Name one for the whole body.");
                default -> {
                    if (!key.equals(type.valueMember()) && !PASSED_OVER.contains(key)) {
                        subAttributes = subAttributes.isEmpty() ? new ArrayList<>(4) : subAttributes;
                        boolean isSealed = SEALED.contains(key) && iri.equals(PROOF);
                        addSubAttribute(subAttributes, isSealed ? sealed(key, value) : attribute(key, value));
                    }
                }
            }
        }
        return new AttributeInstance(
                type,
                checkedValue(name, type, shape.value()),
                datasetId,
                observedAt,
                unitCode,
                qualifierType,
                now,
                now,
                expiresAt,
                subAttributes);
    }

    private static void requireKind(String name, String iri, AttributeShape shape) {
        if (GEO_PROPERTIES.contains(iri) && shape.type() != AttributeType.GEO_PROPERTY && !isNullOrder(shape)) {
            throw Problem.badRequestData(
                    "The attribute " + name + " is a " + shape.type().term() + ", but it can only be a GeoProperty.",
                    "Give it a GeoJSON geometry.");
        }
        if (iri.equals(PROOF) && !shape.value().isObject() && !isNullOrder(shape)) {
            throw Problem.badRequestData("The value of " + name + " is no object.", "Use the structure of a proof.");
        }
    }

    private Attribute sealed(String key, JsonNode value) {
        require(value.isString(), key, "is no string", "Use a string.");
        AttributeInstance instance = key.equals("entityTypeSealed")
                ? plain(AttributeType.VOCAB_PROPERTY, StringNode.valueOf(terms.expand(value.stringValue())))
                : plain(AttributeType.PROPERTY, value);
        return new Attribute(CoreTerms.NGSI_LD + key, List.of(instance));
    }

    private AttributeInstance plain(AttributeType type, JsonNode value) {
        return new AttributeInstance(type, value, "", null, null, null, now, now, 0, List.of());
    }

    private static void addSubAttribute(List<Attribute> present, Attribute attribute) {
        if (present.stream().anyMatch(a -> a.name().equals(attribute.name()))) {
            throw Problem.badRequestData(
                    "Two members mean the same sub-attribute " + attribute.name() + ".", "Write it once.");
        }
        present.add(attribute);
    }

    private JsonNode checkedValue(String name, AttributeType type, JsonNode value) {
        if (isNullOrder(type, value)) {
            if (!nullAllowed) {
                throw Problem.badRequestData(
                        "The attribute " + name + " is " + AttributeInstance.NULL + ", which only a fragment may hold.",
                        "Leave the attribute out, or delete it.");
            }
            return type == AttributeType.LANGUAGE_PROPERTY && value.isString()
                    ? Json.object().put("@none", AttributeInstance.NULL)
                    : value;
        }
        return switch (type) {
            case PROPERTY -> property(name, value);
            case RELATIONSHIP -> relationship(name, value);
            case GEO_PROPERTY -> Geometries.check(name, value);
            case LANGUAGE_PROPERTY -> languageMap(name, value);
            case VOCAB_PROPERTY -> vocab(name, value);
            case LIST_PROPERTY -> {
                require(value.isArray(), name, "has a valueList that is no array", "Use an array.");
                yield value;
            }
            case LIST_RELATIONSHIP -> objectList(name, value);
            case JSON_PROPERTY -> {
                require(value.isContainer(), name, "has a json that is neither object nor array", "Use one of them.");
                yield value;
            }
        };
    }

    private static boolean isNullOrder(AttributeShape shape) {
        return isNullOrder(shape.type(), shape.value());
    }

    private static boolean isNullOrder(AttributeType type, JsonNode value) {
        return value.isString()
                ? value.stringValue().equals(AttributeInstance.NULL)
                : AttributeInstance.isNull(type, value);
    }

    private JsonNode property(String name, JsonNode value) {
        require(
                !value.isNull(),
                name,
                "has the value null",
                "Leave it out, or write null as {\"@type\":\"@json\",\"@value\":null}.");
        if (containsNullOrder(value)) {
            throw Problem.badRequestData(
                    "The value of " + name + " contains " + AttributeInstance.NULL + ".", "Leave the member out.");
        }
        return value;
    }

    private static boolean containsNullOrder(JsonNode value) {
        if (value.isString()) {
            return value.stringValue().equals(AttributeInstance.NULL);
        }
        for (JsonNode item : value) {
            if (containsNullOrder(item)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode relationship(String name, JsonNode value) {
        if (value.isString() && Names.isUri(value.stringValue())) {
            return value;
        }
        for (String target : EntityReader.strings(value, "The object of " + name)) {
            Names.requireUri(target, "The object of " + name);
        }
        return value;
    }

    private static JsonNode languageMap(String name, JsonNode value) {
        require(value.isObject(), name, "has a languageMap that is no object", "Use {\"sl\": …, \"en\": …}.");
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            require(
                    LANGUAGE_TAG.matcher(entry.getKey()).matches(),
                    name,
                    "has the key »" + entry.getKey() + "«, which is no language tag",
                    "Use tags of RFC 5646, or @none.");
            EntityReader.strings(entry.getValue(), "The text of " + name + " in " + entry.getKey());
        }
        return value;
    }

    private static final Pattern LANGUAGE_TAG = Pattern.compile("@none|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    private JsonNode vocab(String name, JsonNode value) {
        List<String> words = EntityReader.strings(value, "The vocab of " + name);
        if (value.isString()) {
            return StringNode.valueOf(terms.expand(words.getFirst()));
        }
        ArrayNode expanded = Json.array();
        words.forEach(word -> expanded.add(terms.expand(word)));
        return expanded;
    }

    private static JsonNode objectList(String name, JsonNode value) {
        require(value.isArray(), name, "has an objectList that is no array", "Use an array.");
        ArrayNode targets = Json.array();
        for (JsonNode item : value) {
            JsonNode target = item.isObject() ? item.get("object") : item;
            require(
                    target != null && target.isString(),
                    name,
                    "has an objectList with an item that names no object",
                    "Write each item as {\"object\": \"urn:…\"}.");
            targets.add(Names.requireUri(target.stringValue(), "An object of " + name));
        }
        return targets;
    }

    private JsonNode qualifierType(String name, AttributeType type, String key, JsonNode value) {
        if (type == AttributeType.LANGUAGE_PROPERTY) {
            require(
                    value.isString() && value.stringValue().equals("langString"),
                    name,
                    "is a LanguageProperty with another valueType than langString",
                    "Leave it out.");
        }
        List<String> names = EntityReader.strings(value, "The member " + key);
        if (value.isString()) {
            return StringNode.valueOf(terms.expand(names.getFirst()));
        }
        ArrayNode expanded = Json.array();
        names.forEach(each -> expanded.add(terms.expand(each)));
        return expanded;
    }

    static String datasetId(String name, JsonNode value) {
        require(value.isString(), name, "has a datasetId that is no string", "Use a URI.");
        String text = value.stringValue();
        require(!text.equals(AttributeInstance.NULL), name, "has a datasetId that is null", "A datasetId stays.");
        return text.equals("@none") ? "" : Names.requireUri(text, "The datasetId of " + name);
    }

    private static String unitCode(String name, AttributeType type, JsonNode value) {
        require(value.isString(), name, "has a unitCode that is no string", "Use a UN/CEFACT code, for example CEL.");
        boolean fits = type == AttributeType.PROPERTY
                || type == AttributeType.LIST_PROPERTY
                || type == AttributeType.GEO_PROPERTY;
        require(fits, name, "is a " + type.term() + " and cannot have a unitCode", "Leave it out.");
        return value.stringValue();
    }

    static long dateTimeMillis(String member, JsonNode value) {
        OptionalLong millis = value.isString() ? Timestamps.parse(value.stringValue()) : OptionalLong.empty();
        return millis.orElseThrow(() -> notDateTime(member, value));
    }

    private static @Nullable String dateTime(String member, JsonNode value) {
        if (!value.isString() || !Timestamps.isPlain(value.stringValue())) {
            dateTimeMillis(member, value);
        }
        return value.stringValue();
    }

    private static Problem notDateTime(String member, JsonNode value) {
        return Problem.badRequestData(
                "The member " + member + " holds " + Json.text(value) + ", which is no date-time.",
                "Use UTC, for example 2026-11-23T14:05:00Z.");
    }

    private static void require(boolean condition, String attribute, String what, String remedy) {
        if (!condition) {
            throw Problem.badRequestData("The attribute " + attribute + " " + what + ".", remedy);
        }
    }
}
