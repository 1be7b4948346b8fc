package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.api.ngsild.Api.Answer;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots (clauses 5.5.15, 5.16, 6.3.22 and 6.36 to 6.38). */
class SnapshotTest {
    private static final String VEHICLES = "{\"type\":\"Query\",\"entities\":[{\"type\":\"Vehicle\"}]}";
    private static final String HOUR = "3600000";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        api.create("{\"id\":\"urn:v:1\",\"type\":\"Vehicle\",\"speed\":80,\"name\":\"a\"}");
        api.create("{\"id\":\"urn:v:2\",\"type\":\"Vehicle\",\"speed\":30,\"name\":\"b\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String snapshot(String queries, String... members) {
        ObjectNode json = Json.object().put("type", "Snapshot");
        json.set("snapshotQueries", Json.parse("[" + queries + "]"));
        for (int i = 0; i < members.length; i += 2) {
            json.set(members[i], Json.parse(members[i + 1]));
        }
        return Json.text(json);
    }

    /** Creates a snapshot and gives its id when it is filled. */
    private String create(String body, String... headers) {
        return ready(api.post("/snapshots", body, headers).isEmpty(201), headers)
                .get("id")
                .stringValue();
    }

    private JsonNode ready(Answer created, String... headers) {
        String path = created.headers("Location").getFirst().substring(NgsiLdApi.ROOT.length());
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < patience) {
            JsonNode status = api.get(path, headers).hasStatus(200).json();
            if (!status.get("snapshotStatus").stringValue().equals("preparing")) {
                return status;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError(path + " is not filled");
    }

    private List<String> ids(Answer answer) {
        return answer.hasStatus(200)
                .json()
                .valueStream()
                .map(entity -> entity.get("id").stringValue())
                .toList();
    }

    @Test
    void freezesWhatItsQueriesFind() {
        Answer created = api.post(
                "/snapshots",
                snapshot("{\"type\":\"Query\",\"entities\":[{\"type\":\"Vehicle\"}],\"q\":\"speed>50\"}"));
        JsonNode status = ready(created.isEmpty(201));
        assertThat(status.get("type").stringValue()).isEqualTo("Snapshot");
        assertThat(status.get("snapshotStatus").stringValue()).isEqualTo("success");
        assertThat(status.get("snapshotPriority").intValue()).isEqualTo(5);
        assertThat(status.at("/snapshotQueriesDetails/0/resultStatus").stringValue())
                .isEqualTo("success");
        assertThat(status.at("/snapshotQueries/0/q").stringValue()).isEqualTo("speed>50");
        assertThat(status.propertyNames()).contains("createdAt", "modifiedAt", "expiresAt", "lastUsedAt");
        String id = status.get("id").stringValue();

        api.patch("/entities/urn:v:1/attrs", "{\"speed\":10}").hasStatus(204);
        api.create("{\"id\":\"urn:v:3\",\"type\":\"Vehicle\",\"speed\":90}");
        Answer frozen = api.get("/entities?type=Vehicle", "NGSILD-Snapshot", id).hasHeader("NGSILD-Snapshot", id);
        assertThat(ids(frozen)).containsExactly("urn:v:1");
        api.get("/entities/urn:v:1?options=keyValues", "NGSILD-Snapshot", id)
                .hasBody("{\"id\":\"urn:v:1\",\"type\":\"Vehicle\",\"speed\":80,\"name\":\"a\"}");
        api.get("/entities/urn:v:3", "NGSILD-Snapshot", id)
                .isProblem(ProblemType.RESOURCE_NOT_FOUND)
                .hasHeader("NGSILD-Snapshot", id);
        assertThat(ids(api.get("/entities?limit=5", "NGSILD-Snapshot", id)))
                .as("all is local in a snapshot")
                .containsExactly("urn:v:1");
    }

    @Test
    void letsAllOperationsActOnItsEntitiesAlone() {
        String[] inside = {"NGSILD-Snapshot", create(snapshot(VEHICLES))};
        api.post("/entities", "{\"id\":\"urn:v:9\",\"type\":\"Vehicle\"}", inside)
                .isEmpty(201)
                .hasHeader(inside[0], inside[1]);
        api.patch("/entities/urn:v:1", "{\"speed\":1}", inside).isEmpty(204);
        api.delete("/entities/urn:v:2", inside).isEmpty(204);
        api.post("/entityOperations/upsert", "[{\"id\":\"urn:v:8\",\"type\":\"Vehicle\"}]", inside)
                .hasStatus(201);
        assertThat(ids(api.get("/entities?type=Vehicle", inside))).containsExactly("urn:v:1", "urn:v:8", "urn:v:9");
        assertThat(ids(api.get("/entities?type=Vehicle"))).containsExactly("urn:v:1", "urn:v:2");
        api.get("/entities/urn:v:1?options=keyValues")
                .hasBody("{\"id\":\"urn:v:1\",\"type\":\"Vehicle\",\"speed\":80,\"name\":\"a\"}");
        api.delete("/entities?type=Vehicle", inside).isEmpty(204);
        assertThat(ids(api.get("/entities?type=Vehicle", inside))).isEmpty();
        assertThat(ids(api.get("/entities?type=Vehicle"))).hasSize(2);
        assertThat(api.broker.listTenants()).as("a snapshot is no tenant").containsExactly(Tenant.DEFAULT);
    }

    @Test
    void refusesRequestsToSnapshotsThatDoNotExist() {
        String[] inside = {"NGSILD-Snapshot", "urn:s:none"};
        api.get("/entities?type=Vehicle", inside).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:v:1", inside).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/entities", "{\"id\":\"urn:v:9\",\"type\":\"Vehicle\"}", inside)
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/entityOperations/create", "[{\"id\":\"urn:v:9\",\"type\":\"Vehicle\"}]", inside)
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities?type=Vehicle", inside).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/types", inside).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/snapshots/urn:s:none").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch("/snapshots/urn:s:none", "{\"snapshotPriority\":1}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/snapshots/urn:s:none").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/snapshots/none").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void takesAllPagesAndOnlyWhatAQueryPicks() {
        for (int batch = 0; batch < 3; batch++) {
            StringBuilder entities = new StringBuilder("[");
            for (int i = 0; i < 500; i++) {
                entities.append(i == 0 ? "" : ",")
                        .append("{\"id\":\"urn:m:")
                        .append(batch * 500 + i)
                        .append("\",\"type\":\"Many\",\"a\":1,\"b\":2}");
            }
            api.post("/entityOperations/create", entities.append(']').toString())
                    .hasStatus(201);
        }
        String many = "{\"type\":\"Query\",\"entities\":[{\"type\":\"Many\"}]";
        String seven = "{\"type\":\"Query\",\"entities\":[{\"type\":\"Many\",\"id\":\"urn:m:7\"}],\"attrs\":[\"b\"]}";
        String id = create(snapshot(many + ",\"pick\":[\"id\",\"type\",\"a\"]}," + seven));
        api.get("/entities?type=Many&limit=0&count=true", "NGSILD-Snapshot", id)
                .hasHeader("NGSILD-Results-Count", "1500");
        api.get("/entities/urn:m:1?options=keyValues", "NGSILD-Snapshot", id)
                .hasBody("{\"id\":\"urn:m:1\",\"type\":\"Many\",\"a\":1}");
        api.get("/entities/urn:m:7?options=keyValues", "NGSILD-Snapshot", id)
                .hasBody("{\"id\":\"urn:m:7\",\"type\":\"Many\",\"a\":1,\"b\":2}");
    }

