package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LinkedEntitiesTest {
    @TempDir
    static Path folder;

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(folder);
        api.create("""
                {"id": "urn:x:country", "type": "Country", "name": "Slovenija"}""");
        api.create("""
                {"id": "urn:x:city", "type": "City", "name": "Ljubljana", "in": {"type": "Relationship", "object": "urn:x:country"}}""");
        for (int i = 1; i <= 3; i++) {
            api.create("""
                    {"id": "urn:x:house:%d", "type": "House", "number": %d, "at": {"type": "Relationship", "object": "urn:x:city"},
                     "owner": {"type": "Relationship", "object": "urn:x:elsewhere", "objectType": "Person"},
                     "near": {"type": "ListRelationship", "objectList": ["urn:x:tree:2", "urn:x:elsewhere", "urn:x:tree:1"]}}""".formatted(i, i));
        }
        api.create("""
                {"id": "urn:x:tree:1", "type": "Tree", "next": {"type": "Relationship", "object": "urn:x:tree:2"},
                 "place": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 2]}}}""");
        api.create("""
                {"id": "urn:x:tree:2", "type": "Tree", "next": {"type": "Relationship", "object": ["urn:x:tree:1", "urn:x:tree:2"]}}""");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(e -> ids.add(e.get("id").stringValue().substring(6)));
        return ids;
    }

    @Test
    void putsLinkedEntitiesInline() {
        api.get("/entities/urn:x:house:1?join=inline&format=simplified&pick=at,near{id}")
                .hasBody("""
                {"at": {"id": "urn:x:city", "type": "City", "name": "Ljubljana", "in": "urn:x:country"},
                 "near": [{"id": "urn:x:tree:2"}, "urn:x:elsewhere", {"id": "urn:x:tree:1"}]}""");
        api.get("/entities/urn:x:house:1?join=inline&joinLevel=2&pick=id,at{name,in{id}}")
                .hasBody("""
                {"id": "urn:x:house:1", "at": {"type": "Relationship", "object": "urn:x:city", "entity":
                  {"name": {"type": "Property", "value": "Ljubljana"}, "in": {"type": "Relationship", "object": "urn:x:country",
                    "entity": {"id": "urn:x:country"}}}}}""");
    }

    @Test
    void followsRelationshipsToWhatIsHeldHereWhateverTheirObjectType() {
        JsonNode house = api.get("/entities/urn:x:house:1?join=inline").json();
        assertThat(house.get("at").has("entity")).isTrue();
        assertThat(house.get("owner").has("entity")).isFalse();
        assertThat(house.get("near").has("entity")).isFalse();
        assertThat(ids(house.get("near").get("entityList"))).containsExactly("tree:2", "tree:1");
        assertThat(house.get("at").get("entity").get("in").has("entity")).isFalse();
    }

    @Test
    void joinsNothingUnlessAsked() {
        String plain = api.get("/entities/urn:x:house:1").text();
        assertThat(api.get("/entities/urn:x:house:1?join=@none&joinLevel=3").text())
                .isEqualTo(plain)
                .doesNotContain("Ljubljana");
    }

    @Test
    void putsEachLinkedEntityOnceIntoTheFlatForm() {
        assertThat(ids(api.get("/entities/urn:x:house:1?join=flat").json()))
                .containsExactly("house:1", "city", "tree:2", "tree:1");
        assertThat(ids(api.get("/entities/urn:x:house:1?join=flat&joinLevel=2&pick=id,at")
                        .json()))
                .containsExactly("house:1", "city", "country");
        assertThat(ids(api.get("/entities?type=House&join=flat&joinLevel=2&limit=2")
                        .json()))
                .containsExactly("house:1", "house:2", "city", "tree:2", "tree:1", "country");
        api.get("/entities/urn:x:house:1?join=flat&joinLevel=2&format=simplified&pick=id,at{name,in{id}}")
                .hasBody("""
                [{"id": "urn:x:house:1", "at": "urn:x:city"}, {"name": "Ljubljana", "in": "urn:x:country"}, {"id": "urn:x:country"}]""");
    }

    @Test
    void givesOneEntityWhereTheFlatFormFindsNoOther() {
        api.get("/entities/urn:x:country?join=flat&format=simplified")
                .hasBody("{\"id\":\"urn:x:country\",\"type\":\"Country\",\"name\":\"Slovenija\"}");
        assertThat(api.get("/entities?type=Country&join=flat").json()).hasSize(1);
    }

    @Test
    void endsInCircles() {
        JsonNode tree =
                api.get("/entities/urn:x:tree:1?join=inline&joinLevel=10").json();
        JsonNode second = tree.get("next").get("entity");
        assertThat(second.get("id").stringValue()).isEqualTo("urn:x:tree:2");
        assertThat(second.get("next").has("entity")).isFalse();
        assertThat(ids(api.get("/entities/urn:x:tree:1?join=flat&joinLevel=10").json()))
                .containsExactly("tree:1", "tree:2");
    }

    @Test
    void leavesOutWhatTheClientHasAlreadyMet() {
        assertThat(ids(api.get("/entities/urn:x:house:1?join=flat&joinLevel=2&containedBy=urn:x:city,urn:x:tree:1")
                        .json()))
                .containsExactly("house:1", "tree:2");
        assertThat(api.get("/entities/urn:x:house:1?join=inline&containedBy=urn:x:city")
                        .json()
                        .get("at")
                        .has("entity"))
                .isFalse();
    }

    @Test
    void showsLinkedEntitiesInEveryMediaType() {
        JsonNode collection = api.get(
                        "/entities/urn:x:tree:2?join=flat&geometryProperty=place", "Accept", "application/geo+json")
                .hasHeader("Content-Type", "application/geo+json")
                .json();
        assertThat(collection.get("type").stringValue()).isEqualTo("FeatureCollection");
        assertThat(ids(collection.get("features"))).containsExactly("tree:2", "tree:1");
        assertThat(collection.get("features").get(1).get("geometry").has("coordinates"))
                .isTrue();
        JsonNode feature = api.get("/entities/urn:x:tree:1?join=inline", "Accept", "application/geo+json")
                .json();
        assertThat(feature.get("properties")
                        .get("next")
                        .get("entity")
                        .get("type")
                        .stringValue())
                .isEqualTo("Tree");
        JsonNode ld = api.get("/entities/urn:x:tree:1?join=flat", "Accept", Api.JSON_LD)
                .json();
        assertThat(ld).hasSize(2).allMatch(e -> e.has("@context"));
        assertThat(api.get("/entities/urn:x:tree:1?join=inline&options=sysAttrs")
                        .json()
                        .get("next")
                        .get("entity")
                        .has("createdAt"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "join=nested",
                "join=inline&joinLevel=0",
                "join=inline&joinLevel=-1",
                "join=inline&joinLevel=x",
                "join=inline&joinLevel=11",
                "join=inline&containedBy=no-uri",
                "pick=at{name}",
                "omit=at{name}",
                "join=@none&pick=at{name}",
                "join=flat&pick=at{in{name}}",
                "join=flat&joinLevel=2&omit=at{in{at{name}}}"
            })
    void refusesBadJoins(String query) {
        api.get("/entities/urn:x:house:1?" + query).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities?type=House&" + query).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void boundsTheSizeOfLinkedEntities() {
        StringBuilder rings = new StringBuilder("\"urn:x:ring:0\"");
        for (int i = 1; i < 40; i++) {
            rings.append(",\"urn:x:ring:").append(i).append('"');
        }
        api.create("{\"id\":\"urn:x:book\",\"type\":\"Book\",\"text\":\"" + "x".repeat(60_000) + "\"}");
        for (int i = 0; i < 40; i++) {
            api.create(
                    "{\"id\":\"urn:x:ring:%d\",\"type\":\"Ring\",\"of\":{\"type\":\"Relationship\",\"object\":[\"urn:x:book\",%s]}}"
                            .formatted(i, rings));
        }
        api.get("/entities/urn:x:ring:0?join=inline&joinLevel=2").hasStatus(200);
        api.get("/entities/urn:x:ring:0?join=inline&joinLevel=3").isProblem(ProblemType.TOO_COMPLEX_QUERY);
    }

    @Test
    void boundsTheNumberOfLinkedEntities() {
        StringBuilder all = new StringBuilder("\"urn:x:star:0\"");
        for (int i = 1; i < 40; i++) {
            all.append(",\"urn:x:star:").append(i).append('"');
        }
        for (int i = 0; i < 40; i++) {
            api.create(
                    "{\"id\":\"urn:x:star:%d\",\"type\":\"Star\",\"sees\":{\"type\":\"Relationship\",\"object\":[%s]}}"
                            .formatted(i, all));
        }
        api.get("/entities/urn:x:star:0?join=inline&joinLevel=2").hasStatus(200);
        api.get("/entities/urn:x:star:0?join=inline&joinLevel=10").isProblem(ProblemType.TOO_COMPLEX_QUERY);
        assertThat(api.get("/entities/urn:x:star:0?join=flat&joinLevel=10").json())
                .hasSize(40);
    }
}
