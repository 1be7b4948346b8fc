package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityReaderTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String DEFAULT = "https://uri.etsi.org/ngsi-ld/default-context/";

    private static Entity read(String json) {
        return EntityReader.read(Json.parse(json), TermTable.core(), NOW);
    }

    private static AttributeInstance attribute(String json) {
        return read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":" + json + "}")
                .findAttribute(DEFAULT + "a")
                .orElseThrow()
                .main();
    }

    private static void refuses(String entity) {
        assertThatThrownBy(() -> read(entity))
                .as(entity)
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }

    @Test
    void readsWhatAnEntityIs() {
        Entity entity = read("""
                {"@id": "urn:x:1", "@type": ["A", "B", "A"], "scope": ["/Ljubljana/Center", "Bežigrad"],
                 "createdAt": "ignored", "modifiedAt": 7, "expiresAt": "2100-01-01T00:00:00Z", "@context": {}}""");
        assertThat(entity.id()).isEqualTo("urn:x:1");
        assertThat(entity.types()).containsExactly(DEFAULT + "A", DEFAULT + "B");
        assertThat(entity.scopes()).containsExactly("/Ljubljana/Center", "/Bežigrad");
        assertThat(entity.createdAt()).isEqualTo(NOW);
        assertThat(entity.modifiedAt()).isEqualTo(NOW);
        assertThat(entity.expiresAt()).isEqualTo(4_102_444_800_000L);
        assertThat(entity.attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROPERTY          | {"type":"Property","value":1}                                              | 1
            PROPERTY          | {"value":{"x":[1,null]}}                                                   | {"x":[1,null]}
            PROPERTY          | 12.50                                                                      | 12.50
            PROPERTY          | [1,"a"]                                                                    | [1,"a"]
            PROPERTY          | {"x":1}                                                                    | {"x":1}
            PROPERTY          | {"type":"Whatever","x":1}                                                  | {"type":"Whatever","x":1}
            PROPERTY          | "urn:x:2"                                                                  | "urn:x:2"
            PROPERTY          | {"type":"Property","value":{"type":"Point","coordinates":[1,2]}}           | {"type":"Point","coordinates":[1,2]}
            PROPERTY          | {"value":{"@type":"@json","@value":null}}                                  | {"@type":"@json","@value":null}
            RELATIONSHIP      | {"type":"Relationship","object":"urn:x:2"}                                 | "urn:x:2"
            RELATIONSHIP      | {"object":["urn:x:2","urn:x:3"]}                                           | ["urn:x:2","urn:x:3"]
            GEO_PROPERTY      | {"type":"GeoProperty","value":{"type":"Point","coordinates":[14.5,46.05]}} | {"type":"Point","coordinates":[14.5,46.05]}
            GEO_PROPERTY      | {"value":{"type":"Point","coordinates":[14.5,46.05]}}                      | {"type":"Point","coordinates":[14.5,46.05]}
            GEO_PROPERTY      | {"type":"Point","coordinates":[14.5,46.05]}                                | {"type":"Point","coordinates":[14.5,46.05]}
            GEO_PROPERTY      | {"type":"GeoProperty","value":"{\\"type\\":\\"Point\\",\\"coordinates\\":[1,2]}"}  | {"type":"Point","coordinates":[1,2]}
            LANGUAGE_PROPERTY | {"type":"LanguageProperty","languageMap":{"sl":"a","en":["b"],"@none":"c"}} | {"sl":"a","en":["b"],"@none":"c"}
            LANGUAGE_PROPERTY | {"languageMap":{"sl-SI":"a"}}                                              | {"sl-SI":"a"}
            VOCAB_PROPERTY    | {"type":"VocabProperty","vocab":"x"}                                       | "https://uri.etsi.org/ngsi-ld/default-context/x"
            VOCAB_PROPERTY    | {"vocab":["x","urn:y:z"]}                                                  | ["https://uri.etsi.org/ngsi-ld/default-context/x","urn:y:z"]
            LIST_PROPERTY     | {"type":"ListProperty","valueList":[2,1,2]}                                | [2,1,2]
            LIST_PROPERTY     | {"valueList":[]}                                                           | []
            LIST_RELATIONSHIP | {"type":"ListRelationship","objectList":[{"object":"urn:x:2"}]}            | ["urn:x:2"]
            LIST_RELATIONSHIP | {"objectList":["urn:x:2"]}                                                 | ["urn:x:2"]
            JSON_PROPERTY     | {"type":"JsonProperty","json":{"a":null}}                                  | {"a":null}
            JSON_PROPERTY     | {"json":[1]}                                                               | [1]
            """)
    void readsEveryTypeNormalizedAndConcise(AttributeType type, String json, String value) {
        AttributeInstance instance = attribute(json);
        assertThat(instance.type()).isEqualTo(type);
        assertThat(Json.text(instance.value())).isEqualTo(value);
        assertThat(instance.attributes()).isEmpty();
    }

    @Test
    void readsTheMembersAroundAValue() {
        AttributeInstance instance = attribute("""
                {"value": 21.5, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00,123456Z", "datasetId": "urn:d:1",
                 "valueType": "xsd", "expiresAt": "2100-01-01T00:00:00Z", "createdAt": 1, "instanceId": "x", "lang": "sl",
                 "accuracy": 0.5, "by": {"object": "urn:x:2", "deep": {"value": 1, "deeper": [{"value": 1}, {"value": 2, "datasetId": "urn:d:2"}]}}}""");
        assertThat(instance.unitCode()).isEqualTo("CEL");
        assertThat(instance.observedAt()).isEqualTo("2026-11-23T10:00:00,123456Z");
        assertThat(instance.datasetId()).isEqualTo("urn:d:1");
        assertThat(instance.qualifierType()).isEqualTo(Json.parse("\"" + DEFAULT + "xsd\""));
        assertThat(instance.expiresAt()).isEqualTo(4_102_444_800_000L);
        assertThat(instance.attributes())
                .extracting(Attribute::name)
                .containsExactly(DEFAULT + "accuracy", DEFAULT + "by");
        AttributeInstance by =
                instance.findAttribute(DEFAULT + "by").orElseThrow().main();
        AttributeInstance deep =
                by.findAttribute(DEFAULT + "deep").orElseThrow().main();
        assertThat(deep.findAttribute(DEFAULT + "deeper").orElseThrow().instances())
                .hasSize(2);
    }

    @Test
    void readsSeveralInstancesOfAnAttribute() {
        Entity entity = read("""
                {"id": "urn:x:1", "type": "T", "a": [{"value": 1, "datasetId": "@none"}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"}]}""");
        Attribute attribute = entity.findAttribute(DEFAULT + "a").orElseThrow();
        assertThat(attribute.instances())
                .extracting(AttributeInstance::datasetId)
                .containsExactly("", "urn:d:1");
        assertThat(attribute.main().value().intValue()).isEqualTo(1);
    }

    @Test
    void keepsTheSealsOfAProof() {
        Entity entity = read("""
                {"id": "urn:x:1", "type": "T", "ngsildproof": {"type": "Property", "value": {"type": "DataIntegrityProof"},
                 "entityIdSealed": "urn:x:1", "entityTypeSealed": "T"}}""");
        assertThat(Json.parse(new EntityWriter(TermTable.core(), Representation.NORMALIZED).write(entity)))
                .isEqualTo(Json.parse("""
                        {"id": "urn:x:1", "type": "T", "ngsildproof": {"type": "Property", "value": {"type": "DataIntegrityProof"},
                         "entityIdSealed": "urn:x:1", "entityTypeSealed": "T"}}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "{}",
                "{\"id\":\"urn:x:1\"}",
                "{\"type\":\"T\"}",
                "{\"id\":1,\"type\":\"T\"}",
                "{\"id\":\"no-uri\",\"type\":\"T\"}",
                "{\"id\":\"urn:x:a b\",\"type\":\"T\"}",
                "{\"id\":\"urn:x:a\u200bb\",\"type\":\"T\"}",
                "{\"id\":\"urn:x:a\ufe0fb\",\"type\":\"T\"}",
                "{\"id\":\"urn:ngsi-ld:null\",\"type\":\"T\"}",
                "{\"id\":\"urn:x:1\",\"type\":[]}",
                "{\"id\":\"urn:x:1\",\"type\":\"type\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"no name\"}",
                "{\"id\":\"urn:x:1\",\"type\":7}",
                "{\"id\":\"urn:x:1\",\"type\":null}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"9bad\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a//b\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"a-b\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"urn:ngsi-ld:null\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":null}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"tomorrow\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"1a\":1}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a b\":1}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a(\":1}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"\":1}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"value\":{\"type\":\"Property\",\"value\":1}}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"observedAt\":{\"type\":\"Property\",\"value\":1}}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"location\":{\"type\":\"Property\",\"value\":7}}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"ngsildproof\":{\"type\":\"Property\",\"value\":\"x\"}}",
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1,\"https://uri.etsi.org/ngsi-ld/default-context/a\":2}"
            })
    void refusesWhatIsNoEntity(String json) {
        refuses(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"urn:ngsi-ld:null\"",
                "{\"type\":\"Property\"}",
                "{\"type\":\"Property\",\"value\":null}",
                "{\"type\":\"Property\",\"value\":\"urn:ngsi-ld:null\"}",
                "{\"type\":\"Property\",\"value\":{\"x\":{\"y\":\"urn:ngsi-ld:null\"}}}",
                "{\"type\":\"Property\",\"value\":1,\"object\":\"urn:x:2\"}",
                "{\"type\":\"Property\",\"object\":\"urn:x:2\"}",
                "{\"value\":1,\"languageMap\":{}}",
                "{\"type\":\"Something\",\"value\":1}",
                "{\"type\":\"Property\",\"value\":1,\"unitCode\":3}",
                "{\"type\":\"Property\",\"value\":1,\"observedAt\":\"2026-11-23\"}",
                "{\"type\":\"Property\",\"value\":1,\"observedAt\":\"2026-11-23T10:00:00+01:00\"}",
                "{\"type\":\"Property\",\"value\":1,\"observedAt\":\"2026-02-30T10:00:00Z\"}",
                "{\"type\":\"Property\",\"value\":1,\"expiresAt\":5}",
                "{\"type\":\"Property\",\"value\":1,\"datasetId\":\"no uri\"}",
                "{\"type\":\"Property\",\"value\":1,\"datasetId\":7}",
                "{\"type\":\"Property\",\"value\":1,\"datasetId\":\"urn:ngsi-ld:null\"}",
                "{\"type\":\"Property\",\"value\":1,\"previousValue\":0}",
                "{\"type\":\"Property\",\"value\":1,\"entityIdSealed\":\"urn:x:1\"}",
                "{\"type\":\"Property\",\"value\":1,\"@context\":{}}",
                "{\"type\":\"Property\",\"value\":1,\"id\":\"urn:x:2\"}",
                "{\"type\":\"Property\",\"value\":1,\"sub\":null}",
                "{\"type\":\"Property\",\"value\":1,\"sub\":\"urn:ngsi-ld:null\"}",
                "{\"type\":\"Relationship\",\"object\":\"no uri\"}",
                "{\"type\":\"Relationship\",\"object\":[]}",
                "{\"type\":\"Relationship\",\"object\":{\"id\":\"urn:x:2\"}}",
                "{\"type\":\"Relationship\",\"object\":\"urn:ngsi-ld:null\"}",
                "{\"type\":\"Relationship\",\"object\":\"urn:x:2\",\"unitCode\":\"CEL\"}",
                "{\"type\":\"GeoProperty\",\"value\":\"not a geometry\"}",
                "{\"type\":\"GeoProperty\",\"value\":7}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Point\"}}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Point\",\"coordinates\":[200,0]}}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Point\",\"coordinates\":[\"1\",\"2\"]}}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"LineString\",\"coordinates\":[[1,2]]}}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[2,2],[2,3],[1,3]]]}}",
                "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"GeometryCollection\",\"geometries\":[]}}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":\"x\"}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"\":\"x\"}}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"en\":5}}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"en\":[\"a\",5]}}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"@none\":\"urn:ngsi-ld:null\"}}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"en\":\"x\"},\"unitCode\":\"CEL\"}",
                "{\"type\":\"LanguageProperty\",\"languageMap\":{\"en\":\"x\"},\"valueType\":\"xsd:string\"}",
                "{\"type\":\"VocabProperty\",\"vocab\":7}",
                "{\"type\":\"VocabProperty\",\"vocab\":[]}",
                "{\"type\":\"ListProperty\",\"valueList\":\"x\"}",
                "{\"type\":\"ListProperty\",\"valueList\":[\"urn:ngsi-ld:null\"]}",
                "{\"type\":\"ListRelationship\",\"objectList\":[{\"id\":\"urn:x:2\"}]}",
                "{\"type\":\"ListRelationship\",\"objectList\":[7]}",
                "{\"type\":\"JsonProperty\",\"json\":\"x\"}",
                "{\"type\":\"JsonProperty\",\"json\":\"urn:ngsi-ld:null\"}",
                "[{\"type\":\"Property\",\"value\":1},{\"type\":\"Property\",\"value\":2}]",
                "[{\"type\":\"Property\",\"value\":1,\"datasetId\":\"urn:d:1\"},{\"value\":2,\"datasetId\":\"urn:d:1\"}]",
                "[{\"type\":\"Property\",\"value\":1,\"datasetId\":\"@none\"},{\"value\":2}]"
            })
    void refusesWhatIsNoAttribute(String json) {
        refuses("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":" + json + "}");
    }

    @Test
    void readsOrdersToDeleteInFragmentsOnly() {
        Entity fragment = EntityReader.readFragment(Json.parse("""
                        {"a": "urn:ngsi-ld:null", "b": {"type": "LanguageProperty", "languageMap": "urn:ngsi-ld:null"},
                         "c": {"objectList": ["urn:ngsi-ld:null"]}, "scope": "urn:ngsi-ld:null"}"""), TermTable.core(), NOW);
        assertThat(fragment.id()).isEmpty();
        assertThat(fragment.types()).isEmpty();
        assertThat(fragment.scopes()).containsExactly("urn:ngsi-ld:null");
        assertThat(fragment.attributes()).hasSize(3).allMatch(a -> a.main().isNull());
    }

    @Test
    void acceptsNamesOfEveryScript() {
        assertThat(read("{\"id\":\"urn:x:1\",\"type\":\"Postaja\",\"številoKoles\":3,\"温度\":4,\"ex:a.b\":5}")
                        .attributes())
                .hasSize(3);
        assertThat(read("{\"id\":\"urn:ngsi-ld:Kraj:Šiška\",\"type\":\"T\"}").id())
                .isEqualTo("urn:ngsi-ld:Kraj:Šiška");
    }
}
