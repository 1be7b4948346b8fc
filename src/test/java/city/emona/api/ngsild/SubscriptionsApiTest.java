package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.api.ngsild.Api.Answer;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions as a resource (clauses 5.8.1 to 5.8.5, 6.10 and 6.11). */
class SubscriptionsApiTest {
    private static final String ID = "urn:ngsi-ld:Subscription:1";
    private static final String ONE = "/subscriptions/" + ID;
    private static final String HOUR = "3600000";

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

    private static ObjectNode minimal() {
        return (ObjectNode) Json.parse("""
                {"id": "%s", "type": "Subscription", "entities": [{"type": "Thing"}],
                 "notification": {"endpoint": {"uri": "http://localhost:9/notify"}}}""".formatted(ID));
    }

    /** The smallest subscription with members of the JSON object in the place of its own. */
    private static String subscription(String members) {
        ObjectNode json = minimal();
        json.setAll((ObjectNode) Json.parse(members));
        return Json.text(json);
    }

    private JsonNode retrieve(String... headers) {
        return api.get(ONE, headers).hasStatus(200).json();
    }

    @Test
    void createsRetrievesAndDeletes() {
        api.post("/subscriptions", subscription("{}"))
                .isEmpty(201)
                .hasHeader("Location", "/ngsi-ld/v1/subscriptions/" + ID);
        Answer shown = api.get(ONE).hasStatus(200).hasHeader("Content-Type", Api.JSON);
        assertThat(shown.json().get("status").stringValue()).isEqualTo("active");
        assertThat(shown.json().propertyNames()).doesNotContain("isActive", "notificationTrigger", "@context");
        assertThat(shown.json().get("notification").propertyNames()).containsExactly("endpoint");
        api.post("/subscriptions/", subscription("{}")).isProblem(ProblemType.ALREADY_EXISTS);
        api.delete(ONE).isEmpty(204);
        api.get(ONE).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(ONE).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch(ONE, "{\"isActive\":false}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void survivesARestartWithAllThatItMeans() {
        String all = subscription("""
                {"entities": [{"type": "(Thing;ex:Other),A", "idPattern": "^urn"}, {"type": "*", "id": ["urn:a:1", "urn:a:2"]}],
                 "watchedAttributes": ["name", "ex:other"], "notificationTrigger": ["entityUpdated", "entityDeleted"],
                 "q": "name==\\"a\\",\\"b\\";(ex:other>1.50|name.unit~=\\"^k\\");x{Thing:y.z[m]}!=2026-01-01T00:00:00Z;t==1..2;type==true",
                 "geoQ": {"georel": "near;maxDistance==10", "geometry": "Point", "coordinates": [14.5, 46], "geoproperty": "ex:place"},
                 "csf": "alias==\\"x\\"", "scopeQ": "/A/#", "datasetId": ["@none", "urn:d:1"], "description": "d", "subscriptionName": "n",
                 "expandValues": "ex:other", "jsonKeys": "name", "lang": "sl", "isActive": false, "localOnly": true,
                 "splitEntities": false, "throttling": 1.5, "ngsildConformance": "1.5",
                 "notification": {"format": "concise", "pick": ["id", "name{ex:other}"], "omit": ["scope"], "join": "inline",
                   "joinLevel": 2, "showChanges": true, "sysAttrs": true,
                   "endpoint": {"uri": "mqtts://u:p@host:1234/a/b", "accept": "application/ld+json", "timeout": 5, "cooldown": 7.5,
                     "receiverInfo": [{"key": "X-A", "value": "1"}],
                     "notifierInfo": [{"key": "MQTT-Version", "value": "mqtt3.1.1"}, {"key": "MQTT-QoS", "value": "2"}]}}}""");
        api.post("/subscriptions", all, "Link", api.link("context.jsonld")).isEmpty(201);
        String link = api.link("context.jsonld");
        JsonNode before = retrieve("Link", link);
        for (String member : Json.parse(all).propertyNames()) {
            assertThat(before.get(member)).as(member).isEqualTo(Json.parse(all).get(member));
        }
        JsonNode full = retrieve();
        assertThat(full.at("/entities/0/type").stringValue())
                .isEqualTo("(https://example.org/Thing;https://example.org/Other),A");
        assertThat(full.at("/watchedAttributes/1").stringValue()).isEqualTo("https://example.org/other");
        assertThat(full.at("/notification/pick/1").stringValue())
                .isEqualTo("https://example.org/name{https://example.org/other}");
        api.close();
        api = new Api(folder);
        assertThat(retrieve()).isEqualTo(full);
        assertThat(retrieve().get("status").stringValue()).isEqualTo("paused");
    }

    @Test
    void makesAnIdAndPassesOverWhatOnlyTheServerSets() {
        ObjectNode body = minimal();
        body.remove("id");
        body.put("status", "expired").put("__hidden", "x").putNull("q");
        ((ObjectNode) body.get("notification"))
                .put("timesSent", 42)
                .put("status", "failed")
                .put("lastSuccess", "yesterday");
        Answer created = api.post("/subscriptions", Json.text(body)).isEmpty(201);
        String path = created.headers("Location").getFirst().substring(NgsiLdApi.ROOT.length());
        assertThat(path).startsWith("/subscriptions/urn:ngsi-ld:Subscription:");
        JsonNode shown = api.get(path).hasStatus(200).json();
        assertThat(shown.get("status").stringValue()).isEqualTo("active");
        assertThat(shown.propertyNames()).doesNotContain("__hidden", "q");
        assertThat(shown.get("notification").propertyNames()).containsExactly("endpoint");
    }

    private static Stream<String> refusedMembers() {
        return Stream.of(
                "{\"type\": \"Thing\"}",
                "{\"id\": \"invalid\"}",
                "{\"id\": \"\"}",
                "{\"entities\": []}",
                "{\"entities\": [{\"id\": \"urn:a:1\"}]}",
                "{\"entities\": [{\"type\": \"A\", \"other\": 1}]}",
                "{\"entities\": [7]}",
                "{\"entities\": [{\"type\": \"A\", \"id\": \"x\"}]}",
                "{\"entities\": [{\"type\": \"A\", \"idPattern\": \"(\"}]}",
                "{\"entities\": [{\"type\": \"(A\"}]}",
                "{\"entities\": null}",
                "{\"watchedAttributes\": []}",
                "{\"watchedAttributes\": [\"a b\"]}",
                "{\"watchedAttributes\": \"a\"}",
                "{\"notificationTrigger\": [\"entityChanged\"]}",
                "{\"notificationTrigger\": []}",
                "{\"q\": \"((\"}",
                "{\"q\": 7}",
                "{\"csf\": \"((\"}",
                "{\"scopeQ\": \"(\"}",
                "{\"geoQ\": {\"georel\": \"within\"}}",
                "{\"geoQ\": {\"georel\": \"beside\", \"geometry\": \"Point\", \"coordinates\": [1, 2]}}",
                "{\"geoQ\": 7}",
                "{\"datasetId\": []}",
                "{\"datasetId\": [\"x\"]}",
                "{\"lang\": \"?\"}",
                "{\"isActive\": \"true\"}",
                "{\"expiresAt\": \"2020-01-01T00:00:00Z\"}",
                "{\"expiresAt\": \"2026-13-45T00:00:00Z\"}",
                "{\"localOnly\": 1}",
                "{\"throttling\": -30}",
                "{\"throttling\": 0}",
                "{\"throttling\": 1e400}",
                "{\"timeInterval\": 0}",
                "{\"timeInterval\": \"5\"}",
                "{\"timeInterval\": 10, \"throttling\": 30}",
                "{\"timeInterval\": 10, \"watchedAttributes\": [\"a\"]}",
                "{\"timeInterval\": 10, \"entities\": null, \"watchedAttributes\": [\"a\"]}",
                "{\"ngsildConformance\": \"new\"}",
                "{\"jsonldContext\": \"unknownContext\"}",
                "{\"jsonldContext\": 7}",
                "{\"notification\": null}",
                "{\"notification\": {}}",
                "{\"notification\": {\"endpoint\": {}}}",
                "{\"notification\": {\"endpoint\": null}}");
    }

    @Test
    void refusesMembersThatAreNotWhatTheyShouldBe() {
        refusedMembers().forEach(members -> {
            Answer answer = api.post("/subscriptions", subscription(members));
            assertThat(answer.status()).as(members).isEqualTo(400);
            answer.isProblem(ProblemType.BAD_REQUEST_DATA);
        });
        api.get("/subscriptions").hasBody("[]");
    }

    @Test
    void refusesNotificationsThatCannotBe() {
        for (String members : List.of(
                "\"format\": \"short\"",
                "\"format\": \"keyValues\", \"showChanges\": true",
                "\"format\": \"simplified\", \"showChanges\": true",
                "\"attributes\": []",
                "\"pick\": []",
                "\"omit\": []",
                "\"pick\": [\"id\"], \"omit\": [\"id\"]",
                "\"pick\": [\"a\"], \"attributes\": [\"a\"]",
                "\"omit\": [\"a\"], \"attributes\": [\"a\"]",
                "\"attributes\": [\"id\"]",
                "\"pick\": [\"a{b}\"]",
                "\"join\": \"deep\"",
                "\"join\": \"flat\", \"joinLevel\": 0",
                "\"join\": \"flat\", \"joinLevel\": 1.5",
                "\"sysAttrs\": 1")) {
            String notification =
                    "{\"notification\": {\"endpoint\": {\"uri\": \"http://localhost:9/\"}, " + members + "}}";
            api.post("/subscriptions", subscription(notification)).isProblem(ProblemType.BAD_REQUEST_DATA);
        }
    }

    @Test
    void refusesEndpointsThatCannotBeTold() {
        for (String members : List.of(
                "\"uri\": \"ftp://localhost/x\"",
                "\"uri\": \"http:///x\"",
                "\"uri\": \"x y\"",
                "\"uri\": \"mqtt://localhost\"",
                "\"uri\": \"mqtt://localhost/\"",
                "\"accept\": \"text/html\"",
                "\"timeout\": 0",
                "\"cooldown\": -1",
                "\"receiverInfo\": [{\"key\": \"K\", \"value\": 42}]",
                "\"receiverInfo\": [{\"key\": \"K\"}]",
                "\"receiverInfo\": [{\"key\": \"K\\n\", \"value\": \"v\"}]",
                "\"notifierInfo\": [{\"key\": \"K\", \"value\": {\"a\": 1}}]",
                "\"uri\": \"mqtt://localhost/a\", \"notifierInfo\": [{\"key\": \"MQTT-QoS\", \"value\": \"3\"}]",
                "\"uri\": \"mqtt://localhost/a\", \"notifierInfo\": [{\"key\": \"MQTT-Version\", \"value\": \"mqtt4\"}]")) {
            String endpoint = members.contains("\"uri\"") ? members : "\"uri\": \"http://localhost:9/\", " + members;
            api.post("/subscriptions", subscription("{\"notification\": {\"endpoint\": {" + endpoint + "}}}"))
                    .isProblem(ProblemType.BAD_REQUEST_DATA);
        }
    }

    @Test
    void refusesWhatNamesNoEntities() {
        ObjectNode body = minimal();
        body.remove("entities");
        api.post("/subscriptions", Json.text(body)).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/subscriptions", "{}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/subscriptions", "{\"id\":,}").isProblem(ProblemType.INVALID_REQUEST);
        body.put("localOnly", true);
        api.post("/subscriptions", Json.text(body)).isEmpty(201);
        api.post("/subscriptions?other=1", Json.text(body)).isProblem(ProblemType.INVALID_REQUEST);
        api.delete("/subscriptions/").hasStatus(405);
        api.patch("/subscriptions/", "{}").hasStatus(405);
        api.get("/subscriptions/InvalidUri").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/subscriptions/InvalidUri", "{}").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void namesTheContextOfNotifications() {
        api.post("/subscriptions", subscription("{}"), "Link", api.link("context.jsonld"))
                .isEmpty(201);
        assertThat(retrieve().get("jsonldContext").stringValue()).isEqualTo(api.contextUrl("context.jsonld"));
        api.patch(ONE, "{\"jsonldContext\": \"" + api.contextUrl("missing.jsonld") + "\"}")
                .isProblem(ProblemType.LD_CONTEXT_NOT_AVAILABLE);
        api.patch(ONE, "{\"jsonldContext\": \"" + api.contextUrl("broken.jsonld") + "\"}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete(ONE).isEmpty(204);

        ObjectNode inline = minimal();
        inline.set("@context", Json.parse("{\"Thing\": \"https://example.org/Other\"}"));
        api.post("/subscriptions", Json.text(inline), "Content-Type", Api.JSON_LD)
                .isEmpty(201);
        String address = retrieve().get("jsonldContext").stringValue();
        assertThat(address).startsWith("http://127.0.0.1:" + api.port() + "/ngsi-ld/v1/jsonldContexts/");
        List<JsonNode> implicit = api.get("/jsonldContexts?kind=ImplicitlyCreated&details=true")
                .hasStatus(200)
                .json()
                .valueStream()
                .toList();
        assertThat(implicit)
                .singleElement()
                .satisfies(
                        context -> assertThat(context.get("URL").stringValue()).isEqualTo(address));
        assertThat(retrieve("Link", ContextLink.format(address))
                        .at("/entities/0/type")
                        .stringValue())
                .isEqualTo("Thing");
        assertThat(retrieve().at("/entities/0/type").stringValue()).isEqualTo("https://example.org/Other");
    }

    @Test
    void changesWholeMembers() {
        api.post("/subscriptions", subscription("{\"q\": \"name==1\", \"description\": \"d\"}"))
                .isEmpty(201);
        api.patch(ONE, """
                        {"type": "Subscription", "entities": [{"type": "Thing"}], "q": null, "description": "urn:ngsi-ld:null",
                         "notification": {"format": "keyValues", "endpoint": {"uri": "http://other.example/notify"}}}""", "Link", api.link("context.jsonld"), "Content-Type", "application/merge-patch+json")
                .isEmpty(204);
        JsonNode shown = retrieve();
        assertThat(shown.at("/entities/0/type").stringValue()).isEqualTo("https://example.org/Thing");
        assertThat(shown.propertyNames()).doesNotContain("q", "description");
        assertThat(shown.at("/notification/endpoint/uri").stringValue()).isEqualTo("http://other.example/notify");
        for (String wrong : List.of(
                "{\"notification\": {\"format\": \"keyValues\"}}",
                "{\"notification\": {\"endpoint\": null}}",
                "{\"notification\": null}",
                "{\"type\": null}",
                "{\"entities\": null}",
                "{\"id\": \"urn:ngsi-ld:Subscription:2\"}",
                "{\"timeInterval\": -1}",
                "{\"expiresAt\": \"2020-08-01T22:07:00Z\", \"isActive\": true}")) {
            api.patch(ONE, wrong).isProblem(ProblemType.BAD_REQUEST_DATA);
        }
        assertThat(retrieve()).isEqualTo(shown);
    }

    private String status() {
        return retrieve().get("status").stringValue();
    }

    private String after(long millis) {
        return Instant.ofEpochMilli(api.broker.now() + millis).toString();
    }

    @Test
    void isPausedAndExpiresAndComesBack() {
        api.post("/subscriptions", subscription("{\"isActive\": false}")).isEmpty(201);
        assertThat(status()).isEqualTo("paused");
        api.patch(ONE, "{\"isActive\": true}").isEmpty(204);
        assertThat(status()).isEqualTo("active");
        api.patch(ONE, "{\"isActive\": false, \"expiresAt\": \"" + after(60_000) + "\"}")
                .isEmpty(204);
        assertThat(status()).isEqualTo("paused");
        api.ahead.addAndGet(Long.parseLong(HOUR));
        assertThat(status()).isEqualTo("expired");
        api.patch(ONE, "{\"isActive\": true}").isEmpty(204);
        assertThat(status()).isEqualTo("expired");
        api.patch(ONE, "{\"isActive\": false}").isEmpty(204);
        api.patch(ONE, "{\"expiresAt\": \"" + after(60_000) + "\"}").isEmpty(204);
        assertThat(status()).isEqualTo("active");
        api.ahead.addAndGet(Long.parseLong(HOUR));
        api.patch(ONE, "{\"isActive\": true, \"expiresAt\": \"" + after(60_000) + "\"}")
                .isEmpty(204);
        assertThat(status()).isEqualTo("active");
        api.patch(ONE, "{\"expiresAt\": null}").isEmpty(204);
        assertThat(retrieve().propertyNames()).doesNotContain("expiresAt");
    }

    @Test
    void listsPageByPage() {
        for (int i = 1; i <= 3; i++) {
            api.post("/subscriptions", subscription("{\"id\": \"urn:s:" + i + "\"}"))
                    .isEmpty(201);
        }
        Answer middle = api.get("/subscriptions?limit=1&offset=1&count=true", "Accept", Api.JSON_LD)
                .hasStatus(200)
                .hasHeader("NGSILD-Results-Count", "3")
                .hasHeader(
                        "Link",
                        "</ngsi-ld/v1/subscriptions?count=true&limit=1&offset=0>; rel=\"prev\"; type=\"application/ld+json\"",
                        "</ngsi-ld/v1/subscriptions?count=true&limit=1&offset=2>; rel=\"next\"; type=\"application/ld+json\"");
        assertThat(middle.json()).hasSize(1);
        assertThat(middle.json().at("/0/id").stringValue()).isEqualTo("urn:s:2");
        assertThat(middle.json().get(0).has("@context")).isTrue();
        assertThat(api.get("/subscriptions").hasStatus(200).json()).hasSize(3);
        assertThat(api.get("/subscriptions?limit=0&count=true").hasStatus(200).json())
                .isEmpty();
        api.get("/subscriptions?limit=0").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/subscriptions?limit=1001").isProblem(ProblemType.TOO_MANY_RESULTS);
        api.get("/subscriptions?offset=9").hasBody("[]");
    }

    @Test
    void answersInTheFormAsked() {
        api.post("/subscriptions", subscription("{}")).isEmpty(201);
        api.get(ONE, "Prefer", "respond-async, NGSI-LD=\"1.0\";q=0.1")
                .hasStatus(200)
                .hasHeader("Preference-Applied", "ngsi-ld=1.0");
        api.get(ONE, "Prefer", "respond-async").hasStatus(200).hasHeader("Preference-Applied");
        api.get(ONE, "Accept", "application/geo+json, application/json")
                .hasStatus(200)
                .hasHeader("Content-Type", Api.JSON);
        api.get(ONE, "Accept", "application/geo+json").isProblem(ProblemType.NOT_ACCEPTABLE);
        api.get("/subscriptions/urn:x:none", "Accept", "application/xml").isProblem(ProblemType.NOT_ACCEPTABLE);
    }

    @Test
    void belongsToItsTenantWhichItMakes() {
        api.get(ONE, "NGSILD-Tenant", "one").isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/subscriptions", subscription("{}"), "NGSILD-Tenant", "one")
                .isEmpty(201)
                .hasHeader("NGSILD-Tenant", "one");
        api.get(ONE, "NGSILD-Tenant", "one").hasStatus(200).hasHeader("NGSILD-Tenant", "one");
        api.get(ONE).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(ONE, "NGSILD-Tenant", "one").isEmpty(204);
        api.get("/subscriptions", "NGSILD-Tenant", "one").hasBody("[]");
        api.post("/subscriptions", subscription("{}"), "NGSILD-Snapshot", "urn:s:none")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void goesWithTheSnapshotThatItWatches() {
        api.create("{\"id\": \"urn:t:1\", \"type\": \"Thing\"}");
        String snapshot = """
                {"id": "urn:snapshot:1", "type": "Snapshot", "snapshotQueries": [{"type": "Query", "entities": [{"type": "Thing"}]}]}""";
        String[] inside = {"NGSILD-Snapshot", "urn:snapshot:1"};
        api.post("/snapshots", snapshot).isEmpty(201);
        api.post("/subscriptions", subscription("{}"), inside).isEmpty(201).hasHeader(inside[0], inside[1]);
        assertThat(api.get("/subscriptions", inside).hasStatus(200).json()).hasSize(1);
        api.get("/subscriptions").hasBody("[]");
        api.delete("/snapshots/urn:snapshot:1").isEmpty(204);
        api.get(ONE, inside).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.post("/snapshots", snapshot).isEmpty(201);
        api.get("/subscriptions", inside).hasBody("[]");
    }
}
