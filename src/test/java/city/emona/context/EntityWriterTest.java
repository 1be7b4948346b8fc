package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Representation.Format;
import city.emona.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityWriterTest {
    private static final String DEFAULT = "https://uri.etsi.org/ngsi-ld/default-context/";
    private static final String ALL =
            """
            {"id": "urn:x:1", "type": ["T", "U"], "scope": ["/a", "/b"],
             "property": {"type": "Property", "value": 4.0, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00Z",
               "accuracy": {"type": "Property", "value": 0.1}},
             "relationship": {"type": "Relationship", "object": "urn:x:2", "objectType": "T"},
             "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [14.5, 46.05]}},
             "language": {"type": "LanguageProperty", "languageMap": {"sl": "ena", "en": "one"}},
             "vocab": {"type": "VocabProperty", "vocab": ["x", "urn:y:z"]},
             "list": {"type": "ListProperty", "valueList": [1, 2]},
             "links": {"type": "ListRelationship", "objectList": [{"object": "urn:x:2"}, {"object": "urn:x:3"}]},
             "json": {"type": "JsonProperty", "json": {"a": null}},
             "several": [{"type": "Property", "value": 1}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"}]}""".replace("\"vocab\": {", "\"word\": {").replace("\"json\": {\"type\"", "\"raw\": {\"type\"");

    private final Entity entity = EntityReader.read(Json.parse(ALL), TermTable.core(), 1_800_000_000_000L);

    private String write(
            Format format,
            boolean system,
            @Nullable Set<String> pick,
            Set<String> omit,
            @Nullable Set<String> datasets) {
        Representation representation = new Representation(format, system, pick, omit, datasets);
        return Json.text(Json.parse(new EntityWriter(TermTable.core(), representation).write(entity)));
    }

    private String write(Format format) {
        return write(format, false, null, Set.of(), null);
    }

    private static void assertJson(String actual, String expected) {
        assertThat(Json.parse(actual)).isEqualTo(Json.parse(expected));
    }

    @Test
    void writesTheNormalizedForm() {
        assertJson(write(Format.NORMALIZED), ALL);
    }

    @Test
    void writesTheConciseForm() {
        assertJson(write(Format.CONCISE), """
                {"id": "urn:x:1", "type": ["T", "U"], "scope": ["/a", "/b"],
                 "property": {"value": 4.0, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00Z", "accuracy": 0.1},
                 "relationship": {"object": "urn:x:2", "objectType": "T"},
                 "location": {"type": "Point", "coordinates": [14.5, 46.05]},
                 "language": {"languageMap": {"sl": "ena", "en": "one"}},
                 "word": {"vocab": ["x", "urn:y:z"]},
                 "list": {"valueList": [1, 2]},
                 "links": {"objectList": ["urn:x:2", "urn:x:3"]},
                 "raw": {"json": {"a": null}},
                 "several": [1, {"value": 2, "datasetId": "urn:d:1"}]}""");
    }

    @Test
    void writesTheSimplifiedForm() {
        assertJson(write(Format.SIMPLIFIED), """
                {"id": "urn:x:1", "type": ["T", "U"], "scope": ["/a", "/b"], "property": 4.0, "relationship": "urn:x:2",
                 "location": {"type": "Point", "coordinates": [14.5, 46.05]},
                 "language": {"languageMap": {"sl": "ena", "en": "one"}},
                 "word": {"vocab": ["x", "urn:y:z"]}, "list": [1, 2], "links": ["urn:x:2", "urn:x:3"], "raw": {"json": {"a": null}},
                 "several": {"dataset": {"@none": 1, "urn:d:1": 2}}}""");
    }

    @Test
    void showsTheTimesOfTheSystemOnDemand() {
        Entity expiring = EntityReader.read(Json.parse("""
                {"id": "urn:x:1", "type": "T", "expiresAt": "2100-01-01T00:00:00Z", "a": {"value": 1, "expiresAt": "2100-01-01T00:00:00Z"}}"""), TermTable.core(), 1_800_000_000_000L);
        Representation system = new Representation(Format.NORMALIZED, true, null, Set.of(), null);
        assertJson(Json.text(Json.parse(new EntityWriter(TermTable.core(), system).write(expiring))), """
                {"id": "urn:x:1", "type": "T", "a": {"type": "Property", "value": 1, "createdAt": "2027-01-15T08:00:00Z",
                 "modifiedAt": "2027-01-15T08:00:00Z", "expiresAt": "2100-01-01T00:00:00Z"}, "createdAt": "2027-01-15T08:00:00Z",
                 "modifiedAt": "2027-01-15T08:00:00Z", "expiresAt": "2100-01-01T00:00:00Z"}""");
        assertJson(
                Json.text(Json.parse(new EntityWriter(TermTable.core(), Representation.NORMALIZED).write(expiring))),
                """
                {"id": "urn:x:1", "type": "T", "a": {"type": "Property", "value": 1}}""");
    }

    @Test
    void showsWhatWasPickedAndHidesWhatWasOmitted() {
        assertJson(
                write(Format.SIMPLIFIED, false, Set.of("id", DEFAULT + "property"), Set.of(), null),
                "{\"id\": \"urn:x:1\", \"property\": 4.0}");
        assertThat(write(Format.SIMPLIFIED, false, null, Set.of("id", "type", "scope", DEFAULT + "word"), null))
                .doesNotContain("urn:x:1", "\"T\"", "/a", "word")
                .contains("property");
        assertJson(write(Format.SIMPLIFIED, false, Set.of("nothing"), Set.of(), null), "{}");
    }

    @Test
    void showsOnlyTheDatasetsAskedFor() {
        assertJson(
                write(
                        Format.NORMALIZED,
                        false,
                        Set.of(DEFAULT + "several", DEFAULT + "property"),
                        Set.of(),
                        Set.of("urn:d:1")),
                """
                {"several": {"type": "Property", "value": 2, "datasetId": "urn:d:1"}}""");
        assertJson(
                write(Format.SIMPLIFIED, false, Set.of(DEFAULT + "several"), Set.of(), Set.of("")), "{\"several\": 1}");
    }

    @Test
    void writesGeoJson() {
        Representation picked = new Representation(
                Format.SIMPLIFIED, false, Set.of("type", "scope", DEFAULT + "property"), Set.of(), null);
        EntityWriter writer = new EntityWriter(TermTable.core(), picked);
        assertThat(Json.parse(writer.writeFeature(entity, "", true))).isEqualTo(Json.parse("""
                {"id": "urn:x:1", "type": "Feature", "geometry": {"type": "Point", "coordinates": [14.5, 46.05]},
                 "properties": {"type": ["T", "U"], "scope": ["/a", "/b"], "property": 4.0},
                 "@context": "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"}"""));
        assertThat(Json.parse(writer.writeFeature(entity, DEFAULT + "property", false))
                        .get("geometry")
                        .isNull())
                .isTrue();
    }

    @Test
    void takesTheGeometryOfTheDatasetAskedFor() {
        Entity two = EntityReader.read(Json.parse("""
                {"id": "urn:x:1", "type": "T", "location": [
                  {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 1]}},
                  {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [2, 2]}, "datasetId": "urn:d:1"}]}"""), TermTable.core(), 0);
        Representation second = new Representation(Format.NORMALIZED, false, null, Set.of(), Set.of("urn:d:1"));
        assertThat(Json.text(Json.parse(new EntityWriter(TermTable.core(), second).writeFeature(two, "", false))
                        .get("geometry")))
                .contains("[2,2]");
        assertThat(Json.text(Json.parse(new EntityWriter(TermTable.core(), Representation.NORMALIZED)
                                .writeFeature(two, "", false))
                        .get("geometry")))
                .contains("[1,1]");
    }

    @Test
    void writesWithTheNamesOfTheContext() {
        TermTable terms = new Contexts(url -> Json.object())
                .compile(Json.parse("{\"Thing\": \"" + DEFAULT + "T\", \"temperature\": \"" + DEFAULT
                        + "property\", \"list\": \"https://x.example/\"}"));
        String text = new String(
                new EntityWriter(terms, Representation.NORMALIZED).write(entity),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text)
                .contains(
                        "\"Thing\"", "\"temperature\"", "\"ngsi-ld:default-context/list\"", "\"objectType\":\"Thing\"");
        assertThat(Json.parse(new EntityWriter(terms, Representation.NORMALIZED).writeWithContext(entity))
                        .get("@context"))
                .isEqualTo(terms.contextMember());
    }

    @Test
    void writesWhatItCanReadAgain() {
        long seed = System.nanoTime();
        RandomEntities entities = new RandomEntities(seed);
        for (int i = 0; i < 300; i++) {
            Entity original = entities.next("urn:x:" + i);
            for (Format format : new Format[] {Format.NORMALIZED, Format.CONCISE}) {
                Representation whole = new Representation(format, true, null, Set.of(), null);
                byte[] json = new EntityWriter(TermTable.core(), whole).write(original);
                Entity back = EntityReader.read(Json.parse(json), TermTable.core(), 0);
                assertThat(back.sameContent(original))
                        .as(
                                "seed %s, entity %s, %s: %s",
                                seed, i, format, new String(json, java.nio.charset.StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
    }
}