    @Test
    void saysWhatBecameOfEachQuery() {
        String nothing = "{\"type\":\"Query\",\"entities\":[{\"type\":\"Nothing\"}]}";
        assertThat(status(snapshot(nothing))).isEqualTo("empty");
        assertThat(status(snapshot(VEHICLES + "," + nothing))).isEqualTo("partial");
        String past =
                "[{\"type\":\"Query\",\"entities\":[{\"type\":\"Vehicle\"}],\"temporalQ\":{\"timerel\":\"before\","
                        + "\"timeAt\":\"2030-01-01T00:00:00Z\"}}]";
        assertThat(status(snapshot(VEHICLES, "snapshotTemporalQueries", past))).isEqualTo("partial");
        JsonNode none =
                ready(api.post("/snapshots", "{\"type\":\"Snapshot\",\"snapshotTemporalQueries\":" + past + "}"));
        assertThat(none.get("snapshotStatus").stringValue()).isEqualTo("empty");
        assertThat(none.at("/snapshotTemporalQueriesDetails/0/resultStatus").stringValue())
                .isEqualTo("empty");
        String[] empty = {"NGSILD-Snapshot", create(snapshot(nothing))};
        assertThat(ids(api.get("/entities?type=Vehicle", empty))).isEmpty();
    }

