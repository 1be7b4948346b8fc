package city.emona.broker.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Message.Header;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What notifications hold (clauses 5.3.1, 5.8.6, 6.3.8 and 7.2). */
class NotificationTest {
    private static final String ROOM = """
            {"id": "urn:t:1", "type": "T", "a": 1, "b": {"value": "x", "datasetId": "urn:d:1"}, "r": {"object": "urn:t:2"}}""";
    private static final String ALL =
            "{\"notificationTrigger\": [\"entityCreated\", \"entityUpdated\", \"entityDeleted\"]}";

    @TempDir
    Path folder;

    private Telling telling;

    @BeforeEach
    void start() {
        telling = new Telling(folder);
    }

    @AfterEach
    void stop() {
        telling.close();
    }

    private static JsonNode json(String text) {
        return Json.parse(text);
    }

    private void assertData(String expected) {
        assertThat(telling.data()).isEqualTo(json(expected));
    }

    @Test
    void sayWhoTellsWhatToWhom() {
        telling.subscribe("{}", """
                {"endpoint": {"uri": "http://localhost:9/notify", "timeout": 1500, "cooldown": 2000,
                  "receiverInfo": [{"key": "X-Key", "value": "k"}, {"key": "Content-Type", "value": "text/plain"}]}}""");
        telling.put(ROOM);
        Message message = telling.messages().getFirst();
        assertThat(message.endpoint()).hasToString("http://localhost:9/notify");
        assertThat(message.contentType()).isEqualTo("application/json");
        assertThat(message.timeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(message.cooldown()).isEqualTo(Duration.ofSeconds(2));
        assertThat(message.mqtt()).isNull();
        assertThat(message.headers())
                .containsExactly(
                        new Header(
                                "Link",
                                "<" + TermTable.core().linkTarget()
                                        + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""),
                        new Header("X-Key", "k"));
        JsonNode body = Json.parse(message.body());
        assertThat(body.propertyNames()).containsExactly("id", "type", "subscriptionId", "notifiedAt", "data");
        assertThat(body.get("type").stringValue()).isEqualTo("Notification");
        assertThat(body.get("subscriptionId").stringValue()).isEqualTo(Telling.ID);
        assertThat(body.get("notifiedAt").stringValue()).isEqualTo("2027-01-15T08:00:00Z");
        assertThat(body.get("data")).isEqualTo(json("""
                [{"id": "urn:t:1", "type": "T", "a": {"type": "Property", "value": 1},
                  "b": {"type": "Property", "value": "x", "datasetId": "urn:d:1"},
                  "r": {"type": "Relationship", "object": "urn:t:2"}}]"""));
    }

    @Test
    void areTheSameWhenTheyAreSentAgainAndTellSeveralEntitiesTogether() {
        telling.subscribe("{}");
        telling.put(
                ROOM,
                "{\"id\": \"urn:t:2\", \"type\": \"T\", \"a\": 2}",
                "{\"id\": \"urn:u:1\", \"type\": \"U\", \"a\": 2}");
        List<Dispatch> dispatches = telling.dispatches();
        assertThat(dispatches).singleElement().satisfies(dispatch -> {
            assertThat(dispatch.endpoint()).isEqualTo("http://localhost:9/notify");
            assertThat(dispatch.position()).isEqualTo(telling.store.logEnd());
        });
        byte[] first =
                telling.outbox.compose(dispatches.getFirst()).orElseThrow().body();
        assertThat(Json.parse(first)
                        .get("data")
                        .valueStream()
                        .map(entity -> entity.get("id").stringValue()))
                .containsExactly("urn:t:1", "urn:t:2");
        assertThat(telling.outbox.compose(dispatches.getFirst()).orElseThrow().body())
                .isEqualTo(first);
    }

    @Test
    void areConciseOrSimplified() {
        telling.subscribe("{}", "{\"format\": \"concise\"}");
        telling.put(ROOM);
        assertData("""
                [{"id": "urn:t:1", "type": "T", "a": 1, "b": {"value": "x", "datasetId": "urn:d:1"}, "r": {"object": "urn:t:2"}}]""");
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe("{}", "{\"format\": \"keyValues\"}");
        telling.put(ROOM.replace("1, ", "2, "));
        assertData("[{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 2, \"b\": \"x\", \"r\": \"urn:t:2\"}]");
    }

    @Test
    void holdWhatIsPickedInTheLanguageAsked() {
        telling.subscribe("{\"lang\": \"sl\", \"datasetId\": [\"@none\"]}", "{\"pick\": [\"id\", \"name\", \"b\"]}");
        telling.put("""
                {"id": "urn:t:1", "type": "T", "a": 1, "name": {"languageMap": {"sl": "Trg", "en": "Square"}},
                 "b": [{"value": "x", "datasetId": "urn:d:1"}, {"value": "y"}]}""");
        assertData("""
                [{"id": "urn:t:1", "name": {"type": "Property", "value": "Trg", "lang": "sl"}, "b": {"type": "Property", "value": "y"}}]""");
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe("{}", "{\"attributes\": [\"a\"]}");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 2, \"c\": 3}");
        assertData("[{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": {\"type\": \"Property\", \"value\": 2}}]");
    }

    @Test
    void showTheTimesOfTheSystemAndOlderVersions() {
        telling.subscribe("{\"ngsildConformance\": \"1.2\"}", "{\"sysAttrs\": true}");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\", \"scope\": \"/A\", \"a\": {\"vocab\": \"x\"}}");
        String time = "\"createdAt\": \"2027-01-15T08:00:00Z\", \"modifiedAt\": \"2027-01-15T08:00:00Z\"";
        assertData("[{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": {\"type\": \"Property\", \"value\": \"x\", " + time
                + "}, " + time + "}]");
    }

    @Test
    void areJsonLdWithTheContextOfTheSubscription() {
        telling.subscribe(
                "{\"jsonldContext\": \"/own.jsonld\", \"entities\": [{\"type\": \"https://example.org/Own\"}]}",
                "{\"endpoint\": {\"uri\": \"http://localhost:9/\", \"accept\": \"application/ld+json\"}}");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"https://example.org/Own\", \"https://example.org/own\": 1}");
        Message message = telling.messages().getFirst();
        assertThat(message.contentType()).isEqualTo("application/ld+json");
        assertThat(message.headers()).isEmpty();
        JsonNode body = Json.parse(message.body());
        assertThat(body.get("@context")).isEqualTo(json("\"/own.jsonld\""));
        assertThat(body.get("data")).isEqualTo(json("""
                [{"id": "urn:t:1", "type": "Own", "own": {"type": "Property", "value": 1}, "@context": "/own.jsonld"}]"""));
    }

