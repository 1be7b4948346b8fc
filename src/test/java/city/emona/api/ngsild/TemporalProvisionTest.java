package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Writing history (clauses 5.6.11 to 5.6.16). */
class TemporalProvisionTest {
    private static final String BUS = """
            {"id": "urn:x:bus", "type": "Bus",
             "speed": [{"type": "Property", "value": 40, "observedAt": "2026-01-01T10:00:00Z"},
                       {"type": "Property", "value": 50, "observedAt": "2026-01-01T10:05:00Z", "unitCode": "KMH"},
                       {"type": "Property", "value": 7, "observedAt": "2026-01-01T10:05:00Z", "datasetId": "urn:d:1"}]}""";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        api.post("/temporal/entities", BUS)
                .isEmpty(201)
                .hasHeader("Location", "/ngsi-ld/v1/temporal/entities/urn:x:bus");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String values() {
        return api.get("/temporal/entities/urn:x:bus?format=temporalValues")
                .hasStatus(200)
                .text();
    }

    private JsonNode speeds() {
        return api.get("/temporal/entities/urn:x:bus?attrs=speed")
                .hasStatus(200)
                .json()
                .get("speed");
    }

    private String instanceAt(int place) {
        return speeds().get(place).get("instanceId").stringValue();
    }

    @Test
    void showsWhatWasWrittenWithAnIdOfEachInstance() {
        for (JsonNode speed : speeds()) {
            assertThat(speed.get("instanceId").stringValue()).startsWith("urn:ngsi-ld:instance:");
            assertThat(speed.has("createdAt")).isFalse();
        }
        assertThat(speeds().valueStream().map(s -> s.get("instanceId")).distinct())
                .hasSize(3);
        assertThat(values()).isEqualTo("""
                {"id":"urn:x:bus","type":"Bus","speed":[\
                {"type":"Property","values":[[40,"2026-01-01T10:00:00Z"],[50,"2026-01-01T10:05:00Z"]]},\
                {"type":"Property","datasetId":"urn:d:1","values":[[7,"2026-01-01T10:05:00Z"]]}]}""");
    }

    @Test
    void doesNotTouchCurrentState() {
        api.get("/entities/urn:x:bus").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.create("{\"id\":\"urn:x:tram\",\"type\":\"Tram\",\"speed\":1}");
        api.post("/temporal/entities", BUS.replace("urn:x:bus", "urn:x:tram")).isEmpty(204);
        api.get("/entities/urn:x:tram?options=keyValues")
                .hasBody("{\"id\":\"urn:x:tram\",\"type\":\"Tram\",\"speed\":1}");
        api.get("/temporal/entities/urn:x:tram").hasStatus(200);
    }

    @Test
    void updatingAddsInstancesAndTypesAndReplacesWhatWasObservedAtTheSameTime() {
        api.post("/temporal/entities", """
                {"id": "urn:x:bus", "type": ["Bus", "Vehicle"],
                 "speed": [{"type": "Property", "value": 41, "observedAt": "2026-01-01T10:00:00.000Z"},
                           {"type": "Property", "value": 30, "observedAt": "2025-12-31T10:00:00Z"}],
                 "line": {"value": 6, "observedAt": "2026-01-01T10:00:00Z"}}""").isEmpty(204);
        assertThat(values()).contains("""
                "type":["Bus","Vehicle"],""").contains("""
                {"type":"Property","values":[[30,"2025-12-31T10:00:00Z"],[41,"2026-01-01T10:00:00.000Z"],\
                [50,"2026-01-01T10:05:00Z"]]}""").contains("""
                "line":{"type":"Property","values":[[6,"2026-01-01T10:00:00Z"]]}""");
    }