    @Test
    void keepsTheHistoriesThatQueriesOfThePastFound() {
        api.post("/temporal/entities", """
                {"id": "urn:h:1", "type": "Old",
                 "a": {"type": "Property", "values": [[1, "2026-01-01T10:00:00Z"], [2, "2026-01-01T11:00:00Z"]]}}""").hasStatus(201);
        String[] frozen = {"NGSILD-Snapshot", create("""
                {"type": "Snapshot", "snapshotTemporalQueries": [{"type": "Query", "entities": [{"type": "Old"}],
                 "temporalQ": {"timerel": "before", "timeAt": "2026-01-01T11:00:00Z"}}]}""")};
        api.delete("/temporal/entities/urn:h:1").isEmpty(204);
        String kept = """
                {"id":"urn:h:1","type":"Old","a":{"type":"Property","values":[[1,"2026-01-01T10:00:00Z"]]}}""";
        api.get("/temporal/entities/urn:h:1?format=temporalValues", frozen).hasBody(kept);
        String[] copy = {
            "NGSILD-Snapshot",
            ready(api.post("/snapshots/" + frozen[1] + "/clone", "{\"type\":\"Snapshot\"}"))
                    .get("id")
                    .stringValue()
        };
        api.delete("/snapshots/" + frozen[1]).isEmpty(204);
        api.get("/temporal/entities/urn:h:1", frozen).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/temporal/entities/urn:h:1?format=temporalValues", copy).hasBody(kept);
    }

    private String status(String body) {
        return ready(api.post("/snapshots", body)).get("snapshotStatus").stringValue();
    }

    @Test
    void refusesWhatIsNoSnapshot() {
        for (String body : List.of(
                "{\"type\":\"Snapshot\"}",
                "{\"snapshotQueries\":[" + VEHICLES + "]}",
                "{\"type\":\"Snapshot\",\"snapshotQueries\":[]}",
                "{\"type\":\"Snapshot\",\"snapshotQueries\":[7]}",
                "{\"type\":\"Snapshot\",\"snapshotQueries\":[{\"type\":\"Query\"}]}",
                snapshot("{\"type\":\"Query\",\"entities\":[{\"type\":\"V\"}],\"temporalQ\":{\"timerel\":\"before\"}}"),
                snapshot("{\"type\":\"Query\",\"entities\":[{\"type\":\"V\"}],\"q\":\"a==\"}"),
                "{\"type\":\"Snapshot\",\"snapshotTemporalQueries\":[" + VEHICLES + "]}",
                snapshot(VEHICLES, "snapshotPriority", "0"),
                snapshot(VEHICLES, "snapshotPriority", "11"),
                snapshot(VEHICLES, "snapshotLifetime", "\"a day\""),
                snapshot(VEHICLES, "endpoint", "\"mailto:a@b\""),
                snapshot(VEHICLES, "receiverInfo", "[{\"key\":\"Host\",\"value\":\"x\"}]"),
                snapshot(VEHICLES, "receiverInfo", "[{\"key\":\"a b\",\"value\":\"x\"}]"),
                snapshot(VEHICLES, "colour", "1"),
                snapshot(VEHICLES, "id", "\"no uri\""))) {
            assertThat(api.post("/snapshots", body).status()).as(body).isEqualTo(400);
        }
        api.post("/snapshots", snapshot(VEHICLES), "NGSILD-Tenant", "nowhere")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
    }

    @Test
    void keepsTheIdThatTheClientChose() {
        String body = snapshot(VEHICLES, "id", "\"urn:s:1\"", "snapshotStatus", "\"failure\"");
        assertThat(create(body)).isEqualTo("urn:s:1");
        api.post("/snapshots", body).isProblem(ProblemType.ALREADY_EXISTS);
        api.delete("/snapshots/urn:s:1").isEmpty(204);
        api.delete("/entities/urn:v:1").hasStatus(204);
        create(body);
        assertThat(ids(api.get("/entities?type=Vehicle", "NGSILD-Snapshot", "urn:s:1")))
                .as("nothing is left of the earlier one")
                .containsExactly("urn:v:2");
    }

