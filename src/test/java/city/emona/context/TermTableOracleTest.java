package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares names with those that a general JSON-LD processor gives, over generated contexts. */
class TermTableOracleTest {
    private static final List<String> TERMS = List.of("a", "b", "ab", "name", "ex", "ex2", "location", "ngsi-ld", "č");
    private static final List<String> IRIS = List.of(
            "https://example.org/",
            "https://example.org/x#",
            "https://example.org/a",
            "https://uri.etsi.org/ngsi-ld/default-context/",
            "https://uri.etsi.org/ngsi-ld/default-context/a",
            "urn:thing:",
            "ex:a",
            "ex2:name",
            "ngsi-ld:b");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private ObjectNode context() {
        ObjectNode context = Json.object();
        for (String term : TERMS) {
            switch (random.nextInt(6)) {
                case 0, 1 -> context.put(term, any(IRIS));
                case 2 -> {
                    ObjectNode definition = context.putObject(term).put("@id", any(IRIS));
                    if (random.nextBoolean()) {
                        definition.put("@prefix", random.nextBoolean());
                    }
                }
                default -> {}
            }
        }
        return context;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(TERMS);
        names.addAll(List.of("ex:q", "ex2:a", "ab:z", "name:x", "ngsi-ld:location", "unknown", "urn:thing:x"));
        names.addAll(List.of("https://example.org/a", "https://example.org/x#y", "https://example.org/aq"));
        names.add("https://uri.etsi.org/ngsi-ld/default-context/a");
        names.add("https://uri.etsi.org/ngsi-ld/default-context/zz");
        return names;
    }

    @Test
    void agreesWithAGeneralProcessor() throws JsonLdError {
        int compared = 0;
        for (int round = 0; round < 25; round++) {
            ObjectNode context = context();
            String text = Json.text(context);
            ArrayNode both = Json.array().add(context).add(withoutProtection());
            TermTable table;
            List<String> expanded;
            try {
                expanded = expandedByOracle(both);
            } catch (JsonLdError e) {
                continue;
            }
            table = new Contexts(url -> Json.object()).compile(context);
            List<String> names = names();
            List<String> compacted = compactedByOracle(expanded, both);
            for (int i = 0; i < names.size(); i++) {
                assertThat(table.expand(names.get(i)))
                        .as("seed %s, %s expanded with %s", seed, names.get(i), text)
                        .isEqualTo(expanded.get(i));
                String compact = table.compact(expanded.get(i));
                if (!hasSeveralNames(table, expanded.get(i))) {
                    assertThat(compact)
                            .as("seed %s, %s compacted with %s", seed, expanded.get(i), text)
                            .isEqualTo(compacted.get(i));
                }
                assertThat(table.expand(compact))
                        .as("seed %s, there and back with %s", seed, text)
                        .isEqualTo(expanded.get(i));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(80);
    }

    /** Among several terms or prefixes the processor does not always choose as the standard has it. */
    private static boolean hasSeveralNames(TermTable table, String iri) {
        return TERMS.stream().filter(term -> iri.startsWith(table.expand(term))).count() > 1;
    }

    /** The core context as the last one of an array; the processor would refuse to let it override as a protected one. */
    private static ObjectNode withoutProtection() {
        ObjectNode core = ((ObjectNode) CoreTerms.DOCUMENT.required("@context")).deepCopy();
        core.remove("@protected");
        return core;
    }

    private List<String> expandedByOracle(ArrayNode context) throws JsonLdError {
        ObjectNode document = Json.object();
        document.set("@context", context);
        ArrayNode types = document.putArray("@type");
        names().forEach(types::add);
        JsonObject result = JsonLd.expand(document(document)).get().getJsonObject(0);
        return result.getJsonArray("@type").stream()
                .map(TermTableOracleTest::text)
                .toList();
    }

    private static List<String> compactedByOracle(List<String> iris, ArrayNode context) throws JsonLdError {
        ObjectNode document = Json.object();
        ArrayNode types = document.putArray("@type");
        iris.forEach(types::add);
        ObjectNode holder = Json.object();
        holder.set("@context", context);
        JsonObject result = JsonLd.compact(document(document), document(holder)).get();
        return result.getJsonArray("type").stream()
                .map(TermTableOracleTest::text)
                .toList();
    }

    private static String text(JsonValue value) {
        return ((jakarta.json.JsonString) value).getString();
    }

    private static JsonDocument document(ObjectNode json) throws JsonLdError {
        return JsonDocument.of(new StringReader(Json.text(json)));
    }
}
