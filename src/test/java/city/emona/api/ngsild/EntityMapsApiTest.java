package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EntityMapsApiTest {
    private static final String HEADER = "NGSILD-EntityMap";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        for (int i = 0; i < 5; i++) {
            car(i, i * 10);
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void car(int number, int speed) {
        api.create("{\"id\":\"urn:x:car:%d\",\"type\":\"Car\",\"speed\":%d}".formatted(number, speed));
    }

    private static String location(Api.Answer answer) {
        assertThat(answer.headers(HEADER)).as(answer.text()).hasSize(1);
        return answer.headers(HEADER).getFirst();
    }

    /** The path that the client of these tests asks for: without the root of the API. */
    private static String path(String location) {
        assertThat(location).startsWith("/ngsi-ld/v1/entityMaps/urn:ngsi-ld:EntityMap:");
        return location.substring("/ngsi-ld/v1".length());
    }

    private static List<String> ids(Api.Answer answer) {
        List<String> ids = new ArrayList<>();
        answer.json().forEach(e -> ids.add(e.get("id").stringValue().substring(6)));
        return ids;
    }

    private List<String> listed(String location) {
        List<String> ids = new ArrayList<>();
        api.get(path(location))
                .hasStatus(200)
                .json()
                .get("entityMap")
                .propertyNames()
                .forEach(id -> ids.add(id.substring(6)));
        return ids;
    }

    @Test
    void createsMapsOfQueries() {
        Api.Answer created = api.get("/entityMaps?type=Car&q=speed%3E10").hasStatus(201);
        JsonNode map = created.json();
        assertThat(map.get("type").stringValue()).isEqualTo("EntityMap");
        assertThat(location(created)).endsWith(map.get("id").stringValue());
        assertThat(map.get("entityMap").toString())
                .isEqualTo("{\"urn:x:car:2\":[\"@none\"],\"urn:x:car:3\":[\"@none\"],\"urn:x:car:4\":[\"@none\"]}");
        assertThat(map.has("speed")).isFalse();
        assertThat(api.get(path(location(created))).hasStatus(200).json()).isEqualTo(map);
        Api.Answer posted = api.post(
                        "/entityMaps",
                        "{\"type\":\"Query\",\"entities\":[{\"type\":\"Car\"}],\"q\":\"speed<10\",\"entityMapLifetime\":\"PT5M\"}")
                .hasStatus(201);
        assertThat(listed(location(posted))).containsExactly("car:0");
        assertThat(api.get("/entityMaps?type=Car&limit=1&offset=3", "Accept", JSON_LD)
                        .hasStatus(201)
                        .hasHeader("Content-Type", JSON_LD)
                        .json()
                        .get("entityMap"))
                .hasSize(5);
    }

    @Test
    void refusesMapsOfBadQueries() {
        api.get("/entityMaps?id=urn:x:car:1").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entityMaps?type=Car&entityMapLifetime=1hour").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entityMaps?type=Car&splitEntities=yes").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entityMaps?type=Car&other=1").isProblem(ProblemType.INVALID_REQUEST);
        api.get("/entityMaps?type=Car", "Accept", "application/geo+json").isProblem(ProblemType.NOT_ACCEPTABLE);
        api.get("/entityMaps?type=Car", "NGSILD-Tenant", "unknown").isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entityMaps", "{\"type\":\"Query\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities?type=Car&entityMap=1").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities?type=Car&entityMap=true&entityMapLifetime=x").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void changesWhenMapsExpire() {
        String map = path(location(api.get("/entityMaps?type=Car")));
        String before = api.get(map).json().get("expiresAt").stringValue();
        api.patch(map, "{\"expiresAt\":\"2099-01-01T00:00:00Z\",\"entityMap\":{\"urn:x:other\":[\"@none\"]}}")
                .isEmpty(204);
        JsonNode changed = api.get(map).json();
        assertThat(changed.get("expiresAt").stringValue()).isGreaterThan(before).isLessThan("2099");
        assertThat(changed.get("entityMap").has("urn:x:other")).isFalse();
        api.patch(map, "{\"linkedMaps\":{}}").isEmpty(204);
        api.patch(map, "{\"expiresAt\":\"tomorrow\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch(map, "{\"expiresAt\":5}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch(map, "[]").isProblem(ProblemType.INVALID_REQUEST);
        api.patch(map, "{\"expiresAt\":\"2000-01-01T00:00:00Z\"}").isEmpty(204);
        api.get(map).isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void knowsOnlyTheMapsOfTheTenant() {
        String map = path(location(api.get("/entityMaps?type=Car")));
        api.post("/entities", "{\"id\":\"urn:x:car:1\",\"type\":\"Car\"}", "NGSILD-Tenant", "other")
                .hasStatus(201);
        api.get(map, "NGSILD-Tenant", "other").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(map, "NGSILD-Tenant", "other").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(map).isEmpty(204);
        api.delete(map).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get(map).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.patch(map, "{}").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entityMaps/no%20uri").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entityMaps/no%20uri", "{}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entityMaps/no%20uri").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entityMaps/").isProblem(ProblemType.METHOD_NOT_ALLOWED);
    }

    @Test
    void fixesTheEntitiesOfRequestsToCome() {
        Api.Answer first = api.get("/entities?type=Car&limit=2&entityMap=true").hasStatus(201);
        assertThat(ids(first)).containsExactly("car:0", "car:1");
        String map = location(first);
        car(9, 90);
        Api.Answer rest = api.get("/entities?type=Car&count=true", HEADER, map)
                .hasStatus(200)
                .hasHeader(HEADER, map)
                .hasHeader("NGSILD-Results-Count", "5");
        assertThat(ids(rest)).containsExactly("car:0", "car:1", "car:2", "car:3", "car:4");
        assertThat(ids(api.get("/entities?type=Car&id=urn:x:car:3,urn:x:car:9", HEADER, map)))
                .containsExactly("car:3");
        assertThat(listed(map)).hasSize(5);
        assertThat(ids(api.get("/entities?type=Car&orderBy=speed;desc&limit=2", HEADER, map)))
                .containsExactly("car:4", "car:3");
        assertThat(ids(api.post(
                                "/entityOperations/query?limit=1&offset=4",
                                "{\"type\":\"Query\",\"entities\":[{\"type\":\"Car\"}]}",
                                HEADER,
                                map)
                        .hasStatus(200)))
                .containsExactly("car:4");
        api.post("/entityOperations/query", "{\"type\":\"Query\",\"entities\":[{\"type\":\"Car\"}],\"entityMap\":true}")
                .hasStatus(201);
    }

    @Test
    void fillsPagesAndTakesOutWhatNoLongerFits() {
        String map = location(
                api.get("/entities?type=Car&q=speed%3E0&entityMap=true").hasStatus(201));
        assertThat(listed(map)).containsExactly("car:1", "car:2", "car:3", "car:4");
        api.delete("/entities/urn:x:car:1").hasStatus(204);
        api.patch("/entities/urn:x:car:3/attrs", "{\"speed\":-1}").hasStatus(204);
        Api.Answer page = api.get("/entities?type=Car&q=speed%3E0&limit=1", HEADER, map);
        assertThat(ids(page)).containsExactly("car:2");
        assertThat(page.headers("Link"))
                .anyMatch(link -> link.contains("rel=\"next\"") && link.contains("offset=1") && !link.contains("car"));
        page = api.get("/entities?type=Car&q=speed%3E0&limit=2&offset=1", HEADER, map);
        assertThat(ids(page)).containsExactly("car:4");
        assertThat(page.headers("Link"))
                .anyMatch(link -> link.contains("rel=\"prev\""))
                .noneMatch(link -> link.contains("\"next\""));
        assertThat(listed(map)).containsExactly("car:2", "car:4");
    }

    @Test
    void makesNewMapsInPlaceOfThoseThatAreGone() {
        Api.Answer first = api.get("/entities?type=Car&entityMap=true&entityMapLifetime=PT10M")
                .hasStatus(201);
        car(9, 90);
        api.ahead.set(Duration.ofMinutes(11).toMillis());
        Api.Answer again =
                api.get("/entities?type=Car", HEADER, location(first)).hasStatus(201);
        assertThat(ids(again)).hasSize(6);
        assertThat(location(again)).isNotEqualTo(location(first));
        api.get(path(location(first))).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        assertThat(listed(location(again))).hasSize(6);
    }

    @Test
    void keepsMapsOfSingleEntities() {
        Api.Answer first = api.get("/entities/urn:x:car:1?entityMap=true").hasStatus(200);
        assertThat(listed(location(first))).containsExactly("car:1");
        api.get("/entities/urn:x:car:1", HEADER, location(first)).hasStatus(200).hasHeader(HEADER, location(first));
        Api.Answer other = api.get("/entities/urn:x:car:1", HEADER, "urn:ngsi-ld:EntityMap:gone")
                .hasStatus(200);
        assertThat(location(other)).doesNotContain("gone");
        api.get("/entities/urn:x:none?entityMap=true")
                .isProblem(ProblemType.RESOURCE_NOT_FOUND)
                .hasHeader(HEADER);
        api.get("/entities/urn:x:car:1").hasHeader(HEADER);
    }
}