    @Test
    void takesTheSimplifiedRepresentationThatItGives() {
        api.post("/temporal/entities", values().replace("urn:x:bus", "urn:x:copy"))
                .isEmpty(201);
        api.get("/temporal/entities/urn:x:copy?format=temporalValues")
                .hasBody(values().replace("urn:x:bus", "urn:x:copy"));
        String odd = """
                {"id": "urn:x:odd", "type": "Odd",
                 "says": {"type": "LanguageProperty", "languageMaps": [[{"languageMap": {"sl": "da"}}, "2026-01-01T10:00:00Z"]]},
                 "raw": {"type": "JsonProperty", "jsons": [[{"json": {"a": 1}}, "2026-01-01T10:00:00Z"]]},
                 "mood": {"type": "VocabProperty", "vocabs": [[{"vocab": "Good"}, "2026-01-01T10:00:00Z"]]},
                 "with": {"type": "Relationship", "objects": [["urn:x:bus", "2026-01-01T10:00:00Z"]]},
                 "stops": {"type": "ListRelationship", "objectLists": [[["urn:s:1", "urn:s:2"], "2026-01-01T10:00:00Z"]]},
                 "steps": {"type": "ListProperty", "valueLists": [[[1, 2], "2026-01-01T10:00:00Z"]]},
                 "location": {"type": "GeoProperty",
                              "values": [[{"type": "Point", "coordinates": [14.5, 46.0]}, "2026-01-01T10:00:00Z"]]}}""";
        api.post("/temporal/entities", odd).isEmpty(201);
        JsonNode shown =
                api.get("/temporal/entities/urn:x:odd?options=temporalValues").json();
        for (String name : List.of("says", "raw", "mood", "with", "stops", "steps", "location")) {
            assertThat(shown.get(name))
                    .as(name)
                    .isEqualTo(city.emona.json.Json.parse(odd).get(name));
        }
        api.post("/temporal/entities", odd.replace("[1, 2], ", "")).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void addsAttributes() {
        String path = "/temporal/entities/urn:x:bus/attrs";
        api.post(path, "{\"doors\":[{\"type\":\"Property\",\"value\":3,\"observedAt\":\"2026-01-01T10:00:00Z\"}]}")
                .isEmpty(204);
        assertThat(values()).contains("\"doors\":{\"type\":\"Property\",\"values\":[[3,\"2026-01-01T10:00:00Z\"]]}");
        api.post("/temporal/entities/urn:x:other/attrs", "{\"doors\":3}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post(path, "{\"id\":\"urn:x:other\",\"doors\":3}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/temporal/entities//attrs", "{\"doors\":3}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/temporal/entities/nonsense/attrs", "{\"doors\":3}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post(path, "{\"doors\":").isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void deletesTheHistoryOfAnAttributeByDatasetOrAsAWhole() {
        String path = "/temporal/entities/urn:x:bus/attrs/speed";
        api.delete(path).isEmpty(204);
        assertThat(values()).contains("\"speed\":{\"type\":\"Property\",\"datasetId\":\"urn:d:1\"");
        api.delete(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(path + "?datasetId=urn:d:2").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(path + "?datasetId=urn:d:1").isEmpty(204);
        api.post("/temporal/entities", BUS).isEmpty(204);
        api.delete(path + "?deleteAll=true").isEmpty(204);
        assertThat(values()).isEqualTo("{\"id\":\"urn:x:bus\",\"type\":\"Bus\"}");
        api.delete("/temporal/entities/urn:x:other/attrs/speed").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(path + "?deleteAll=yes").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/temporal/entities/urn:x:bus/attrs/%2e%2e").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/temporal/entities//attrs/speed").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/temporal/entities/urn:x:bus/attrs/").hasStatus(405);
    }

    @Test
    void replacesAnInstanceWhichKeepsItsIdAndItsTimeOfCreation() {
        JsonNode before = api.get("/temporal/entities/urn:x:bus?attrs=speed&options=sysAttrs&datasetId=@none")
                .json()
                .get("speed")
                .get(0);
        String id = before.get("instanceId").stringValue();
        api.ahead.addAndGet(5_000);
        api.patch(
                        "/temporal/entities/urn:x:bus/attrs/speed/" + id,
                        "[{\"type\":\"Property\",\"value\":44,\"observedAt\":\"2026-01-01T11:00:00Z\"}]")
                .isEmpty(204);
        JsonNode after = api.get("/temporal/entities/urn:x:bus?attrs=speed&options=sysAttrs&datasetId=@none")
                .json()
                .get("speed")
                .get(1);
        assertThat(after.get("value").intValue()).isEqualTo(44);
        assertThat(after.get("observedAt").stringValue()).isEqualTo("2026-01-01T11:00:00Z");
        assertThat(after.get("instanceId").stringValue()).isEqualTo(id);
        assertThat(after.get("createdAt")).isEqualTo(before.get("createdAt"));
        assertThat(after.get("modifiedAt")).isNotEqualTo(before.get("modifiedAt"));
        api.patch("/temporal/entities/urn:x:bus/attrs/speed/" + id, "{\"speed\":{\"value\":45}}")
                .isEmpty(204);
        api.get(
                        "/temporal/entities/urn:x:bus?timerel=after&timeAt=2000-01-01T00:00:00Z&timeproperty=createdAt&options=concise")
                .hasStatus(200);
        api.patch(
                        "/temporal/entities/urn:x:bus/attrs/speed/" + id,
                        "[{\"value\":1},{\"value\":2,\"datasetId\":\"urn:d:9\"}]")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void deletesAnInstance() {
        String id = instanceAt(0);
        String path = "/temporal/entities/urn:x:bus/attrs/speed/" + id;
        api.delete(path).isEmpty(204);
        assertThat(speeds()).hasSize(2);
        api.delete(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void refusesInstancesThatAreNotThere() {
        String id = instanceAt(0);
        for (String method : List.of("PATCH", "DELETE")) {
            String body = method.equals("PATCH") ? "{\"type\":\"Property\",\"value\":1}" : "";
            String base = "/temporal/entities/";
            assertThat(api.send(method, base + "urn:x:other/attrs/speed/" + id, body)
                            .status())
                    .isEqualTo(404);
            assertThat(api.send(method, base + "urn:x:bus/attrs/doors/" + id, body)
                            .status())
                    .isEqualTo(404);
            assertThat(api.send(method, base + "urn:x:bus/attrs/speed/urn:x:y", body)
                            .status())
                    .isEqualTo(404);
            assertThat(api.send(method, base + "urn:x:bus/attrs/speed/urn:ngsi-ld:instance:1-0-0", body)
                            .status())
                    .isEqualTo(404);
            assertThat(api.send(method, base + "nonsense/attrs/speed/" + id, body)
                            .status())
                    .isEqualTo(400);
            assertThat(api.send(method, base + "urn:x:bus/attrs/spe(ed/" + id, body)
                            .status())
                    .isEqualTo(400);
            assertThat(api.send(method, base + "urn:x:bus/attrs/speed/nonsense", body)
                            .status())
                    .isEqualTo(400);
            assertThat(api.send(method, base + "/attrs/speed/" + id, body).status())
                    .isEqualTo(400);
        }
        api.delete("/temporal/entities/urn:x:bus/attrs//" + id).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/temporal/entities/urn:x:bus/attrs//" + id, "{}").hasStatus(405);
        api.patch("/temporal/entities/urn:x:bus/attrs/speed/", "{}").hasStatus(405);
    }

    @Test
    void deletesTheHistoryOfAnEntity() {
        api.delete("/temporal/entities/urn:x:bus").isEmpty(204);
        api.get("/temporal/entities/urn:x:bus").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/temporal/entities/urn:x:bus").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/temporal/entities/nonsense").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/temporal/entities/").hasStatus(405);
    }

    @Test
    void refusesHistoriesThatBreakTheModel() {
        for (String body : List.of(
                "{\"type\":\"Bus\",\"speed\":1}",
                "{\"id\":\"urn:x:1\",\"speed\":1}",
                "{\"id\":\"nonsense\",\"type\":\"Bus\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"expiresAt\":\"urn:ngsi-ld:null\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"scope\":\"urn:ngsi-ld:null\"}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"scope\":[{\"type\":\"Property\",\"value\":\"/1\"}]}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"speed\":[{\"type\":\"Property\",\"observedAt\":\"2026-01-01T10:00:00Z\"}]}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"speed\":[{\"type\":\"Property\",\"value\":1,\"observedAt\":\"2026-01-01\"}]}",
                "{\"id\":\"urn:x:1\",\"type\":\"Bus\",\"value\":1}")) {
            api.post("/temporal/entities", body).isProblem(ProblemType.BAD_REQUEST_DATA);
        }
        api.post("/temporal/entities", "{").isProblem(ProblemType.INVALID_REQUEST);
        api.post("/temporal/entities", "[]").isProblem(ProblemType.INVALID_REQUEST);
        api.get("/temporal/entities/urn:x:1").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void makesTenantsAndKeepsThemApart() {
        api.post("/temporal/entities", BUS, "NGSILD-Tenant", "north")
                .isEmpty(201)
                .hasHeader("NGSILD-Tenant", "north");
        api.delete("/temporal/entities/urn:x:bus", "NGSILD-Tenant", "north").isEmpty(204);
        api.delete("/temporal/entities/urn:x:bus", "NGSILD-Tenant", "south").isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/temporal/entities/urn:x:bus/attrs", "{\"a\":1}", "NGSILD-Tenant", "south")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        api.get("/temporal/entities/urn:x:bus").hasStatus(200);
    }

    @Test
    void manyInstancesGoInAtOnce() {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 1_500; i++) {
            values.append(i == 0 ? "" : ",")
                    .append("[")
                    .append(i)
                    .append(",\"2026-02-01T")
                    .append(String.format("%02d:%02d:%02dZ", i / 3600, i / 60 % 60, i % 60))
                    .append("\"]");
        }
        api.post("/temporal/entities/urn:x:bus/attrs", "{\"n\":{\"type\":\"Property\",\"values\":[" + values + "]}}")
                .isEmpty(204);
        api.get("/temporal/entities/urn:x:bus?attrs=n&format=aggregatedValues&aggrMethods=totalCount,sum")
                .hasBody("""
                        {"id":"urn:x:bus","type":"Bus","n":{"type":"Property",\
                        "totalCount":[[1500,"2026-02-01T00:00:00Z","2026-02-01T00:24:59Z"]],\
                        "sum":[[1124250.0,"2026-02-01T00:00:00Z","2026-02-01T00:24:59Z"]]}}""");
    }
}