    @Test
    void changesSettingsAndNothingElse() {
        String id = create(snapshot(VEHICLES, "snapshotLifetime", "\"PT1H\""));
        JsonNode before = api.get("/snapshots/" + id).json();
        JsonNode changed = api.patch("/snapshots/" + id, """
                {"snapshotPriority": 2, "snapshotLifetime": "P2D", "endpoint": "http://127.0.0.1:9/", "expiresAt": "2000-01-01T00:00:00Z"}""").hasStatus(200).json();
        assertThat(changed.get("snapshotPriority").intValue()).isEqualTo(2);
        assertThat(changed.get("expiresAt").stringValue())
                .isGreaterThan(before.get("expiresAt").stringValue());
        assertThat(changed.get("createdAt")).isEqualTo(before.get("createdAt"));
        assertThat(api.patch("/snapshots/" + id, "{\"endpoint\":\"urn:ngsi-ld:null\"}")
                        .json()
                        .has("endpoint"))
                .isFalse();
        api.patch("/snapshots/" + id, "{\"snapshotQueries\":[]}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/snapshots/" + id, snapshot(VEHICLES)).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/snapshots/" + id, "{\"id\":\"urn:s:other\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/snapshots/" + id, "{\"snapshotPriority\":\"high\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        JsonNode bounded = api.patch("/snapshots/" + id, "{\"snapshotLifetime\":\"P100Y\"}")
                .json();
        assertThat(bounded.get("expiresAt").stringValue())
                .as("no longer than the server allows")
                .startsWith("20");
        api.get("/snapshots/" + id, "Accept", Api.JSON_LD).hasHeader("Content-Type", Api.JSON_LD);
    }

    @Test
    void clonesWhatTheOriginalHolds() {
        String id = create(snapshot(VEHICLES));
        api.patch("/entities/urn:v:1", "{\"speed\":5}", "NGSILD-Snapshot", id).hasStatus(204);
        Answer answer = api.post("/snapshots/" + id + "/clone", "{\"type\":\"Snapshot\",\"snapshotPriority\":9}");
        JsonNode clone = ready(answer.isEmpty(201));
        assertThat(clone.get("snapshotStatus").stringValue()).isEqualTo("success");
        assertThat(clone.get("snapshotPriority").intValue()).isEqualTo(9);
        api.delete("/snapshots/" + id).isEmpty(204);
        api.get("/entities/urn:v:1", "NGSILD-Snapshot", id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        String[] inside = {"NGSILD-Snapshot", clone.get("id").stringValue()};
        assertThat(api.get("/entities/urn:v:1?options=keyValues", inside).text())
                .contains("\"speed\":5");
        api.post("/snapshots/" + id + "/clone", "{\"type\":\"Snapshot\"}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/snapshots/" + inside[1] + "/clone", snapshot(VEHICLES)).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/snapshots/" + inside[1] + "/clone", "{\"type\":\"Snapshot\",\"id\":\"" + inside[1] + "\"}")
                .isProblem(ProblemType.ALREADY_EXISTS);
    }

    @Test
    void purgesByMembersOfSnapshots() {
        String low = create(snapshot(VEHICLES, "snapshotPriority", "2"));
        String high = create(snapshot(VEHICLES, "snapshotPriority", "9"));
        api.delete("/snapshots").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/snapshots?q=speed%3E50").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/snapshots?q=snapshotPriority%3C").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/snapshots?q=snapshotPriority%3C2").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/snapshots?q=snapshotPriority%3C5;snapshotStatus==%22success%22")
                .isEmpty(204);
        api.get("/snapshots/" + low).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/snapshots/" + high).hasStatus(200);
        api.delete("/snapshots?q=createdAt%3E2020-01-01T00:00:00Z").isEmpty(204);
        api.get("/snapshots/" + high).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void belongsToItsTenant() {
        api.post("/entities", "{\"id\":\"urn:v:7\",\"type\":\"Vehicle\"}", "NGSILD-Tenant", "north")
                .hasStatus(201);
        String id = create(snapshot(VEHICLES), "NGSILD-Tenant", "north");
        Answer frozen = api.get("/entities?type=Vehicle", "NGSILD-Tenant", "north", "NGSILD-Snapshot", id)
                .hasHeader("NGSILD-Tenant", "north")
                .hasHeader("NGSILD-Snapshot", id);
        assertThat(ids(frozen)).containsExactly("urn:v:7");
        api.get("/entities?type=Vehicle", "NGSILD-Snapshot", id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/snapshots/" + id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void survivesARestartAndEndsWhenItsTimeHasCome() {
        String id = create(snapshot(VEHICLES, "snapshotLifetime", "\"PT1H\""));
        api.close();
        api = new Api(folder);
        api.delete("/entities/urn:v:1").hasStatus(204);
        assertThat(ids(api.get("/entities?type=Vehicle", "NGSILD-Snapshot", id)))
                .containsExactly("urn:v:1", "urn:v:2");
        api.broker.snapshots().tidy();
        api.get("/snapshots/" + id).hasStatus(200);
        api.ahead.addAndGet(Long.parseLong(HOUR));
        api.get("/snapshots/" + id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities?type=Vehicle", "NGSILD-Snapshot", id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.broker.snapshots().tidy();
        assertThat(api.broker.countEntities(Tenant.DEFAULT.withSnapshot(id))).isZero();
        api.ahead.set(0);
        api.get("/snapshots/" + id).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void makesRoomForMoreByWhatIsLeastImportant() {
        String least = create(snapshot(VEHICLES, "snapshotPriority", "3"));
        for (int i = 0; i < 49; i++) {
            api.post("/snapshots", snapshot(VEHICLES, "snapshotPriority", "8")).hasStatus(201);
        }
        api.post("/snapshots", snapshot(VEHICLES, "snapshotPriority", "2")).isProblem(ProblemType.TOO_MANY_RESULTS);
        api.get("/snapshots/" + least).hasStatus(200);
        api.post("/snapshots", snapshot(VEHICLES)).hasStatus(201);
        api.get("/snapshots/" + least).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void tellsTheEndpointOfEveryChangeOfStatus() throws InterruptedException {
        BlockingQueue<Request> received = new LinkedBlockingQueue<>();
        Router router = new Router().post("/notify", request -> {
            received.add(request);
            return Response.empty(200);
        });
        try (HttpServer receiver =
                HttpServer.start(HttpServerConfig.onLoopback(0), router, (_, p, _) -> Problems.response(p))) {
            String id = create(snapshot(
                    VEHICLES,
                    "endpoint",
                    "\"http://127.0.0.1:" + receiver.port() + "/notify\"",
                    "receiverInfo",
                    "[{\"key\":\"X-Key\",\"value\":\"secret\"}]"));
            Request filled = received.poll(20, TimeUnit.SECONDS);
            assertThat(filled).isNotNull();
            assertThat(filled.header("X-Key")).contains("secret");
            assertThat(filled.header("Content-Type")).contains(Api.JSON);
            JsonNode notification = Json.parse(filled.body());
            assertThat(notification.get("type").stringValue()).isEqualTo("SnapshotNotification");
            assertThat(notification.get("snapshotId").stringValue()).isEqualTo(id);
            assertThat(notification.get("snapshotStatus").stringValue()).isEqualTo("success");
            assertThat(notification.at("/snapshotQueriesDetails/0/resultStatus").stringValue())
                    .isEqualTo("success");
            assertThat(notification.propertyNames()).contains("id", "notifiedAt", "expiresAt", "snapshotPriority");

            api.patch("/snapshots/" + id, "{\"snapshotPriority\":7}").hasStatus(200);
            Request updated = received.poll(20, TimeUnit.SECONDS);
            assertThat(updated).isNotNull();
            assertThat(Json.parse(updated.body()).get("snapshotPriority").intValue())
                    .isEqualTo(7);

            api.delete("/snapshots/" + id).isEmpty(204);
            Request deleted = received.poll(20, TimeUnit.SECONDS);
            assertThat(deleted).isNotNull();
            JsonNode end = Json.parse(deleted.body());
            assertThat(end.get("expiresAt").stringValue())
                    .as("it says by its times that the snapshot is gone")
                    .isLessThan(end.get("notifiedAt").stringValue());
        }
    }
}
