package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The options and partial results of the operations that write (clauses 5.6 and 6.4 to 6.17). */
class ProvisionTest {
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

    private String concise(String id) {
        return api.get("/entities/" + id + "?format=concise").hasStatus(200).text();
    }

    @Test
    void mergesSimplifiedFragmentsByFormatOrOption() {
        api.create(
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"r\":{\"type\":\"Relationship\",\"object\":\"urn:x:2\"},\"p\":1}");
        api.patch("/entities/urn:x:1?options=keyValues", "{\"r\":\"urn:x:3\"}").isEmpty(204);
        assertThat(concise("urn:x:1")).contains("\"r\":{\"object\":\"urn:x:3\"}");
        api.patch("/entities/urn:x:1?format=simplified", "{\"r\":\"urn:x:4\",\"p\":{\"value\":2}}")
                .isEmpty(204);
        assertThat(concise("urn:x:1")).contains("\"r\":{\"object\":\"urn:x:4\"}", "\"p\":{\"value\":{\"value\":2}}");
        api.patch("/entities/urn:x:1?format=simplified", "{\"r\":7}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1?format=normalized", "{\"p\":1}").isProblem(ProblemType.INVALID_REQUEST);
        api.patch("/entities/urn:x:1?options=sysAttrs", "{\"p\":1}").isProblem(ProblemType.INVALID_REQUEST);
        api.post("/entityOperations/merge?format=simplified", "[{\"id\":\"urn:x:1\",\"r\":\"urn:x:5\"}]")
                .isEmpty(204);
        assertThat(concise("urn:x:1")).contains("\"r\":{\"object\":\"urn:x:5\"}");
    }

    @Test
    void mergesWithACommonLanguageAndTime() {
        api.create("""
                {"id": "urn:x:1", "type": "T", "l": {"type": "LanguageProperty", "languageMap": {"sl": "da", "en": "yes"}},
                 "a": {"type": "Property", "value": 1, "observedAt": "2026-01-01T00:00:00Z"}}""");
        api.patch("/entities/urn:x:1?lang=en&observedAt=2026-02-02T00:00:00Z", "{\"l\":\"no\",\"a\":2}")
                .isEmpty(204);
        assertThat(concise("urn:x:1"))
                .contains("\"languageMap\":{\"sl\":\"da\",\"en\":\"no\"}")
                .contains("\"a\":{\"value\":2,\"observedAt\":\"2026-02-02T00:00:00Z\"}");
        api.patch("/entities/urn:x:1?lang=sl,en", "{\"l\":\"no\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1?observedAt=today", "{\"a\":3}").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void saysWhichAttributesAnAppendLeftAlone() {
        api.create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1}");
        String before = api.get("/entities/urn:x:1?options=sysAttrs").text();
        String left = "https://uri.etsi.org/ngsi-ld/default-context/a";
        JsonNode all = api.post("/entities/urn:x:1/attrs?options=noOverwrite", "{\"a\":2}")
                .hasStatus(207)
                .json();
        assertThat(all.get("updated").isEmpty()).isTrue();
        assertThat(all.get("notUpdated").get(0).get("attributeName").stringValue())
                .isEqualTo(left);
        assertThat(all.get("notUpdated").get(0).get("reason").stringValue()).isNotEmpty();
        assertThat(api.get("/entities/urn:x:1?options=sysAttrs").text())
                .as("nothing was written")
                .isEqualTo(before);
        JsonNode some = api.post("/entities/urn:x:1/attrs?options=noOverwrite", """
                {"a": [{"type": "Property", "value": 2}, {"type": "Property", "value": 3, "datasetId": "urn:d:1"}]}""")
                .hasStatus(207)
                .json();
        assertThat(some.get("updated").get(0).stringValue()).isEqualTo(left);
        assertThat(some.get("notUpdated").get(0).get("attributeName").stringValue())
                .isEqualTo(left);
        assertThat(concise("urn:x:1")).contains("[1,{\"value\":3,\"datasetId\":\"urn:d:1\"}]");
    }

