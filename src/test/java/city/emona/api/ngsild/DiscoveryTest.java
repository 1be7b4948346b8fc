package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON;
import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DiscoveryTest {
    private static final String VOCABULARY = "https://uri.etsi.org/ngsi-ld/default-context/";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        api.post("/entities", """
                        {"id": "urn:x:1", "type": ["Thing", "Other"], "name": "one", "near": {"object": "urn:x:2"}}""", "Content-Type", JSON, "Link", api.link("context.jsonld"))
                .hasStatus(201);
        api.post("/entities", """
                        {"id": "urn:x:2", "type": "Thing", "near": {"type": "GeoProperty",
                         "value": {"type": "Point", "coordinates": [14.5, 46.0]}},
                         "name": [{"value": "two"}, {"value": "dva", "datasetId": "urn:x:sl", "inner": 3}]}""", "Content-Type", JSON, "Link", api.link("context.jsonld"))
                .hasStatus(201);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Api.Answer get(String path) {
        return api.get(path, "Link", api.link("context.jsonld")).hasStatus(200);
    }

    /** The body without the identifier of the list. */
    private static JsonNode list(Api.Answer answer, String type) {
        ObjectNode body = (ObjectNode) answer.json();
        assertThat(body.get("id").stringValue()).startsWith("urn:ngsi-ld:" + type + ":");
        return body.without("id");
    }

    private static void isEqual(JsonNode found, String json) {
        assertThat(found).isEqualTo(city.emona.json.Json.parse(json));
    }

    @Test
    void listsTheTypes() {
        isEqual(list(get("/types"), "EntityTypeList"), """
                {"type": "EntityTypeList", "typeList": ["Thing", "Other"]}""");
        isEqual(list(api.get("/types?details=false").hasStatus(200), "EntityTypeList"), """
                {"type": "EntityTypeList", "typeList": ["https://example.org/Thing", "Other"]}""");
    }

    @Test
    void listsTheTypesWithTheirAttributes() {
        get("/types?details=true").hasBody("""
                [{"id": "https://example.org/Thing", "type": "EntityType", "typeName": "Thing",
                  "attributeNames": ["name", "near"]},
                 {"id": "%sOther", "type": "EntityType", "typeName": "Other", "attributeNames": ["name", "near"]}]
                """.formatted(VOCABULARY));
    }

    @Test
    void describesAType() {
        String expected = """
                {"id": "https://example.org/Thing", "type": "EntityTypeInfo", "typeName": "Thing", "entityCount": 2,
                 "attributeDetails": [
                  {"id": "https://example.org/name", "type": "Attribute", "attributeName": "name",
                   "attributeTypes": ["Property"]},
                  {"id": "%snear", "type": "Attribute", "attributeName": "near",
                   "attributeTypes": ["Relationship", "GeoProperty"]}]}""".formatted(VOCABULARY);
        get("/types/Thing").hasBody(expected);
        get("/types/https%3A%2F%2Fexample.org%2FThing").hasBody(expected);
    }

    @Test
    void listsTheAttributes() {
        isEqual(list(get("/attributes"), "AttributeList"), """
                {"type": "AttributeList", "attributeList": ["name", "near"]}""");
    }

    @Test
    void listsTheAttributesWithTheirTypes() {
        get("/attributes?details=true&local=true").hasBody("""
                [{"id": "https://example.org/name", "type": "Attribute", "attributeName": "name",
                  "typeNames": ["Thing", "Other"]},
                 {"id": "%snear", "type": "Attribute", "attributeName": "near", "typeNames": ["Thing", "Other"]}]
                """.formatted(VOCABULARY));
    }

    @Test
    void describesAnAttributeAndCountsItsInstances() {
        get("/attributes/name").hasBody("""
                {"id": "https://example.org/name", "type": "Attribute", "attributeName": "name", "attributeCount": 3,
                 "attributeTypes": ["Property"], "typeNames": ["Thing", "Other"]}""");
        get("/attributes/near").hasBody("""
                {"id": "%snear", "type": "Attribute", "attributeName": "near", "attributeCount": 2,
                 "attributeTypes": ["Relationship", "GeoProperty"], "typeNames": ["Thing", "Other"]}""".formatted(VOCABULARY));
    }

    @Test
    void followsEveryChange() {
        api.delete("/entities/urn:x:1").hasStatus(204);
        get("/types/Thing").json();
        assertThat(get("/types/Thing").json().get("entityCount").intValue()).isEqualTo(1);
        api.get("/types/Other").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:2/attrs/near").hasStatus(204);
        api.get("/attributes/near").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:2").hasStatus(204);
        isEqual(list(get("/types"), "EntityTypeList"), "{\"type\": \"EntityTypeList\", \"typeList\": []}");
        get("/types?details=true").hasBody("[]");
        get("/attributes?details=true").hasBody("[]");
    }

    @Test
    void doesNotKnowWhatHasExpired() {
        api.create("""
                {"id": "urn:x:3", "type": "Brief", "expiresAt": "%s", "spark": 1}""".formatted(Instant.now().plusSeconds(3_000).truncatedTo(ChronoUnit.SECONDS)));
        api.get("/types/Brief").hasStatus(200);
        api.ahead.set(Duration.ofHours(1).toMillis());
        api.get("/types/Brief").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/attributes/spark").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void putsTheContextWhereTheMediaTypeHasIt() {
        get("/types").hasHeader("Content-Type", JSON).hasHeader("Link", api.link("context.jsonld"));
        api.get("/types")
                .hasHeader(
                        "Link", ContextLink.format("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"));
        Api.Answer answer = api.get("/types?details=true", "Accept", JSON_LD, "Link", api.link("context.jsonld"))
                .hasStatus(200)
                .hasHeader("Content-Type", JSON_LD)
                .hasHeader("Link");
        answer.json()
                .forEach(type ->
                        assertThat(type.get("@context").stringValue()).isEqualTo(api.contextUrl("context.jsonld")));
        api.get("/attributes", "Accept", "application/geo+json").isProblem(ProblemType.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/types/Nothing",
                "/attributes/nothing",
                "/types/id",
                "/attributes/type",
                "/attributes/createdAt",
                "/attributes/scope",
                "/attributes/inner"
            })
    void returns404ForWhatNoEntityHas(String path) {
        api.get(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "/types?limit=5, INVALID_REQUEST",
        "/types/Thing?details=true, INVALID_REQUEST",
        "/attributes/name?details=true, INVALID_REQUEST",
        "/types?details=yes, BAD_REQUEST_DATA",
        "/attributes?local=1, BAD_REQUEST_DATA",
        "/types/a%20b, BAD_REQUEST_DATA",
        "/attributes/%7B, BAD_REQUEST_DATA",
    })
    void refusesWhatIsNotAsked(String path, ProblemType type) {
        api.get(path).isProblem(type);
    }

    @Test
    void keepsTenantsApart() {
        api.post(
                        "/entities",
                        "{\"id\": \"urn:x:9\", \"type\": \"Secret\"}",
                        "NGSILD-Tenant",
                        "mine",
                        "Content-Type",
                        JSON)
                .hasStatus(201);
        api.get("/types/Secret").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/types/Secret", "NGSILD-Tenant", "mine").hasStatus(200).hasHeader("NGSILD-Tenant", "mine");
        api.get("/types", "NGSILD-Tenant", "nobody").isProblem(ProblemType.NONEXISTENT_TENANT);
    }

    @Test
    void saysWhoItIs() {
        JsonNode identity = api.get("/info/sourceIdentity").hasStatus(200).json();
        assertThat(identity.get("type").stringValue()).isEqualTo("ContextSourceIdentity");
        assertThat(Duration.parse(identity.get("contextSourceUptime").stringValue()))
                .isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(Instant.parse(identity.get("contextSourceTimeAt").stringValue()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        String alias = identity.get("contextSourceAlias").stringValue();
        assertThat(identity.get("id").stringValue()).isEqualTo("urn:ngsi-ld:ContextSourceIdentity:" + alias);
        JsonNode tenant = api.get("/info/sourceIdentity", "NGSILD-Tenant", "mine")
                .hasStatus(200)
                .json();
        assertThat(tenant.get("contextSourceAlias").stringValue()).isNotEqualTo(alias);
        api.get("/info/sourceIdentity?details=true").isProblem(ProblemType.INVALID_REQUEST);
    }
}
