package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON;
import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.problem.ProblemType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityOperationsTest {
    private static final String ONE = """
            {"id": "urn:x:1", "type": "Room", "temperature": {"type": "Property", "value": 21.0, "unitCode": "CEL"},
             "name": {"type": "Property", "value": "A"}}""";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsAndRetrievesAnEntity() {
        api.post("/entities", ONE)
                .isEmpty(201)
                .hasHeader("Location", "/ngsi-ld/v1/entities/urn:x:1")
                .hasHeader("Link")
                .hasHeader("NGSILD-Tenant");
        api.get("/entities/urn:x:1")
                .hasStatus(200)
                .hasHeader("Content-Type", JSON)
                .hasHeader(
                        "Link",
                        "<https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld>;"
                                + " rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"")
                .hasBody(ONE);
        api.get("/entities/urn:x:1/").hasStatus(200);
        api.post("/entities/", ONE).isProblem(ProblemType.ALREADY_EXISTS);
    }

    @Test
    void givesTheContextOfTheRequestBack() {
        String body = "{\"id\":\"urn:x:1\",\"type\":\"Thing\",\"name\":{\"type\":\"Property\",\"value\":1}}";
        api.post("/entities", body, "Content-Type", JSON, "Link", api.link("context.jsonld"))
                .hasStatus(201);
        api.get("/entities/urn:x:1", "Link", api.link("context.jsonld"))
                .hasHeader("Link", api.link("context.jsonld"))
                .hasBody(body);
        api.get(
                        "/entities/urn:x:1",
                        "Link",
                        "<" + api.contextUrl("context.jsonld") + ">;rel=http://www.w3.org/ns/json-ld#context")
                .hasBody(body);
        api.get("/entities/urn:x:1", "Accept", JSON_LD, "Link", api.link("context.jsonld"))
                .hasHeader("Content-Type", JSON_LD)
                .hasHeader("Link")
                .hasBody(body.replace("{\"id\"", "{\"@context\":\"" + api.contextUrl("context.jsonld") + "\",\"id\""));
        assertThat(api.get("/entities/urn:x:1").text())
                .contains("https://example.org/Thing", "https://example.org/name");
    }

    @Test
    void takesTheContextFromTheBodyOfJsonLd() {
        api.post("/entities", """
                {"id": "urn:x:1", "type": "Thing", "name": "a", "@context": ["%s", {"other": "https://example.org/other"}]}""".formatted(api.contextUrl("context.jsonld")), "Content-Type", JSON_LD)
                .hasStatus(201);
        assertThat(api.get("/entities/urn:x:1").text()).contains("https://example.org/Thing");
    }

    @Test
    void refusesContextsInTheWrongPlace() {
        String plain = "{\"id\":\"urn:x:1\",\"type\":\"T\"}";
        String own = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"@context\":{}}";
        api.post("/entities", own).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities", plain, "Content-Type", JSON_LD).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities", own, "Content-Type", JSON_LD, "Link", api.link("context.jsonld"))
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities", plain, "Content-Type", JSON, "Link", api.link("missing.jsonld"))
                .isProblem(ProblemType.LD_CONTEXT_NOT_AVAILABLE);
        api.post("/entities", plain, "Content-Type", JSON, "Link", api.link("broken.jsonld"))
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities/urn:x:1", "Link", api.link("context.jsonld"), "Link", api.link("broken.jsonld"))
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities/urn:x:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void replacesAnEntity() {
        api.create(ONE);
        api.put("/entities/urn:x:1", "{\"id\":\"urn:x:1\",\"type\":\"Hall\",\"size\":3}")
                .isEmpty(204);
        api.get("/entities/urn:x:1?format=concise").hasBody("{\"id\":\"urn:x:1\",\"type\":\"Hall\",\"size\":3}");
        api.put("/entities/urn:x:1", "{\"size\":4}").hasStatus(204);
        api.get("/entities/urn:x:1?format=concise").hasBody("{\"id\":\"urn:x:1\",\"type\":\"Hall\",\"size\":4}");
        api.put("/entities/urn:x:2", "{\"id\":\"urn:x:2\",\"type\":\"Hall\"}")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.put("/entities/urn:x:1", "{\"id\":\"urn:x:2\",\"type\":\"Hall\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.put("/entities/urn:x:1?type=Room", "{\"size\":4}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.put("/entities/urn:x:1", "{\"size\":\"urn:ngsi-ld:null\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void mergesAnEntity() {
        api.create("""
                {"id": "urn:x:1", "type": "Room", "a": {"type": "Property", "value": {"x": {"y": 1, "z": 2}}, "unitCode": "M", "q": 5}, "b": 1}""");
        api.patch("/entities/urn:x:1", """
                {"type": "Hall", "a": {"value": {"x": {"y": "urn:ngsi-ld:null", "n": {"m": "urn:ngsi-ld:null"}}}}, "b": "urn:ngsi-ld:null", "c": 3}""").isEmpty(204);
        api.get("/entities/urn:x:1?format=concise").hasBody("""
                {"id": "urn:x:1", "type": ["Room", "Hall"], "a": {"value": {"x": {"z": 2, "n": {}}}, "unitCode": "M", "q": 5}, "c": 3}""");
        api.patch("/entities/urn:x:1", "{\"c\":4}", "Content-Type", "application/merge-patch+json")
                .hasStatus(204);
        api.patch("/entities/urn:x:1", "{\"a\":{\"type\":\"Relationship\",\"object\":\"urn:x:2\"}}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:2", "{\"a\":1}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch("/entities/urn:x:1?type=Nothing", "{\"a\":1}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void deletesAnEntity() {
        api.create(ONE);
        api.delete("/entities/urn:x:1?type=Hall").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:1?type=(Room%7CHall)").isEmpty(204).hasHeader("Content-Length");
        api.delete("/entities/urn:x:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/no-uri").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void appendsAttributes() {
        api.create(ONE);
        api.post("/entities/urn:x:1/attrs", "{\"size\":3,\"name\":\"B\"}").isEmpty(204);
        api.post("/entities/urn:x:1/attrs/?options=noOverwrite", "{\"name\":\"C\",\"height\":2}")
                .hasStatus(207)
                .hasHeader("Content-Type", JSON);
        assertThat(api.post("/entities/urn:x:1/attrs?options=noOverwrite", "{\"name\":\"C\"}")
                        .json()
                        .get("notUpdated")
                        .get(0)
                        .get("attributeName")
                        .stringValue())
                .isEqualTo("https://uri.etsi.org/ngsi-ld/default-context/name");
        api.get("/entities/urn:x:1?options=keyValues")
                .hasBody(
                        "{\"id\":\"urn:x:1\",\"type\":\"Room\",\"temperature\":21.0,\"name\":\"B\",\"size\":3,\"height\":2}");
        api.post("/entities/urn:x:1/attrs", "{\"name\":\"urn:ngsi-ld:null\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities/urn:x:1/attrs", "{\"name\":{\"value\":1,\"s\":\"urn:ngsi-ld:null\"}}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities/urn:x:2/attrs", "{\"name\":\"B\"}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/entities/urn:x:1/attrs?options=other", "{\"name\":\"B\"}").isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void updatesAttributes() {
        api.create(ONE);
        api.patch(
                        "/entities/urn:x:1/attrs",
                        "{\"temperature\":{\"value\":5,\"s\":\"urn:ngsi-ld:null\"},\"name\":\"urn:ngsi-ld:null\",\"size\":1}")
                .isEmpty(204);
        api.get("/entities/urn:x:1").hasBody("""
                {"id": "urn:x:1", "type": "Room", "temperature": {"type": "Property", "value": 5}, "size": {"type": "Property", "value": 1}}""");
        api.patch("/entities/urn:x:1/attrs/", "{\"scope\":\"/a\",\"size\":2}").hasStatus(207);
        api.get("/entities/urn:x:1?attrs=size&options=keyValues")
                .hasBody("{\"id\":\"urn:x:1\",\"type\":\"Room\",\"size\":2}");
        api.patch("/entities/urn:x:1/attrs", "{\"size\":{\"value\":{\"a\":\"urn:ngsi-ld:null\"}}}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void updatesOneAttributeMemberByMember() {
        api.create(ONE);
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"observedAt\":\"2026-11-23T10:00:00Z\"}")
                .isEmpty(204);
        api.patch(
                        "/entities/urn:x:1/attrs/temperature/",
                        "{\"type\":\"Property\",\"value\":22,\"by\":{\"type\":\"Relationship\",\"object\":\"urn:x:9\"}}")
                .isEmpty(204);
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"unitCode\":\"urn:ngsi-ld:null\"}")
                .isEmpty(204);
        api.get("/entities/urn:x:1?pick=temperature").hasBody("""
                {"temperature": {"type": "Property", "value": 22, "observedAt": "2026-11-23T10:00:00Z",
                 "by": {"type": "Relationship", "object": "urn:x:9"}}}""");
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"by\":\"urn:ngsi-ld:null\"}")
                .isEmpty(204);
        assertThat(api.get("/entities/urn:x:1").text()).doesNotContain("urn:x:9");
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"datasetId\":\"urn:ngsi-ld:null\"}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"type\":\"GeoProperty\"}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"value\":1,\"datasetId\":\"urn:d:1\"}")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch("/entities/urn:x:1/attrs/other", "{\"value\":1}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch("/entities/urn:x:1/attrs/scope", "{\"value\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1/attrs/temperature", "{\"value\":\"urn:ngsi-ld:null\"}")
                .isEmpty(204);
        assertThat(api.get("/entities/urn:x:1").text()).doesNotContain("temperature");
    }

    @Test
    void replacesOneAttribute() {
        api.create(ONE);
        api.put("/entities/urn:x:1/attrs/temperature", "{\"type\":\"Relationship\",\"object\":\"urn:x:5\"}")
                .isEmpty(204);
        api.get("/entities/urn:x:1?pick=temperature")
                .hasBody("{\"temperature\":{\"type\":\"Relationship\",\"object\":\"urn:x:5\"}}");
        api.put("/entities/urn:x:1/attrs/none", "{\"value\":1}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.put("/entities/urn:x:1/attrs/temperature", "{\"value\":1,\"datasetId\":\"urn:d:1\"}")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.put("/entities/urn:x:1/attrs/scope", "{\"value\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.put("/entities/urn:x:1/attrs/9", "{\"value\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void deletesInstancesOfAnAttribute() {
        api.create("""
                {"id": "urn:x:1", "type": "T", "scope": "/a", "a": [{"value": 1, "type": "Property"}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"},
                 {"type": "Property", "value": 3, "datasetId": "urn:d:2"}], "b": 1}""");
        api.delete("/entities/urn:x:1/attrs/a?datasetId=urn:d:1").isEmpty(204);
        api.delete("/entities/urn:x:1/attrs/a?datasetId=urn:d:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:1/attrs/a").isEmpty(204);
        api.get("/entities/urn:x:1?attrs=a&options=keyValues&datasetId=urn:d:2")
                .hasBody("{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\",\"a\":3}");
        api.delete("/entities/urn:x:1/attrs/a?deleteAll=yes").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entities/urn:x:1/attrs/a?deleteAll=true").isEmpty(204);
        api.delete("/entities/urn:x:1/attrs/scope").isEmpty(204);
        api.delete("/entities/urn:x:1/attrs/scope").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:1/attrs/a").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:x:1?format=concise").hasBody("{\"id\":\"urn:x:1\",\"type\":\"T\",\"b\":1}");
    }

    @Test
    void keepsTimesOfCreationAndRenewsTimesOfChange() {
        api.create(ONE);
        var created = api.get("/entities/urn:x:1?options=sysAttrs").json();
        api.ahead.set(60_000);
        api.post("/entities/urn:x:1/attrs", "{\"name\":\"B\"}").hasStatus(204);
        var changed = api.get("/entities/urn:x:1?options=sysAttrs").json();
        assertThat(changed.get("createdAt")).isEqualTo(created.get("createdAt"));
        assertThat(changed.get("modifiedAt")).isNotEqualTo(created.get("modifiedAt"));
        assertThat(changed.at("/name/createdAt")).isEqualTo(created.at("/name/createdAt"));
        assertThat(changed.at("/name/modifiedAt")).isEqualTo(changed.get("modifiedAt"));
        assertThat(changed.get("temperature")).isEqualTo(created.get("temperature"));
    }

    @Test
    void hidesWhatHasExpired() {
        String soon = java.time.Instant.now()
                .plusSeconds(30)
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
        api.create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + soon + "\"}");
        api.create("""
                {"id": "urn:x:2", "type": "T", "a": {"value": 1, "expiresAt": "%1$s"}, "b": {"value": 1, "s": {"value": 2, "expiresAt": "%1$s"}},
                 "c": [{"value": 1, "datasetId": "urn:d:1", "expiresAt": "%1$s"}, {"value": 2}]}""".formatted(soon));
        api.get("/entities?type=T&attrs=a").hasStatus(200);
        assertThat(api.get("/entities?type=T&attrs=a").json()).hasSize(1);
        api.ahead.set(60_000);
        api.get("/entities/urn:x:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:x:2?format=concise").hasBody("{\"id\":\"urn:x:2\",\"type\":\"T\",\"b\":1,\"c\":2}");
        assertThat(api.get("/entities?type=T").json()).hasSize(1);
        assertThat(api.get("/entities?type=T&attrs=a").json()).isEmpty();
        api.post("/entities/urn:x:2/attrs?options=noOverwrite", "{\"a\":5}").hasStatus(204);
        api.create("{\"id\":\"urn:x:1\",\"type\":\"T\"}");
        api.get("/entities/urn:x:2?attrs=a&format=concise").hasBody("{\"id\":\"urn:x:2\",\"type\":\"T\",\"a\":5}");
    }

    @Test
    void findsEntitiesWithOddIds() {
        for (String id : new String[] {
            "urn:x:a/b?c#d", "http://example.org/x?y=1&z=2", "urn:x:Šiška", "urn:x:100%25", "urn:x:a+b;c=d,e"
        }) {
            String location = api.post(
                            "/entities",
                            "{\"id\":" + Json.text(tools.jackson.databind.node.StringNode.valueOf(id))
                                    + ",\"type\":\"T\"}")
                    .hasStatus(201)
                    .headers("Location")
                    .getFirst();
            String path = location.substring("/ngsi-ld/v1".length());
            assertThat(api.get(path).hasStatus(200).json().get("id").stringValue())
                    .isEqualTo(id);
            api.delete(path).hasStatus(204);
        }
    }
}