    @Test
    void updatesWhatABatchUpsertFindsAsUpdateAttributesDoes() {
        api.create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\",\"a\":1,\"b\":2}");
        api.post("/entityOperations/upsert?options=update", """
                [{"id": "urn:x:1", "type": "U", "scope": "/b", "a": "urn:ngsi-ld:null", "c": 3}]""").isEmpty(204);
        api.get("/entities/urn:x:1?format=concise").hasBody("""
                {"id": "urn:x:1", "type": ["T", "U"], "scope": "/b", "b": 2, "c": 3}""");
        JsonNode refused = api.post("/entityOperations/upsert?options=update", """
                [{"id": "urn:x:2", "type": "U", "a": "urn:ngsi-ld:null"}, {"id": "urn:x:3", "a": 1},
                 {"id": "urn:x:4", "type": "U"}]""")
                .hasStatus(207)
                .json();
        assertThat(refused.get("success").get(0).stringValue()).isEqualTo("urn:x:4");
        assertThat(refused.get("errors")).hasSize(2);
        api.get("/entities/urn:x:2").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void givesAllThatABatchWritesTheSameTime() {
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < 500; i++) {
            batch.append(i == 0 ? "" : ",").append("{\"id\":\"urn:x:").append(i).append("\",\"type\":\"T\",\"a\":1}");
        }
        api.post("/entityOperations/create", batch.append(']').toString()).hasStatus(201);
        Set<String> times = new HashSet<>();
        for (JsonNode entity :
                api.get("/entities?type=T&limit=1000&options=sysAttrs").json()) {
            times.add(entity.get("modifiedAt").stringValue());
            times.add(entity.get("a").get("modifiedAt").stringValue());
        }
        assertThat(times).hasSize(1);
    }

    @Test
    void writesTheSameEntityOfABatchInOrder() {
        JsonNode created =
                api.post("/entityOperations/create", """
                [{"id": "urn:x:1", "type": "T", "a": 1}, {"id": "urn:x:1", "type": "T", "a": 2}]""").hasStatus(207).json();
        assertThat(created.get("success")).hasSize(1);
        assertThat(created.at("/errors/0/error/type").stringValue()).endsWith("AlreadyExists");
        assertThat(created.at("/errors/0/error/status").intValue()).isEqualTo(409);
        assertThat(created.at("/errors/0/entityId").stringValue()).isEqualTo("urn:x:1");
        assertThat(concise("urn:x:1")).contains("\"a\":1");
        api.post("/entityOperations/merge", """
                [{"id": "urn:x:1", "a": 5, "b": 1}, {"id": "urn:x:1", "a": 6}]""").isEmpty(204);
        assertThat(concise("urn:x:1")).contains("\"a\":6,\"b\":1");
        JsonNode deleted = api.post("/entityOperations/delete", "[\"urn:x:1\",\"urn:x:1\"]")
                .hasStatus(207)
                .json();
        assertThat(deleted.get("success")).hasSize(1);
        assertThat(deleted.at("/errors/0/error/status").intValue()).isEqualTo(404);
    }

    @Test
    void refusesToWriteAndGoesOnReadingWhenTheDiskIsFull() {
        String entity = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1}";
        api.create(entity);
        api.close();
        api = new Api(folder, Long.MAX_VALUE);
        api.post("/entities", entity.replace("x:1", "x:2"))
                .isProblem(ProblemType.INSUFFICIENT_STORAGE)
                .hasStatus(507);
        api.patch("/entities/urn:x:1", "{\"a\":2}").hasStatus(507);
        api.delete("/entities/urn:x:1").hasStatus(507);
        api.post("/entityOperations/upsert", "[" + entity + "]").hasStatus(507);
        api.get("/entities/urn:x:1?options=keyValues").hasBody(entity);
        api.get("/entities?type=T&options=keyValues").hasBody("[" + entity + "]");
        api.close();
        api = new Api(folder);
        api.patch("/entities/urn:x:1", "{\"a\":2}").isEmpty(204);
    }

    @Test
    void createsTenantsByCreationAlone() {
        String[] tenant = {"NGSILD-Tenant", "north"};
        String entity = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1}";
        api.post("/entityOperations/upsert", "[" + entity + "]", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entityOperations/update", "[" + entity + "]", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entityOperations/merge", "[" + entity + "]", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entityOperations/delete", "[\"urn:x:1\"]", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.patch("/entities/urn:x:1", "{\"a\":2}", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.put("/entities/urn:x:1", entity, tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.delete("/entities/urn:x:1", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entities/urn:x:1/attrs", "{\"a\":2}", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.patch("/entities/urn:x:1/attrs", "{\"a\":2}", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.delete("/entities/urn:x:1/attrs/a", tenant)
                .isProblem(ProblemType.NONEXISTENT_TENANT)
                .hasHeader("NGSILD-Tenant", "north");
        api.post("/entityOperations/create", "[{\"id\":\"urn:x:1\"}]", tenant).hasStatus(207);
        api.get("/entities?type=T", tenant).isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entityOperations/create", "[" + entity + "]", tenant)
                .hasStatus(201)
                .hasHeader("NGSILD-Tenant", "north");
        api.get("/entities?type=T", tenant).hasStatus(200).hasHeader("NGSILD-Tenant", "north");
        api.get("/entities/urn:x:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/entities", entity, "NGSILD-Tenant", "south").hasStatus(201);
        api.delete("/entities/urn:x:1", "NGSILD-Tenant", "south").hasStatus(204).hasHeader("NGSILD-Tenant", "south");
        api.get("/entities?type=T", "NGSILD-Tenant", "south").hasBody("[]");
    }
}