    @Test
    void haveFullNamesWhereTheContextIsGone() {
        ObjectNode body = json("""
                {"id": "urn:s:2", "type": "Subscription", "entities": [{"type": "T"}],
                 "notification": {"endpoint": {"uri": "http://localhost:9/notify"}}}""").asObject();
        TermTable inline = telling.library.contexts().compile(json("{\"T\": \"https://example.org/T\"}"));
        telling.subscriptions.create(Tenant.DEFAULT, body, inline, path -> "http://here" + path);
        String entity = "{\"id\": \"urn:t:1\", \"type\": \"https://example.org/T\", \"a\": %d}";
        telling.put(entity.formatted(1));
        assertThat(telling.data().at("/0/type").stringValue()).isEqualTo("T");
        telling.library.list(Tenant.DEFAULT).forEach(telling.library::delete);
        telling.put(entity.formatted(2));
        assertThat(telling.data().at("/0/type").stringValue()).isEqualTo("https://example.org/T");
    }

    @Test
    void areGeoJson() {
        String accept = "\"accept\": \"application/geo+json\"";
        telling.subscribe("{}", "{\"endpoint\": {\"uri\": \"http://localhost:9/\", " + accept + "}}");
        telling.put("""
                {"id": "urn:t:1", "type": "T", "location": {"type": "Point", "coordinates": [14.5, 46]}, "a": 1}""");
        Message message = telling.messages().getFirst();
        assertThat(message.contentType()).isEqualTo("application/geo+json");
        assertThat(message.headers()).isEmpty();
        String features = """
                "features": [{"id": "urn:t:1", "type": "Feature", "geometry": {"type": "Point", "coordinates": [14.5, 46]},
                  "properties": {"type": "T", "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [14.5, 46]}},
                    "a": {"type": "Property", "value": %d}}}]""";
        assertThat(Json.parse(message.body()).get("data"))
                .isEqualTo(json("{\"type\": \"FeatureCollection\", " + features.formatted(1) + ", \"@context\": \""
                        + TermTable.core().linkTarget() + "\"}"));
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe(
                "{}",
                "{\"endpoint\": {\"uri\": \"http://localhost:9/\", " + accept
                        + ", \"receiverInfo\": [{\"key\": \"Prefer\", \"value\": \"body=json\"}]}}");
        telling.put("""
                {"id": "urn:t:1", "type": "T", "location": {"type": "Point", "coordinates": [14.5, 46]}, "a": 2}""");
        Message inLink = telling.messages().getFirst();
        assertThat(inLink.headers()).extracting(Header::name).containsExactly("Link", "Prefer");
        assertThat(Json.parse(inLink.body()).get("data"))
                .isEqualTo(json("{\"type\": \"FeatureCollection\", " + features.formatted(2) + "}"));
    }

