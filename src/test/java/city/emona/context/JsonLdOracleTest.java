package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.problem.Problem;
import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the reading and writing of whole entities against a general JSON-LD processor, over generated contexts with prefixes, vocabularies,
 * coercions, containers, names that are taken away, core terms defined otherwise, and contexts that name others.
 */
class JsonLdOracleTest {
    /** How many entities are compared; the property {@code emona.oracle} asks for more. Most generated contexts are no valid ones. */
    private static final int WANTED = Integer.getInteger("emona.oracle", 60);

    private static final String REMOTE = "https://contexts.example/";

    /** Names that contexts define; some of them are the core context's, which wins. */
    private static final List<String> TERMS =
            List.of("a", "b", "ab", "title2", "ex", "ex2", "č", "Room", "location", "unitCode", "ngsi-ld", "Property");

    private static final List<String> IRIS = List.of(
            "https://example.org/",
            "https://example.org/x#",
            "https://example.org/a",
            "https://example.org/ab",
            "https://uri.etsi.org/ngsi-ld/default-context/",
            "https://uri.etsi.org/ngsi-ld/default-context/a",
            "https://uri.etsi.org/ngsi-ld/other",
            "urn:thing:",
            "ex:a",
            "ex2:name",
            "ngsi-ld:b");

    private static final List<String> VOCABULARIES =
            List.of("https://vocabulary.example/", "https://vocabulary.example/terms#", "https://example.org/");

