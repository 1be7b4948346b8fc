package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Retrieving and querying history (clauses 5.7.3 and 5.7.4). */
class TemporalConsumptionTest {
    private static final String AFTER = "timerel=after&timeAt=2000-01-01T00:00:00Z";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        add("urn:x:1", "Bus", """
                "speed": [{"type": "Property", "value": 10, "observedAt": "2026-01-01T10:00:00Z"},
                          {"type": "Property", "value": 20, "observedAt": "2026-01-01T10:10:00Z"},
                          {"type": "Property", "value": 60, "observedAt": "2026-01-01T10:20:00Z"}],
                "name": [{"type": "LanguageProperty", "languageMap": {"sl": "avtobus", "en": "bus"},
                          "observedAt": "2026-01-01T10:00:00Z"}],
                "location": [{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [14.5, 46.0]},
                              "observedAt": "2026-01-01T10:10:00Z"}]""");
        add("urn:x:2", "Bus", """
                "speed": [{"type": "Property", "value": 90, "observedAt": "2026-01-02T10:00:00Z"},
                          {"type": "Property", "value": 91, "observedAt": "2026-01-02T10:00:00Z", "datasetId": "urn:d:1"}]""");
        add("urn:y:3", "Tram", """
                "speed": [{"type": "Property", "value": 15, "observedAt": "2026-01-01T10:05:00Z"}]""");
    }

    private void add(String id, String type, String attributes) {
        api.post("/temporal/entities", "{\"id\":\"" + id + "\",\"type\":\"" + type + "\"," + attributes + "}")
                .hasStatus(201);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<String> ids(String query) {
        return api.get("/temporal/entities?" + query)
                .hasStatus(200)
                .json()
                .valueStream()
                .map(entity -> entity.get("id").stringValue())
                .toList();
    }

    private String speeds(String parameters) {
        return api.get("/temporal/entities/urn:x:1?attrs=speed&format=temporalValues&" + parameters)
                .hasStatus(200)
                .json()
                .get("speed")
                .get("values")
                .valueStream()
                .map(pair -> pair.get(0).asString())
                .toList()
                .toString();
    }

    @Test
    void choosesInstancesByTime() {
        assertThat(speeds("timerel=after&timeAt=2026-01-01T10:10:00Z")).isEqualTo("[20, 60]");
        assertThat(speeds("timerel=after&timeAt=2026-01-01T10:10:00.000001Z")).isEqualTo("[60]");
        assertThat(speeds("timerel=before&timeAt=2026-01-01T10:10:00Z")).isEqualTo("[10]");
        assertThat(speeds("timerel=between&timeAt=2026-01-01T10:00:00Z&endTimeAt=2026-01-01T10:20:00Z"))
                .isEqualTo("[10, 20]");
        assertThat(speeds("lastN=2")).isEqualTo("[20, 60]");
        assertThat(speeds("lastN=1&timerel=before&timeAt=2026-01-01T10:20:00Z")).isEqualTo("[20]");
        assertThat(speeds("timeproperty=createdAt")).isEqualTo("[10, 20, 60]");
        assertThat(speeds(AFTER + "&timeproperty=modifiedAt")).isEqualTo("[10, 20, 60]");
        api.get("/temporal/entities/urn:x:1?timerel=after&timeAt=2027-01-01T00:00:00Z")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/temporal/entities/urn:x:1?timeproperty=deletedAt").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void writesInstancesNormalizedAndConcise() {
        JsonNode normalized = api.get("/temporal/entities/urn:x:1?attrs=speed&lastN=1")
                .json()
                .get("speed")
                .get(0);
        assertThat(List.copyOf(normalized.propertyNames()))
                .containsExactly("type", "value", "observedAt", "instanceId");
        JsonNode concise = api.get("/temporal/entities/urn:x:1?attrs=speed&lastN=1&format=concise")
                .json()
                .get("speed")
                .get(0);
        assertThat(List.copyOf(concise.propertyNames())).containsExactly("value", "observedAt", "instanceId");
        JsonNode system = api.get("/temporal/entities/urn:x:1?attrs=speed&options=sysAttrs")
                .json();
        assertThat(system.has("createdAt") && system.has("modifiedAt")).isTrue();
        assertThat(system.get("speed").get(0).has("createdAt")).isTrue();
        assertThat(system.get("speed").get(0).has("modifiedAt")).isTrue();
    }

    @Test
    void writesLanguagesThatAreAskedFor() {
        api.get("/temporal/entities/urn:x:1?attrs=name&format=temporalValues&lang=en")
                .hasBody("""
                {"id":"urn:x:1","type":"Bus","name":{"type":"Property","values":[["bus","2026-01-01T10:00:00Z"]]}}""");
        assertThat(api.get("/temporal/entities/urn:x:1?attrs=name&lang=sl")
                        .json()
                        .get("name")
                        .get(0)
                        .get("lang")
                        .stringValue())
                .isEqualTo("sl");
    }

    @Test
    void picksAndOmits() {
        api.get("/temporal/entities/urn:y:3?pick=id").hasBody("{\"id\":\"urn:y:3\"}");
        api.get("/temporal/entities/urn:y:3?omit=speed,type").hasBody("{\"id\":\"urn:y:3\"}");
        api.get("/temporal/entities/urn:y:3?omit=id,type,speed").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/temporal/entities/urn:y:3?pick=doors").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/temporal/entities/urn:y:3?attrs=doors").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/temporal/entities/urn:y:3?pick=speed&omit=speed").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/temporal/entities/urn:y:3?pick=speed%7Ba%7D").isProblem(ProblemType.BAD_REQUEST_DATA);
        assertThat(ids("type=Bus,Tram&pick=id&" + AFTER)).containsExactly("urn:x:1", "urn:x:2", "urn:y:3");
    }

    @Test
    void answersJsonLdAndNamesOfAContextAndNothingElse() {
        String link = api.link("context.jsonld");
        api.get("/temporal/entities/urn:y:3?pick=id", "Link", link).hasHeader("Link", link);
        api.get("/temporal/entities/urn:y:3?pick=id", "Link", link, "Accept", Api.JSON_LD)
                .hasHeader("Content-Type", Api.JSON_LD)
                .hasBody("{\"id\":\"urn:y:3\",\"@context\":\"" + api.contextUrl("context.jsonld") + "\"}");
        JsonNode list = api.get("/temporal/entities?type=Tram&pick=id&" + AFTER, "Accept", Api.JSON_LD)
                .json();
        assertThat(list.get(0).has("@context")).isTrue();
        api.get("/temporal/entities/urn:y:3", "Accept", "application/geo+json").hasStatus(406);
        api.get("/temporal/entities/urn:x:2?attrs=speed&lastN=1", "Prefer", "ngsi-ld=1.2")
                .hasStatus(203)
                .hasHeader("Preference-Applied", "ngsi-ld=1.2");
    }

    @Test
    void selectsEntitiesByTypeIdAndInstancesInTheRange() {
        assertThat(ids("type=Bus&" + AFTER)).containsExactly("urn:x:1", "urn:x:2");
        assertThat(ids("type=*&" + AFTER)).hasSize(3);
        assertThat(ids("local=true&idPattern=y&" + AFTER)).containsExactly("urn:y:3");
        assertThat(ids("type=Bus&id=urn:x:2,urn:y:3&" + AFTER)).containsExactly("urn:x:2");
        assertThat(ids("attrs=name&" + AFTER)).containsExactly("urn:x:1");
        assertThat(ids("type=Bus&datasetId=urn:d:1&" + AFTER)).containsExactly("urn:x:2");
        assertThat(ids("type=Bus,Tram&timerel=before&timeAt=2026-01-02T00:00:00Z"))
                .containsExactly("urn:x:1", "urn:y:3");
        assertThat(ids("type=Bus&orderBy=id;desc&" + AFTER)).containsExactly("urn:x:2", "urn:x:1");
    }

    @Test
    void asksConditionsOfTheInstancesInTheRangeOnly() {
        String early = "type=Bus,Tram&timerel=before&timeAt=2026-01-01T10:15:00Z&";
        assertThat(ids(early + "q=" + encoded("speed>15"))).containsExactly("urn:x:1");
        assertThat(ids(early + "q=" + encoded("speed>50"))).isEmpty();
        assertThat(ids("type=Bus&" + AFTER + "&q=" + encoded("speed>50"))).containsExactly("urn:x:1", "urn:x:2");
        assertThat(ids("type=Bus&" + AFTER + "&q=" + encoded("speed==10;speed==60")))
                .containsExactly("urn:x:1");
        assertThat(ids(AFTER + "&q=" + encoded("name[en]==\"bus\"|speed==15"))).containsExactly("urn:x:1", "urn:y:3");
        String near = "&georel=near;maxDistance==10&geometry=Point&coordinates=" + encoded("[14.5,46.0]");
        assertThat(ids(AFTER + near)).containsExactly("urn:x:1");
        assertThat(ids("timerel=before&timeAt=2026-01-01T10:10:00Z" + near)).isEmpty();
    }

    @Test
    void looksAtScopesWhileTheyHeld() {
        add("urn:z:4", "Car", """
                "scope": [{"type": "Property", "value": "/A", "observedAt": "2026-01-01T09:00:00Z"},
                          {"type": "Property", "value": ["/B/C", "/D"], "observedAt": "2026-01-01T10:05:00Z"}],
                "speed": [{"type": "Property", "value": 1, "observedAt": "2026-01-01T10:00:00Z"},
                          {"type": "Property", "value": 2, "observedAt": "2026-01-01T10:10:00Z"}]""");
        String range =
                "type=Car,Bus&format=temporalValues&timerel=between&timeAt=2026-01-01T09:30:00Z&endTimeAt=2026-01-01T11:00:00Z";
        api.get("/temporal/entities?" + range + "&scopeQ=/A").hasBody("""
                [{"id":"urn:z:4","type":"Car","scope":{"type":"Property","values":[["/A","2026-01-01T09:00:00Z"]]},\
                "speed":{"type":"Property","values":[[1,"2026-01-01T10:00:00Z"]]}}]""");
        api.get("/temporal/entities?" + range + "&scopeQ=/B/%23").hasBody("""
                [{"id":"urn:z:4","type":"Car","scope":{"type":"Property","values":[[["/B/C","/D"],"2026-01-01T10:05:00Z"]]},\
                "speed":{"type":"Property","values":[[2,"2026-01-01T10:10:00Z"]]}}]""");
        assertThat(ids(range + "&scopeQ=/X")).isEmpty();
        assertThat(ids("type=Car&timerel=before&timeAt=2026-01-01T10:05:00Z&scopeQ=/D"))
                .isEmpty();
    }

    @Test
    void pagesThroughEntities() {
        api.get("/temporal/entities?type=Bus,Tram&pick=id&limit=1&offset=1&count=true&" + AFTER)
                .hasBody("[{\"id\":\"urn:x:2\"}]")
                .hasHeader("NGSILD-Results-Count", "3");
        List<String> links = api.get("/temporal/entities?type=Bus,Tram&limit=1&offset=1&" + AFTER)
                .headers("Link");
        assertThat(links).anyMatch(l -> l.contains("rel=\"next\"") && l.contains("offset=2"));
        assertThat(links).anyMatch(l -> l.contains("rel=\"prev\"") && l.contains("offset=0"));
        api.get("/temporal/entities?type=Bus&limit=0&count=true&" + AFTER)
                .hasBody("[]")
                .hasHeader("NGSILD-Results-Count", "2");
        api.get("/temporal/entities?type=Bus&limit=0&" + AFTER).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/temporal/entities?type=Bus&limit=5000&" + AFTER).isProblem(ProblemType.TOO_MANY_RESULTS);
    }

    @Test
    void queriesByPost() {
        api.post("/temporal/entityOperations/query?limit=5", """
                {"type": "Query", "entities": [{"type": "Bus"}], "q": "speed<50", "pick": ["id"],
                 "temporalQ": {"timerel": "before", "timeAt": "2026-02-01T00:00:00Z", "lastN": 1}}""").hasStatus(200).hasBody("[{\"id\":\"urn:x:1\"}]");
        api.post("/temporal/entityOperations/query", """
                {"type": "Query", "entities": [{"type": "Tram"}], "temporalQ": {"timerel": "after", "timeAt": "2026-01-01T10:00:00Z"},
                 "aggrParams": {"aggrMethods": ["max"], "aggrPeriodDuration": "PT1H"}}""").hasBody("""
                [{"id":"urn:y:3","type":"Tram","speed":{"type":"Property",\
                "max":[[15.0,"2026-01-01T10:00:00Z","2026-01-01T11:00:00Z"]]}}]""");
        for (String temporal : List.of(
                "",
                ",\"temporalQ\":{}",
                ",\"temporalQ\":{\"timerel\":\"during\",\"timeAt\":\"2026-01-01T10:00:00Z\"}",
                ",\"temporalQ\":{\"timerel\":\"between\",\"timeAt\":\"2026-01-01T10:00:00Z\"}",
                ",\"temporalQ\":{\"timerel\":\"after\",\"timeAt\":\"2026-01-01T10:00:00Z\",\"lastN\":0}",
                ",\"temporalQ\":{\"timerel\":\"after\",\"timeAt\":\"2026-01-01T10:00:00Z\",\"lastN\":1.5}",
                ",\"temporalQ\":{\"timerel\":\"after\",\"timeAt\":\"2026-01-01T10:00:00Z\",\"timeproperty\":\"at\"}",
                ",\"temporalQ\":{\"timerel\":\"after\",\"timeAt\":\"2026-01-01T10:00:00Z\",\"when\":\"now\"}")) {
            api.post(
                            "/temporal/entityOperations/query",
                            "{\"type\":\"Query\",\"entities\":[{\"type\":\"Bus\"}]" + temporal + "}")
                    .isProblem(ProblemType.BAD_REQUEST_DATA);
        }
        api.post("/entityOperations/query", "{\"type\":\"Query\",\"entities\":[{\"type\":\"Bus\"}],\"temporalQ\":{}}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void refusesWhatIsNoQuery() {
        for (String query : List.of(
                "type=Bus",
                "timerel=after&type=Bus",
                "timeAt=2026-01-01T00:00:00Z&type=Bus",
                "timerel=after&timeAt=2026-01-01&type=Bus",
                "timerel=between&timeAt=2026-01-01T00:00:00Z&type=Bus",
                AFTER,
                AFTER + "&id=urn:x:1",
                AFTER + "&attrs=createdAt",
                AFTER + "&type=Bus&timeproperty=at",
                AFTER + "&type=Bus&lastN=0",
                AFTER + "&type=Bus&lastN=x",
                AFTER + "&type=Bus&orderBy=speed",
                AFTER + "&type=Bus&orderBy=id,speed",
                AFTER + "&type=Bus&q=" + encoded("owner{name}==1"),
                AFTER + "&type=Bus&csf=" + encoded("))"),
                AFTER + "&type=Bus&format=aggregatedValues",
                AFTER + "&type=Bus&format=aggregatedValues&aggrMethods=median",
                AFTER + "&type=Bus&format=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=1h")) {
            assertThat(api.get("/temporal/entities?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        api.get("/temporal/entities?type=Bus").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/temporal/entities?type=Bus&format=keyValues&" + AFTER).isProblem(ProblemType.INVALID_REQUEST);
        api.get("/temporal/entities?type=Bus&options=temporalValues,aggregatedValues&" + AFTER)
                .isProblem(ProblemType.INVALID_REQUEST);
        api.get("/temporal/entities?type=Bus&nonsense=1&" + AFTER).isProblem(ProblemType.INVALID_REQUEST);
        api.get("/temporal/entities?type=Bus&" + AFTER, "NGSILD-Tenant", "south")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        api.get("/temporal/entities/nonsense").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void remembersChangesOfCurrentState() {
        api.create(
                "{\"id\":\"urn:c:1\",\"type\":\"Shop\",\"scope\":\"/A\",\"open\":true,\"seats\":{\"value\":4,\"observedAt\":\"2026-01-01T10:00:00Z\"}}");
        api.patch("/entities/urn:c:1/attrs", "{\"open\":false,\"scope\":\"/B\"}")
                .isEmpty(204);
        api.get("/temporal/entities/urn:c:1?pick=id,type,seats&format=temporalValues")
                .hasBody("""
                {"id":"urn:c:1","type":"Shop","seats":{"type":"Property","values":[[4,"2026-01-01T10:00:00Z"]]}}""");
        JsonNode open = api.get("/temporal/entities/urn:c:1?attrs=open").json().get("open");
        assertThat(open.valueStream().map(i -> i.get("value").booleanValue())).containsExactly(true, false);
        JsonNode scope = api.get("/temporal/entities/urn:c:1?pick=scope&options=sysAttrs")
                .json()
                .get("scope");
        assertThat(scope.get(1).get("value").toString()).isEqualTo("[\"/B\"]");
        assertThat(scope.get(1).get("observedAt")).isEqualTo(scope.get(1).get("modifiedAt"));
        assertThat(ids("type=Shop&timeproperty=createdAt&" + AFTER)).containsExactly("urn:c:1");
    }

    @Test
    void doesNotShowWhatHasExpired() {
        api.create("""
                {"id": "urn:c:2", "type": "Shop", "steady": 1,
                 "flash": {"type": "Property", "value": 10, "expiresAt": "2120-01-01T00:00:00Z"}}""");
        assertThat(api.get("/temporal/entities/urn:c:2").json().get("flash")).hasSize(1);
        api.ahead.addAndGet(Duration.ofDays(36_525).toMillis());
        JsonNode later = api.get("/temporal/entities/urn:c:2").hasStatus(200).json();
        assertThat(later.has("flash")).isFalse();
        assertThat(later.get("steady")).hasSize(1);
        assertThat(api.get("/temporal/entities/urn:c:2?format=aggregatedValues&aggrMethods=sum")
                        .json()
                        .has("flash"))
                .isFalse();
    }

    @Test
    void leavesAnInstanceOfEachDeletion() {
        api.create(
                "{\"id\":\"urn:c:1\",\"type\":\"Shop\",\"scope\":\"/A\",\"open\":true,\"name\":{\"languageMap\":{\"sl\":\"a\"}}}");
        api.delete("/entities/urn:c:1/attrs/open").isEmpty(204);
        api.delete("/entities/urn:c:1/attrs/scope").isEmpty(204);
        JsonNode deleted = api.get("/temporal/entities/urn:c:1?timeproperty=deletedAt")
                .hasStatus(200)
                .json();
        assertThat(deleted.get("open").get(0).get("value").stringValue()).isEqualTo("urn:ngsi-ld:null");
        assertThat(deleted.get("open").get(0).has("deletedAt")).isTrue();
        assertThat(deleted.get("scope").get(0).get("value").toString()).isEqualTo("[]");
        assertThat(deleted.has("name")).isFalse();
        api.delete("/entities/urn:c:1").isEmpty(204);
        JsonNode gone = api.get("/temporal/entities/urn:c:1?timeproperty=deletedAt&options=temporalValues,sysAttrs")
                .json();
        assertThat(gone.has("deletedAt")).isTrue();
        assertThat(gone.get("name").get("languageMaps").get(0).get(0).toString())
                .isEqualTo("{\"languageMap\":{\"@none\":\"urn:ngsi-ld:null\"}}");
        assertThat(ids("type=Shop&timeproperty=deletedAt&" + AFTER)).containsExactly("urn:c:1");
    }

    @Test
    void deletingAnAttributeThatOnlyHistoryKnowsLeavesAnInstanceToo() {
        api.delete("/entities/urn:x:1/attrs/name").isEmpty(204);
        assertThat(api.get("/temporal/entities/urn:x:1?timeproperty=deletedAt&options=temporalValues")
                        .json()
                        .get("name")
                        .get("languageMaps")
                        .get(0)
                        .get(0)
                        .toString())
                .isEqualTo("{\"languageMap\":{\"@none\":\"urn:ngsi-ld:null\"}}");
        api.delete("/entities/urn:x:1/attrs/doors").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete("/entities/urn:x:9/attrs/name").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void keepsEntityMaps() {
        var created = api.get("/temporal/entities?type=Bus&id=urn:x:1&entityMap=true&" + AFTER)
                .hasStatus(201);
        String map = created.headers("NGSILD-EntityMap").getFirst();
        api.get("/temporal/entities?type=Bus&pick=id&" + AFTER, "NGSILD-EntityMap", map)
                .hasStatus(200)
                .hasHeader("NGSILD-EntityMap", map)
                .hasBody("[{\"id\":\"urn:x:1\"}]");
        api.get("/temporal/entities?type=Bus&" + AFTER, "NGSILD-EntityMap", "urn:x:none")
                .hasStatus(201);
        api.get("/temporal/entities/urn:x:2?entityMap=true")
                .hasStatus(200)
                .headers("NGSILD-EntityMap")
                .getFirst();
        JsonNode whole = api.get("/temporal/entityMaps?type=Bus,Tram&" + AFTER)
                .hasStatus(201)
                .json();
        assertThat(whole.get("entityMap").propertyNames()).containsExactly("urn:x:1", "urn:x:2", "urn:y:3");
        api.post("/temporal/entityMaps", """
                {"type": "Query", "entities": [{"type": "Tram"}],
                 "temporalQ": {"timerel": "after", "timeAt": "2026-01-01T10:00:00Z"}}""").hasStatus(201);
    }
}