    @Test
    void goToTopicsOfMqttWithTheirMetadata() {
        telling.subscribe("{}", """
                {"format": "keyValues", "endpoint": {"uri": "mqtts://user:secret@host:8884/a/b",
                  "receiverInfo": [{"key": "X-Key", "value": "k"}],
                  "notifierInfo": [{"key": "MQTT-Version", "value": "mqtt3.1.1"}, {"key": "MQTT-QoS", "value": "2"}]}}""");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 1}");
        Message message = telling.messages().getFirst();
        assertThat(message.mqtt()).isEqualTo(new Message.Mqtt(false, 2));
        assertThat(message.headers()).isEmpty();
        JsonNode body = Json.parse(message.body());
        assertThat(body.propertyNames()).containsExactly("metadata", "body");
        assertThat(body.get("metadata").propertyNames()).containsExactly("Content-Type", "Link", "X-Key");
        assertThat(body.at("/metadata/Content-Type").stringValue()).isEqualTo("application/json");
        assertThat(body.at("/body/data")).isEqualTo(json("[{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 1}]"));
    }

    @Test
    void nameTheirTenant() {
        Tenant tenant = new Tenant("one");
        telling.subscriptions.create(tenant, json("""
                        {"type": "Subscription", "entities": [{"type": "*"}], "notificationTrigger": ["entityCreated"],
                         "notification": {"endpoint": {"uri": "http://localhost:9/"}}}""").asObject(), TermTable.core(), path -> path);
        telling.put(ROOM);
        assertThat(telling.dispatches()).isEmpty();
        telling.broker.create(tenant, EntityReader.read(json(ROOM), TermTable.core(), telling.now.get()));
        assertThat(telling.messages().getFirst().headers()).contains(new Header("NGSILD-Tenant", "one"));
    }

    @Test
    void holdLinkedEntities() {
        telling.put(
                "{\"id\": \"urn:t:2\", \"type\": \"U\", \"r\": {\"object\": \"urn:t:3\"}}",
                "{\"id\": \"urn:t:3\", \"type\": \"V\"}");
        telling.dispatches();
        telling.subscribe("{}", "{\"join\": \"inline\", \"joinLevel\": 2, \"format\": \"simplified\"}");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\", \"r\": {\"object\": \"urn:t:2\"}}");
        assertData("""
                [{"id": "urn:t:1", "type": "T", "r": {"id": "urn:t:2", "type": "U", "r": {"id": "urn:t:3", "type": "V"}}}]""");
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe("{}", "{\"join\": \"flat\", \"format\": \"simplified\"}");
        telling.put("{\"id\": \"urn:t:1\", \"type\": \"T\", \"a\": 1, \"r\": {\"object\": \"urn:t:2\"}}");
        assertData("""
                [{"id": "urn:t:1", "type": "T", "a": 1, "r": "urn:t:2"}, {"id": "urn:t:2", "type": "U", "r": "urn:t:3"}]""");
    }

    @Test
    void tellWhatWasBefore() {
        telling.put("""
                {"id": "urn:t:1", "type": "T", "a": 1, "same": 1, "r": {"object": "urn:t:2"}, "l": {"languageMap": {"sl": "x"}},
                 "v": {"vocab": "u"}, "j": {"json": {"k": null}}, "vl": {"valueList": [1]}, "ol": {"objectList": ["urn:t:4"]},
                 "d": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]}""");
        telling.dispatches();
        telling.subscribe("{}", "{\"showChanges\": true, \"format\": \"concise\"}");
        telling.put("""
                {"id": "urn:t:1", "type": "T", "a": 2, "same": 1, "r": {"object": "urn:t:3"}, "l": {"languageMap": {"sl": "y"}},
                 "v": {"vocab": "w"}, "j": {"json": {}}, "vl": {"valueList": [2]}, "ol": {"objectList": ["urn:t:5"]},
                 "d": [{"value": 1}, {"value": 3, "datasetId": "urn:d:1"}], "new": 1}""");
        assertData("""
                [{"id": "urn:t:1", "type": "T", "a": {"value": 2, "previousValue": 1}, "same": 1,
                  "r": {"object": "urn:t:3", "previousObject": "urn:t:2"},
                  "l": {"languageMap": {"sl": "y"}, "previousLanguageMap": {"sl": "x"}},
                  "v": {"vocab": "w", "previousVocab": "u"}, "j": {"json": {}, "previousJson": {"k": null}},
                  "vl": {"valueList": [2], "previousValueList": [1]}, "ol": {"objectList": ["urn:t:5"], "previousObjectList": ["urn:t:4"]},
                  "d": [1, {"value": 3, "previousValue": 2, "datasetId": "urn:d:1"}], "new": 1}]""");
    }

    @Test
    void tellOfDeletedEntitiesNoMoreThanTheirIdentity() {
        telling.put(ROOM, ROOM.replace("urn:t:1", "urn:t:5"), ROOM.replace("urn:t:1", "urn:t:6"));
        telling.dispatches();
        String deletions = "{\"notificationTrigger\": [\"entityDeleted\"]}";
        telling.subscribe(deletions, "{\"format\": \"keyValues\"}");
        telling.now.addAndGet(1_000);
        telling.delete("urn:t:1");
        assertData("[{\"id\": \"urn:t:1\", \"type\": \"T\", \"deletedAt\": \"2027-01-15T08:00:01Z\"}]");
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe(deletions, "{\"sysAttrs\": true}");
        telling.delete("urn:t:5");
        assertData("""
                [{"id": "urn:t:5", "type": "T", "createdAt": "2027-01-15T08:00:00Z", "modifiedAt": "2027-01-15T08:00:00Z",
                  "deletedAt": "2027-01-15T08:00:01Z"}]""");
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe(deletions, "{\"showChanges\": true}");
        telling.delete("urn:t:6");
        assertData("""
                [{"id": "urn:t:6", "type": "T", "deletedAt": "2027-01-15T08:00:01Z",
                  "a": {"type": "Property", "value": "urn:ngsi-ld:null", "previousValue": 1},
                  "b": {"type": "Property", "value": "urn:ngsi-ld:null", "previousValue": "x", "datasetId": "urn:d:1"},
                  "r": {"type": "Relationship", "object": "urn:ngsi-ld:null", "previousObject": "urn:t:2"}}]""");
    }

    @Test
    void tellOfAttributesThatWentWithTheirEntity() {
        telling.put(ROOM);
        telling.dispatches();
        telling.subscribe("{\"notificationTrigger\": [\"attributeDeleted\"], \"watchedAttributes\": [\"a\"]}");
        telling.delete("urn:t:1");
        assertData("""
                [{"id": "urn:t:1", "type": "T", "deletedAt": "2027-01-15T08:00:00Z", "a": {"type": "Property", "value": "urn:ngsi-ld:null"}}]""");
    }

    @Test
    void tellOfDeletedAttributes() {
        String all = """
                {"id": "urn:t:1", "type": "T", "a": 1, "l": {"languageMap": {"sl": "x"}}, "r": {"object": "urn:t:2"}, "kept": 1,
                 "d": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}], "e": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}],
                 "location": {"type": "Point", "coordinates": [14.5, 46]}}""";
        String left = "{\"id\": \"urn:t:1\", \"type\": \"T\", \"kept\": 1, \"d\": 1}";
        telling.put(all);
        telling.dispatches();
        String deletions = "{\"notificationTrigger\": [\"attributeDeleted\"]}";
        telling.subscribe(deletions, "{\"format\": \"keyValues\"}");
        telling.put(left);
        assertData("""
                [{"id": "urn:t:1", "type": "T", "kept": 1, "d": {"dataset": {"@none": 1, "urn:d:1": "urn:ngsi-ld:null"}},
                  "a": "urn:ngsi-ld:null", "l": "urn:ngsi-ld:null", "r": "urn:ngsi-ld:null", "e": "urn:ngsi-ld:null",
                  "location": "urn:ngsi-ld:null"}]""");
        telling.put(all);
        telling.dispatches();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe(deletions, "{\"format\": \"concise\"}");
        telling.put(left);
        assertData("""
                [{"id": "urn:t:1", "type": "T", "kept": 1, "d": [1, {"value": "urn:ngsi-ld:null", "datasetId": "urn:d:1"}],
                  "a": "urn:ngsi-ld:null", "l": "urn:ngsi-ld:null", "r": "urn:ngsi-ld:null", "e": "urn:ngsi-ld:null",
                  "location": "urn:ngsi-ld:null"}]""");
        telling.put(all);
        telling.dispatches();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        telling.subscribe(deletions, "{\"pick\": [\"id\", \"l\", \"e\"], \"sysAttrs\": true, \"showChanges\": true}");
        telling.now.addAndGet(1_000);
        telling.put(left);
        JsonNode told = telling.data().get(0);
        assertThat(told.get("l")).isEqualTo(json("""
                {"type": "LanguageProperty", "languageMap": {"@none": "urn:ngsi-ld:null"}, "previousLanguageMap": {"sl": "x"},
                 "createdAt": "2027-01-15T08:00:00Z", "modifiedAt": "2027-01-15T08:00:00Z", "deletedAt": "2027-01-15T08:00:01Z"}"""));
        assertThat(told.get("e")).hasSize(2);
        assertThat(told.at("/e/1/previousValue").intValue()).isEqualTo(2);
    }

    @Test
    void areDroppedRatherThanQueuedWhenTheyFollowTooSoon() {
        telling.subscribe("{\"throttling\": 5}");
        telling.put(ROOM);
        Dispatch first = telling.dispatches().getFirst();
        assertThat(telling.outbox.compose(first)).isPresent();
        telling.now.addAndGet(4_000);
        assertThat(telling.outbox.compose(first)).as("tried again").isPresent();
        telling.put(ROOM.replace("1, ", "2, "));
        assertThat(telling.messages()).isEmpty();
        telling.now.addAndGet(1_000);
        telling.put(ROOM.replace("1, ", "3, "));
        assertThat(telling.data().at("/0/a/value").intValue()).isEqualTo(3);
    }

    @Test
    void areNotMadeForThosePausedExpiredOrGone() {
        telling.subscribe("{\"expiresAt\": \"2027-01-15T08:00:10Z\"}");
        telling.put(ROOM);
        Dispatch dispatch = telling.dispatches().getFirst();
        assertThat(telling.outbox.compose(dispatch)).isPresent();
        telling.subscriptions.update(
                Tenant.DEFAULT, Telling.ID, json("{\"isActive\": false}").asObject(), TermTable.core());
        assertThat(telling.outbox.compose(dispatch)).isEmpty();
        telling.put(ROOM.replace("1, ", "2, "));
        assertThat(telling.dispatches()).isEmpty();
        telling.subscriptions.update(
                Tenant.DEFAULT, Telling.ID, json("{\"isActive\": true}").asObject(), TermTable.core());
        assertThat(telling.outbox.compose(dispatch)).isPresent();
        telling.now.addAndGet(10_000);
        assertThat(telling.outbox.compose(dispatch)).isEmpty();
        telling.put(ROOM.replace("1, ", "3, "));
        assertThat(telling.dispatches()).isEmpty();
        telling.subscriptions.delete(Tenant.DEFAULT, Telling.ID);
        assertThat(telling.outbox.compose(dispatch)).isEmpty();
    }

    @Test
    void areCountedAndTheCountsAreKept() {
        telling.subscribe(ALL);
        telling.put(ROOM);
        Dispatch dispatch = telling.dispatches().getFirst();
        telling.outbox.failed(dispatch, 1_800_000_001_000L, "refused");
        assertThat(telling.subscription().get("notification").toString())
                .contains("\"status\":\"failed\"", "\"timesSent\":1", "\"timesFailed\":1");
        telling.outbox.delivered(dispatch, 1_800_000_002_000L);
        JsonNode shown = telling.subscription().get("notification");
        telling.subscriptions.keepRecords();
        telling.close();
        telling = new Telling(folder);
        assertThat(telling.subscription().get("notification")).isEqualTo(shown);
        assertThat(shown).isEqualTo(json("""
                {"endpoint": {"uri": "http://localhost:9/notify"}, "status": "ok", "timesSent": 2, "timesFailed": 1,
                 "lastNotification": "2027-01-15T08:00:02Z", "lastSuccess": "2027-01-15T08:00:02Z", "lastFailure": "2027-01-15T08:00:01Z"}"""));
    }

    @Test
    void areNotReadFromWhatIsNone() {
        byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> Notice.read(noise));
        assertThatIllegalArgumentException().isThrownBy(() -> Told.read(noise));
    }
}
