package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Representation.Format;
import city.emona.json.Json;
import java.util.Map;
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
        Representation representation = Representation.NORMALIZED
                .withFormat(format)
                .withSystemAttributes(system)
                .withProjection(new Projection(pick, omit, Map.of()))
                .withDatasets(datasets);
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
        Representation system = Representation.NORMALIZED.withSystemAttributes(true);
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

    private String writeLanguage(Format format, String languages) {
        Representation representation = Representation.NORMALIZED
                .withFormat(format)
                .withProjection(new Projection(Set.of(DEFAULT + "language"), Set.of(), Map.of()))
                .withLanguages(LanguageFilter.parse(languages));
        return Json.text(Json.parse(new EntityWriter(TermTable.core(), representation).write(entity)));
    }

    @Test
    void turnsLanguagePropertiesIntoPropertiesOfTheLanguageAskedFor() {
        assertJson(writeLanguage(Format.NORMALIZED, "en"), """
                {"language": {"type": "Property", "value": "one", "lang": "en"}}""");
        assertJson(writeLanguage(Format.CONCISE, "sl"), """
                {"language": {"value": "ena", "lang": "sl"}}""");
        assertJson(writeLanguage(Format.SIMPLIFIED, "sl"), """
                {"language": "ena"}""");
    }

    private String writeVersion(String version, Format format) {
        Entity old = EntityReader.read(Json.parse("""
                {"id": "urn:x:1", "type": ["T", "U"], "scope": "/a", "expiresAt": "2100-01-01T00:00:00Z",
                 "property": {"type": "Property", "value": 4, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00Z",
                   "valueType": "Number", "expiresAt": "2100-01-01T00:00:00Z", "word": {"type": "VocabProperty", "vocab": "x"}},
                 "relationship": {"type": "Relationship", "object": "urn:x:2", "objectType": "T"},
                 "language": {"type": "LanguageProperty", "languageMap": {"sl": "ena"}},
                 "list": {"type": "ListProperty", "valueList": [1, 2]},
                 "links": {"type": "ListRelationship", "objectList": [{"object": "urn:x:2"}, {"object": "urn:x:3"}]},
                 "raw": {"type": "JsonProperty", "json": {"a": 1}},
                 "several": [{"type": "Property", "value": 2, "datasetId": "urn:d:1"}, {"type": "Property", "value": 1}]}"""), TermTable.core(), 1_800_000_000_000L);
        Representation representation = Representation.NORMALIZED
                .withFormat(format)
                .withSystemAttributes(true)
                .withVersion(SpecificationVersion.findNearest(version).orElseThrow());
        return Json.text(Json.parse(new EntityWriter(TermTable.core(), representation).write(old)))
                .replaceAll(",\"(created|modified)At\":\"2027-01-15T08:00:00Z\"", "");
    }

    @Test
    void fallsBackToWhatEarlierVersionsKnow() {
        assertThat(writeVersion("1.9", Format.NORMALIZED)).isEqualTo(writeVersion("2.5", Format.NORMALIZED));
        assertThat(writeVersion("1.9", Format.NORMALIZED)).contains("expiresAt", "valueType", "objectType");
        assertThat(writeVersion("1.8", Format.NORMALIZED))
                .doesNotContain("expiresAt", "valueType")
                .contains("objectType", "VocabProperty", "ListProperty", "ListRelationship", "JsonProperty");
        assertJson(writeVersion("1.7", Format.NORMALIZED), """
                {"id": "urn:x:1", "type": ["T", "U"], "scope": "/a",
                 "property": {"type": "Property", "value": 4, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00Z",
                   "word": {"type": "Property", "value": "x"}},
                 "relationship": {"type": "Relationship", "object": "urn:x:2"},
                 "language": {"type": "LanguageProperty", "languageMap": {"sl": "ena"}},
                 "list": {"type": "Property", "value": [1, 2]},
                 "links": {"type": "Relationship", "object": ["urn:x:2", "urn:x:3"]},
                 "raw": {"type": "Property", "value": {"a": 1}},
                 "several": [{"type": "Property", "value": 2, "datasetId": "urn:d:1"}, {"type": "Property", "value": 1}]}""");
        assertThat(writeVersion("1.4", Format.NORMALIZED)).isEqualTo(writeVersion("1.7", Format.NORMALIZED));
        assertThat(writeVersion("1.3", Format.NORMALIZED))
                .doesNotContain("scope")
                .contains("\"type\":[\"T\",\"U\"]", "datasetId", "\"value\":{\"sl\":\"ena\"}");
        assertJson(writeVersion("1.0", Format.NORMALIZED), """
                {"id": "urn:x:1", "type": "T",
                 "property": {"type": "Property", "value": 4, "word": {"type": "Property", "value": "x"}},
                 "relationship": {"type": "Relationship", "object": "urn:x:2"},
                 "language": {"type": "Property", "value": {"sl": "ena"}},
                 "list": {"type": "Property", "value": [1, 2]},
                 "links": {"type": "Relationship", "object": ["urn:x:2", "urn:x:3"]},
                 "raw": {"type": "Property", "value": {"a": 1}},
                 "several": {"type": "Property", "value": 1}}""");
        assertThat(writeVersion("1.0", Format.SIMPLIFIED))
                .contains("\"language\":{\"sl\":\"ena\"}", "\"raw\":{\"a\":1}", "\"several\":1");
    }

    private String writeLinked(Format format) {
        Entity target = EntityReader.read(Json.parse("""
                {"id": "urn:x:2", "type": "T", "property": 1}"""), TermTable.core(), 0);
        Entity linking = EntityReader.read(Json.parse("""
                {"id": "urn:x:1", "type": "T",
                 "one": {"type": "Relationship", "object": "urn:x:2"},
                 "two": {"type": "Relationship", "object": ["urn:x:2", "urn:x:unknown"]},
                 "list": {"type": "ListRelationship", "objectList": ["urn:x:unknown", "urn:x:2"]},
                 "none": {"type": "Relationship", "object": "urn:x:unknown"}}"""), TermTable.core(), 0);
        Map<String, EntityTree> targets = Map.of("urn:x:2", EntityTree.of(target));
        EntityTree tree = new EntityTree(
                linking, Map.of(DEFAULT + "one", targets, DEFAULT + "two", targets, DEFAULT + "list", targets));
        Representation representation = Representation.NORMALIZED
                .withFormat(format)
                .withProjection(Projection.parse(null, "type,two{type,property}", TermTable.core()::expand));
        return Json.text(Json.parse(new EntityWriter(TermTable.core(), representation).write(tree)));
    }

    @Test
    void writesLinkedEntitiesWithinRelationships() {
        assertJson(writeLinked(Format.NORMALIZED), """
                {"id": "urn:x:1",
                 "one": {"type": "Relationship", "object": "urn:x:2",
                   "entity": {"id": "urn:x:2", "type": "T", "property": {"type": "Property", "value": 1}}},
                 "two": {"type": "Relationship", "object": ["urn:x:2", "urn:x:unknown"], "entity": [{"id": "urn:x:2"}]},
                 "list": {"type": "ListRelationship", "objectList": [{"object": "urn:x:unknown"}, {"object": "urn:x:2"}],
                   "entityList": [{"id": "urn:x:2", "type": "T", "property": {"type": "Property", "value": 1}}]},
                 "none": {"type": "Relationship", "object": "urn:x:unknown"}}""");
        assertJson(writeLinked(Format.CONCISE), """
                {"id": "urn:x:1",
                 "one": {"object": "urn:x:2", "entity": {"id": "urn:x:2", "type": "T", "property": 1}},
                 "two": {"object": ["urn:x:2", "urn:x:unknown"], "entity": [{"id": "urn:x:2"}]},
                 "list": {"objectList": ["urn:x:unknown", "urn:x:2"],
                   "entityList": [{"id": "urn:x:2", "type": "T", "property": 1}]},
                 "none": {"object": "urn:x:unknown"}}""");
        assertJson(writeLinked(Format.SIMPLIFIED), """
                {"id": "urn:x:1", "one": {"id": "urn:x:2", "type": "T", "property": 1},
                 "two": [{"id": "urn:x:2"}, "urn:x:unknown"],
                 "list": ["urn:x:unknown", {"id": "urn:x:2", "type": "T", "property": 1}],
                 "none": "urn:x:unknown"}""");
    }

    @Test
    void writesGeoJson() {
        Representation picked = Representation.NORMALIZED
                .withFormat(Format.SIMPLIFIED)
                .withProjection(new Projection(Set.of("type", "scope", DEFAULT + "property"), Set.of(), Map.of()));
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
        Representation second = Representation.NORMALIZED.withDatasets(Set.of("urn:d:1"));
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
                Representation whole =
                        Representation.NORMALIZED.withFormat(format).withSystemAttributes(true);
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
