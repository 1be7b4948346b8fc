package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TermTableTest {
    private static final String DEFAULT = "https://uri.etsi.org/ngsi-ld/default-context/";

    private final Map<String, String> documents = new HashMap<>();
    private final Contexts contexts = new Contexts(this::load);

    private JsonNode load(String url) {
        String document = documents.get(url);
        if (document == null) {
            throw new Problem(ProblemType.LD_CONTEXT_NOT_AVAILABLE, "No document at " + url + ".", "");
        }
        return Json.parse(document);
    }

    private TermTable compile(String context) {
        return contexts.compile(Json.parse(context));
    }

    @Test
    void putsUnknownTermsIntoTheDefaultVocabulary() {
        TermTable core = TermTable.core();
        assertThat(core.expand("Building")).isEqualTo(DEFAULT + "Building");
        assertThat(core.compact(DEFAULT + "Building")).isEqualTo("Building");
        assertThat(core.expand("žrtev")).isEqualTo(DEFAULT + "žrtev");
    }

    @Test
    void knowsTheTermsOfTheCoreContext() {
        TermTable core = TermTable.core();
        assertThat(core.expand("location")).isEqualTo("https://uri.etsi.org/ngsi-ld/location");
        assertThat(core.compact("https://uri.etsi.org/ngsi-ld/location")).isEqualTo("location");
        assertThat(core.expand("Point")).isEqualTo("https://purl.org/geojson/vocab#Point");
        assertThat(core.expand("ngsi-ld:x")).isEqualTo("https://uri.etsi.org/ngsi-ld/x");
    }

    @Test
    void expandsTermsPrefixesAndIris() {
        TermTable table = compile("""
                {"ex": "https://example.org/ns#", "name": "ex:name", "long": {"@id": "https://example.org/long", "@type": "@id"}}""");
        assertThat(table.expand("name")).isEqualTo("https://example.org/ns#name");
        assertThat(table.expand("ex:other")).isEqualTo("https://example.org/ns#other");
        assertThat(table.expand("long")).isEqualTo("https://example.org/long");
        assertThat(table.expand("https://example.com/x")).isEqualTo("https://example.com/x");
        assertThat(table.expand("urn:x:y")).isEqualTo("urn:x:y");
        assertThat(table.compact("https://example.org/ns#name")).isEqualTo("name");
        assertThat(table.compact("https://example.org/ns#other")).isEqualTo("ex:other");
        assertThat(table.compact("https://example.org/long")).isEqualTo("long");
        assertThat(table.compact("https://example.com/x")).isEqualTo("https://example.com/x");
    }

    @Test
    void takesAsPrefixOnlyWhatMayBeOne() {
        TermTable table = compile("""
                {"plain": "https://example.org/plain", "asked": {"@id": "https://example.org/asked", "@prefix": true},
                 "object": {"@id": "https://example.org/object/"}}""");
        assertThat(table.expand("plain:x")).isEqualTo("plain:x");
        assertThat(table.expand("asked:x")).isEqualTo("https://example.org/askedx");
        assertThat(table.expand("object:x")).isEqualTo("object:x");
        assertThat(table.compact("https://example.org/object/x")).isEqualTo("https://example.org/object/x");
    }

    @Test
    void letsTheCoreContextWin() {
        TermTable table = compile("""
                {"@vocab": "https://example.org/", "location": "https://example.org/place", "Property": "https://example.org/P",
                 "ngsi-ld": "https://example.org/other/"}""");
        assertThat(table.expand("location")).isEqualTo("https://uri.etsi.org/ngsi-ld/location");
        assertThat(table.expand("Property")).isEqualTo("https://uri.etsi.org/ngsi-ld/Property");
        assertThat(table.expand("ngsi-ld:x")).isEqualTo("https://uri.etsi.org/ngsi-ld/x");
        assertThat(table.expand("unknown")).isEqualTo(DEFAULT + "unknown");
        assertThat(table.compact("https://example.org/place")).isEqualTo("https://example.org/place");
    }

    @Test
    void givesTheVocabularyToTermsThatAreDefinedWithoutAnAddress() {
        TermTable table = compile("""
                [{"@vocab": "https://example.org/"}, {"name": {"@type": "xsd:string"}, "alias": "name"}]""");
        assertThat(table.expand("name")).isEqualTo("https://example.org/name");
        assertThat(table.expand("alias")).isEqualTo("https://example.org/name");
    }

    @Test
    void writesADefaultNameWithItsPrefixWhenTheShortNameIsTaken() {
        TermTable table = compile("""
                {"name": "https://example.org/name"}""");
        assertThat(table.compact(DEFAULT + "name")).isEqualTo("ngsi-ld:default-context/name");
        assertThat(table.expand("ngsi-ld:default-context/name")).isEqualTo(DEFAULT + "name");
        assertThat(TermTable.core().compact(DEFAULT + "location")).isEqualTo("ngsi-ld:default-context/location");
    }

    @Test
    void prefersTheShortestTermAndAmongThoseTheFirst() {
        TermTable table = compile("""
                {"longer": "https://example.org/x", "bb": "https://example.org/x", "aa": "https://example.org/x"}""");
        assertThat(table.compact("https://example.org/x")).isEqualTo("aa");
    }

    @Test
    void refusesNamesThatTheContextTookAway() {
        TermTable table = compile("""
                [{"gone": "https://example.org/gone"}, {"gone": null, "away": {"@id": null}, "is": "@type"}]""");
        for (String name : new String[] {"gone", "away", "is"}) {
            assertThatThrownBy(() -> table.expand(name))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(name);
        }
        assertThat(table.compact("https://example.org/gone")).isEqualTo("https://example.org/gone");
        assertThat(table.compact(DEFAULT + "gone")).isEqualTo("ngsi-ld:default-context/gone");
    }

    @Test
    void refusesCircularAndMalformedDefinitions() {
        for (String context : new String[] {
            "{\"a\": \"b:x\", \"b\": \"a:x\"}",
            "{\"a\": \"b\", \"b\": \"a\"}",
            "{\"a\": 1}",
            "{\"a\": {\"@id\": 1}}",
            "{\"a\": [\"https://example.org/a\"]}",
            "{\"a\": {\"@id\": \"https://example.org/a\", \"@context\": {}}}",
            "12",
            "null",
            "[null]",
            "{\"@vocab\": 3}",
            "\"not an address\"",
            "\"relative.jsonld\""
        }) {
            assertThatThrownBy(() -> compile(context))
                    .as(context)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
        }
    }

    @Test
    void letsLaterContextsOfAnArrayOverrideEarlierOnes() {
        documents.put("https://example.org/one.jsonld", """
                {"@context": {"ex": "https://one.example/", "name": "ex:name", "kept": "ex:kept"}}""");
        TermTable table = compile("""
                ["https://example.org/one.jsonld", {"name": "https://two.example/name", "second": "ex:second"}]""");
        assertThat(table.expand("name")).isEqualTo("https://two.example/name");
        assertThat(table.expand("kept")).isEqualTo("https://one.example/kept");
        assertThat(table.expand("second")).isEqualTo("https://one.example/second");
    }

    @Test
    void resolvesAddressesAgainstTheDocumentThatNamesThem() {
        documents.put("https://example.org/a/main.jsonld", """
                {"@context": ["../b/part.jsonld", "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld"]}""");
        documents.put("https://example.org/b/part.jsonld", """
                {"@context": {"name": "https://example.org/name"}}""");
        assertThat(compile("\"https://example.org/a/main.jsonld\"").expand("name"))
                .isEqualTo("https://example.org/name");
    }

    @Test
    void includesWhatAContextImports() {
        documents.put("https://example.org/base.jsonld", """
                {"@context": {"ex": "https://example.org/ns/", "name": "ex:name"}}""");
        TermTable table = compile("""
                {"@version": 1.1, "@import": "https://example.org/base.jsonld", "other": "ex:other"}""");
        assertThat(table.expand("name")).isEqualTo("https://example.org/ns/name");
        assertThat(table.expand("other")).isEqualTo("https://example.org/ns/other");
    }

    @Test
    void endsContextsThatIncludeEachOther() {
        documents.put("https://example.org/a.jsonld", "{\"@context\": \"https://example.org/b.jsonld\"}");
        documents.put("https://example.org/b.jsonld", "{\"@context\": \"https://example.org/a.jsonld\"}");
        assertThatThrownBy(() -> compile("\"https://example.org/a.jsonld\"")).isInstanceOf(Problem.class);
    }

    @Test
    void tellsWhetherAContextCannotBeHadOrIsNone() {
        documents.put("https://example.org/none.json", "{\"name\": \"x\"}");
        assertThatThrownBy(() -> compile("\"https://example.org/missing.jsonld\""))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.LD_CONTEXT_NOT_AVAILABLE));
        assertThatThrownBy(() -> compile("\"https://example.org/none.json\""))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }

    @Test
    void needsNoNetworkForTheCoreContext() {
        for (String url : new String[] {
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.3.jsonld",
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld",
            "http://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
        }) {
            assertThat(contexts.compileLink(url)).isSameAs(TermTable.core());
        }
    }

    @Test
    void namesTheContextOfTheCallerInAnswers() {
        documents.put("https://example.org/c.jsonld", "{\"@context\": {\"name\": \"https://example.org/name\"}}");
        TermTable linked = contexts.compileLink("https://example.org/c.jsonld");
        assertThat(linked.linkTarget()).isEqualTo("https://example.org/c.jsonld");
        assertThat(linked.contextMember()).isEqualTo(Json.parse("\"https://example.org/c.jsonld\""));
        TermTable inline = compile("{\"name\": \"https://example.org/name\"}");
        assertThat(inline.contextMember()).isEqualTo(Json.parse("{\"name\": \"https://example.org/name\"}"));
        assertThat(TermTable.core().linkTarget())
                .isEqualTo("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld");
    }

    @Test
    void forgetsWhatItCompiledFromAContextThatIsPublishedAnew() {
        contexts.register("https://city.example/c", Json.parse("{\"@context\": {\"a\": \"https://one.example/a\"}}"));
        documents.put("https://example.org/w.jsonld", "{\"@context\": \"https://city.example/c\"}");
        assertThat(contexts.compileLink("https://example.org/w.jsonld").expand("a"))
                .isEqualTo("https://one.example/a");
        contexts.register("https://city.example/c", Json.parse("{\"@context\": {\"a\": \"https://two.example/a\"}}"));
        assertThat(contexts.compileLink("https://city.example/c").expand("a")).isEqualTo("https://two.example/a");
        assertThat(contexts.compileLink("https://example.org/w.jsonld").expand("a"))
                .isEqualTo("https://two.example/a");
    }
}