    private static final List<String> COERCIONS = List.of(
            "@id", "@vocab", "http://www.w3.org/2001/XMLSchema#double", "http://www.w3.org/2001/XMLSchema#date");

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "ab",
            "title2",
            "č",
            "Room",
            "unknown",
            "ex:q",
            "ex2:a",
            "ab:z",
            "urn:thing:x",
            "https://example.org/a",
            "https://example.org/x#y",
            "https://example.org/aq",
            "https://uri.etsi.org/ngsi-ld/default-context/a",
            "https://uri.etsi.org/ngsi-ld/default-context/zz");

    private final long seed = Long.getLong("emona.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, ObjectNode> remote = new HashMap<>();

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private ObjectNode definitions() {
        ObjectNode context = Json.object();
        if (random.nextInt(3) == 0) {
            if (random.nextInt(4) == 0) {
                context.putNull("@vocab");
            } else {
                context.put("@vocab", any(VOCABULARIES));
            }
        }
        for (String term : TERMS) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> context.put(term, any(IRIS));
                case 3 -> context.putObject(term).put("@id", any(IRIS)).put("@prefix", random.nextBoolean());
                case 4, 5 -> context.putObject(term).put("@id", any(IRIS)).put("@type", any(COERCIONS));
                case 6 -> context.putObject(term).put("@id", any(IRIS)).put("@container", "@set");
                case 7 -> context.putObject(term).put("@type", any(COERCIONS));
                case 8 -> {
                    if (random.nextInt(3) == 0) {
                        context.putNull(term);
                    }
                }
                default -> {}
            }
        }
        return context;
    }

    /** What stands under {@code @context}: an object, or an array of objects and addresses, which may lead to others. */
    private JsonNode context(int depth) {
        if (random.nextBoolean()) {
            return definitions();
        }
        ArrayNode several = Json.array();
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (depth > 0 && random.nextInt(3) == 0) {
                String url = REMOTE + remote.size();
                ObjectNode document = Json.object();
                remote.put(url, document);
                document.set("@context", context(depth - 1));
                several.add(url);
            } else {
                several.add(definitions());
            }
        }
        return several;
    }

    private ObjectNode entity() {
        ObjectNode entity = Json.object().put("id", "urn:x:1");
        ArrayNode types = entity.putArray("type");
        types.add(any(NAMES));
        if (random.nextInt(3) == 0) {
            types.add("Other");
        }
        attributes(entity, 2);
        return entity;
    }

    private void attributes(ObjectNode holder, int depth) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            String name = any(NAMES);
            ObjectNode attribute = Json.object();
            if (random.nextInt(3) == 0) {
                attribute.put("type", "VocabProperty").put("vocab", any(NAMES));
            } else {
                attribute.put("type", "Property").put("value", random.nextInt(100));
            }
            if (depth > 0 && random.nextBoolean()) {
                attributes(attribute, depth - 1);
            }
            holder.set(name, attribute);
        }
    }

    /** The names of an entity, each with what is below it: types under @type, words of a vocabulary under @vocab. */
    private static SortedMap<String, Object> names(Entity entity) {
        SortedMap<String, Object> names = new TreeMap<>();
        names.put("@type", entity.types().stream().sorted().toList());
        entity.attributes().forEach(attribute -> names.put(attribute.name(), names(attribute)));
        return names;
    }

    private static SortedMap<String, Object> names(Attribute attribute) {
        SortedMap<String, Object> names = new TreeMap<>();
        AttributeInstance instance = attribute.main();
        if (instance.type() == AttributeType.VOCAB_PROPERTY) {
            names.put("@vocab", instance.value().stringValue());
        }
        instance.attributes().forEach(below -> names.put(below.name(), names(below)));
        return names;
    }

    private SortedMap<String, Object> namesByOracle(ObjectNode document, JsonNode context) throws JsonLdError {
        ObjectNode whole = document.deepCopy();
        ArrayNode both = Json.array();
        if (context.isArray()) {
            context.forEach(both::add);
        } else {
            both.add(context);
        }
        whole.set("@context", both.add(withoutProtection()));
        JsonArray expanded = JsonLd.expand(read(whole))
                .loader((url, _) -> read(remote.getOrDefault(url.toString(), Json.object())))
                .get();
        SortedMap<String, Object> names = namesBelow(expanded.getJsonObject(0));
        names.put(
                "@type",
                expanded.getJsonObject(0).getJsonArray("@type").stream()
                        .map(type -> ((JsonString) type).getString())
                        .sorted()
                        .toList());
        return names;
    }

    private static SortedMap<String, Object> namesBelow(JsonObject node) {
        SortedMap<String, Object> names = new TreeMap<>();
        node.forEach((name, values) -> {
            if (name.equals(CoreTerms.NGSI_LD + "hasVocab")) {
                names.put("@vocab", values.asJsonArray().getJsonObject(0).getString("@id"));
            } else if (!name.startsWith("@") && !name.equals(CoreTerms.NGSI_LD + "hasValue")) {
                JsonValue first = values.asJsonArray().getFirst();
                names.put(name, namesBelow(first.asJsonObject()));
            }
        });
        return names;
    }

    /** The core context as the last one of an array; the processor would refuse to let it override as a protected one. */
    private static ObjectNode withoutProtection() {
        ObjectNode core = ((ObjectNode) CoreTerms.DOCUMENT.required("@context")).deepCopy();
        core.remove("@protected");
        return core;
    }

    private static JsonDocument read(ObjectNode json) throws JsonLdError {
        return JsonDocument.of(new StringReader(Json.text(json)));
    }

    @Test
    void readsAndWritesEntitiesAsAGeneralProcessorDoes() {
        int compared = 0;
        for (int round = 0; compared < WANTED && round < 20 * WANTED; round++) {
            remote.clear();
            JsonNode context = context(2);
            ObjectNode document = entity();
            String what = "seed %s, round %s, %s with %s and %s".formatted(seed, round, document, context, remote);
            SortedMap<String, Object> expected;
            try {
                expected = namesByOracle(document, context);
            } catch (JsonLdError | RuntimeException e) {
                // the context is wrong, or the processor stumbles over a word that was taken away
                continue;
            }
            TermTable terms = new Contexts(url -> Objects.requireNonNull(remote.get(url))).compile(context);
            Entity entity;
            try {
                entity = EntityReader.read(document, terms, 0);
            } catch (Problem problem) {
                assertThat(takesAway(document, terms) || namesSomethingTwice(document, terms))
                        .as("%s was refused: %s", what, problem.explanation())
                        .isTrue();
                continue;
            }
            assertThat(names(entity)).as(what).isEqualTo(expected);
            byte[] written = new EntityWriter(terms, Representation.NORMALIZED).write(entity);
            try {
                assertThat(namesByOracle((ObjectNode) Json.parse(written), context))
                        .as("%s, written as %s", what, new String(written, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
            } catch (JsonLdError e) {
                throw new AssertionError(what + " cannot be read back", e);
            }
            compared++;
        }
        assertThat(compared).as("seed %s", seed).isEqualTo(WANTED);
    }

    private static boolean takesAway(JsonNode document, TermTable terms) {
        return namesIn(document).stream().anyMatch(name -> {
            try {
                return terms.expand(name).startsWith("@");
            } catch (Problem _) {
                return true;
            }
        });
    }

    /** Two names of one object may lead to the same IRI; JSON-LD makes one list of them, which is no attribute. */
    private static boolean namesSomethingTwice(JsonNode document, TermTable terms) {
        List<String> here = new ArrayList<>();
        boolean below = false;
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            if (member.getValue().isObject()) {
                here.add(terms.expand(member.getKey()));
                below |= namesSomethingTwice(member.getValue(), terms);
            }
        }
        return below || here.size() != here.stream().distinct().count();
    }

    private static List<String> namesIn(JsonNode document) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            JsonNode value = member.getValue();
            if (value.isObject()) {
                names.add(member.getKey());
                names.addAll(namesIn(value));
            } else if (member.getKey().equals("vocab")) {
                names.add(value.stringValue());
            } else if (member.getKey().equals("type") && value.isArray()) {
                value.forEach(type -> names.add(type.stringValue()));
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Room\": {\"@id\": \"https://example.org/Room\", \"@context\": {\"a\": \"https://example.org/b\"}}}",
                "{\"a\": {\"@id\": \"https://example.org/a\", \"@context\": null}}",
                "[{\"a\": \"https://example.org/a\"}, {\"b\": {\"@id\": \"ex:b\", \"@context\": {}}}]"
            })
    void refusesContextsWithinDefinitionsWhichAGeneralProcessorTakes(String context) throws JsonLdError {
        ObjectNode document = Json.object().put("@id", "urn:x:1").put("https://example.org/p", 1);
        document.set("@context", Json.parse(context));
        assertThat(JsonLd.expand(read(document)).get()).isNotNull();

        assertThatThrownBy(
                        () -> new Contexts(url -> Objects.requireNonNull(remote.get(url))).compile(Json.parse(context)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("context of its own");
    }

    @Test
    void letsTheCoreContextWinWhereverItStands() {
        JsonNode context = Json.parse("""
                [{"location": "https://example.org/mine", "Property": "https://example.org/Mine", "a": "https://example.org/a"},
                 "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
                 {"value": "https://example.org/value", "unitCode": null}]""");
        TermTable terms = new Contexts(url -> Objects.requireNonNull(remote.get(url))).compile(context);
        for (String term : List.of("location", "Property", "value", "unitCode")) {
            assertThat(terms.expand(term)).isEqualTo(TermTable.core().expand(term));
            assertThat(terms.compact(TermTable.core().expand(term))).isEqualTo(term);
        }
        assertThat(terms.expand("a")).isEqualTo("https://example.org/a");
    }
}
