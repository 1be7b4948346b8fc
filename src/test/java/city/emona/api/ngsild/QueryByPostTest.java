package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON_LD;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryByPostTest {
    private static final String PATH = "/entityOperations/query";

    @TempDir
    static Path folder;

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(folder);
        for (int i = 1; i <= 4; i++) {
            api.create("""
                    {"id": "urn:x:room:%d", "type": "Room", "number": %d, "scope": "/house/floor%d", "kind": {"type": "VocabProperty", "vocab": "k%d"},
                     "location": {"type": "Point", "coordinates": [%d, 46]}, "in": {"type": "Relationship", "object": "urn:x:house"}}""".formatted(i, i, i % 2, i, i));
        }
        api.create(
                "{\"id\":\"urn:x:house\",\"type\":\"House\",\"name\":{\"languageMap\":{\"sl\":\"hiša\",\"en\":\"house\"}}}");
        api.create(
                "{\"id\":\"urn:x:a,b\",\"type\":\"Odd\",\"several\":[{\"value\":1},{\"value\":2,\"datasetId\":\"urn:d:1\"}]}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Api.Answer query(String members, String... parameters) {
        return api.post(PATH + (parameters.length == 0 ? "" : "?" + String.join("&", parameters)), body(members));
    }

    private static String body(String members) {
        return "{\"type\":\"Query\""
                + (members.isBlank() ? "" : "," + members.strip().replace('\'', '"')) + "}";
    }

    private static List<String> ids(Api.Answer answer) {
        List<String> ids = new ArrayList<>();
        answer.hasStatus(200)
                .json()
                .forEach(e -> ids.add(e.get("id").stringValue().substring(6)));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'entities':[{'type':'House'}] | house",
                "'entities':[{'type':'House'},{'type':'Odd'}] | a,b house",
                "'entities':[{'type':'House,Odd'}] | a,b house",
                "'entities':[{'type':'*','idPattern':'[13]$'}] | room:1 room:3",
                "'entities':[{'type':'Room','id':'urn:x:room:2'}] | room:2",
                "'entities':[{'type':'Room','id':['urn:x:room:2','urn:x:house']},{'type':'House'}] | house room:2",
                "'entities':[{'type':'Room','id':'urn:x:room:2','idPattern':'3$'}] | room:2",
                "'entities':[{'type':'Room','idPattern':'3$'},{'type':'Room','id':'urn:x:room:1'}] | room:1 room:3",
                "'entities':[{'type':'Odd','id':'urn:x:a,b'}] | a,b",
                "'entities':[{'type':'Room'}],'q':'number>2' | room:3 room:4",
                "'q':'number==1' | room:1",
                "'entities':[{'type':'Room'}],'scopeQ':'/house/floor0' | room:2 room:4",
                "'geoQ':{'georel':'near;maxDistance==1000','geometry':'Point','coordinates':[2,46]} | room:2",
                "'geoQ':{'georel':'near;maxDistance==1000','geometry':'Point','coordinates':'[3,46]','geoproperty':'location'} | room:3",
                "'attrs':['name','several'] | a,b house",
                "'entities':[{'type':'Room'}],'q':'kind==k2','expandValues':'kind' | room:2",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['number;desc']} | room:4 room:3 room:2 room:1",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['location;dist-asc'],'coordinates':[3.4,46],'geometry':'Point'} | room:3 room:4 room:2 room:1",
                "'entities':[{'type':'Room'}],'q':'in{name[en]}==~house~','join':'inline' | room:1 room:2 room:3 room:4",
                "'entities':[{'type':'Room'}],'splitEntities':true,'jsonKeys':'number' | room:1 room:2 room:3 room:4"
            })
    void findsWhatMatches(String members, String found) {
        assertThat(ids(query(members.replace("~", "\\'"))))
                .containsExactlyInAnyOrder(found.strip().split(" "));
    }

    @Test
    void keepsTheOrderAskedFor() {
        assertThat(ids(query("'entities':[{'type':'Room'}],'ordering':{'orderBy':['number;desc']}")))
                .containsExactly("room:4", "room:3", "room:2", "room:1");
    }

    @Test
    void showsWhatIsAskedFor() {
        query("'entities':[{'type':'House'}],'pick':['id','name'],'lang':'en'", "format=simplified")
                .hasBody("[{\"id\":\"urn:x:house\",\"name\":\"house\"}]");
        query("'entities':[{'type':'Odd'}],'datasetId':['urn:d:1'],'omit':['type']", "options=keyValues")
                .hasBody("[{\"id\":\"urn:x:a,b\",\"several\":2}]");
        query(
                        "'entities':[{'type':'Room','id':'urn:x:room:1'}],'pick':['in{id}'],'join':'inline','joinLevel':1",
                        "options=keyValues")
                .hasBody("[{\"in\":{\"id\":\"urn:x:house\"}}]");
        assertThat(ids(query("'entities':[{'type':'Room','id':'urn:x:room:1'}],'join':'flat','joinLevel':'2'")))
                .containsExactly("room:1", "house");
        assertThat(
                        ids(
                                query(
                                        "'entities':[{'type':'Room','id':'urn:x:room:1'}],'join':'flat','containedBy':['urn:x:house']")))
                .containsExactly("room:1");
        assertThat(api.post(PATH, body("'entities':[{'type':'Room'}]"), "Accept", "application/geo+json")
                        .hasHeader("Content-Type", "application/geo+json")
                        .json()
                        .get("features"))
                .hasSize(4);
        api.post(PATH, body("'entities':[{'type':'Room'}]"), "Prefer", "ngsi-ld=1.5")
                .hasStatus(203);
    }

    @Test
    void givesPagesAndCounts() {
        String rooms = "'entities':[{'type':'Room'}]";
        Api.Answer middle = query(rooms, "offset=1", "limit=2", "count=true");
        assertThat(ids(middle)).containsExactly("room:2", "room:3");
        middle.hasHeader("NGSILD-Results-Count", "4");
        assertThat(middle.headers("Link"))
                .contains(
                        "</ngsi-ld/v1/entityOperations/query?count=true&limit=2&offset=0>; rel=\"prev\"; type=\"application/json\"",
                        "</ngsi-ld/v1/entityOperations/query?count=true&limit=2&offset=3>; rel=\"next\"; type=\"application/json\"");
        query(rooms, "limit=0").isProblem(ProblemType.BAD_REQUEST_DATA);
        query(rooms, "limit=5000").isProblem(ProblemType.TOO_MANY_RESULTS);
    }

    @Test
    void takesTheContextOfTheBody() {
        String context = api.contextUrl("context.jsonld");
        api.post(
                        "/entities",
                        "{\"id\":\"urn:x:thing\",\"type\":\"Thing\",\"name\":\"x\",\"@context\":\"" + context + "\"}",
                        "Content-Type",
                        JSON_LD)
                .hasStatus(201);
        Api.Answer found = api.post(
                PATH,
                body("'entities':[{'type':'Thing'}],'@context':'" + context + "'"),
                "Content-Type",
                JSON_LD,
                "Accept",
                JSON_LD);
        assertThat(found.json().get(0).get("type").stringValue()).isEqualTo("Thing");
        assertThat(ids(api.post(PATH, body("'entities':[{'type':'Thing'}]"), "Link", api.link("context.jsonld"))))
                .containsExactly("thing");
        assertThat(ids(query("'entities':[{'type':'Thing'}]"))).isEmpty();
        api.delete("/entities/urn:x:thing").hasStatus(204);
    }

    @Test
    void givesContextsThatStandInBodiesAnAddress() {
        String query = body(
                "'entities':[{'type':'Chamber'}],'@context':{'Chamber':'https://uri.etsi.org/ngsi-ld/default-context/Room'}");
        Api.Answer found = api.post(PATH, query, "Content-Type", JSON_LD);
        assertThat(found.json().get(0).get("type").stringValue()).isEqualTo("Chamber");
        String link = found.headers("Link").getFirst();
        assertThat(link).contains("/ngsi-ld/v1/jsonldContexts/", "json-ld#context");
        assertThat(ids(api.get("/entities?type=Chamber", "Link", link))).hasSize(4);
        found = api.post(PATH, query, "Content-Type", JSON_LD);
        assertThat(found.headers("Link").getFirst()).isEqualTo(link);
        api.post(PATH, query, "Content-Type", JSON_LD, "NGSILD-Tenant", "unknown")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        assertThat(api.broker.listTenants()).hasSize(1);
        api.post(PATH, query, "Content-Type", JSON_LD, "Accept", JSON_LD).hasHeader("Link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'pick':['number']",
                "'entities':[]",
                "'entities':{}",
                "'entities':['x']",
                "'entities':[{}]",
                "'entities':[{'id':'urn:x:room:1'}]",
                "'entities':[{'type':'Room','id':'no uri'}]",
                "'entities':[{'type':'Room','id':[]}]",
                "'entities':[{'type':'Room','id':['urn:x:1',5]}]",
                "'entities':[{'type':'Room','idPattern':'('}]",
                "'entities':[{'type':'Room','idPattern':5}]",
                "'entities':[{'type':5}]",
                "'entities':[{'type':'Room','other':1}]",
                "'entities':[{'type':'Room'}],'attrs':[]",
                "'entities':[{'type':'Room'}],'pick':[]",
                "'entities':[{'type':'Room'}],'omit':[]",
                "'entities':[{'type':'Room'}],'datasetId':[]",
                "'entities':[{'type':'Room'}],'containedBy':[]",
                "'entities':[{'type':'Room'}],'pick':'number'",
                "'entities':[{'type':'Room'}],'pick':[5]",
                "'entities':[{'type':'Room'}],'q':42",
                "'entities':[{'type':'Room'}],'q':'number=='",
                "'entities':[{'type':'Room'}],'scopeQ':[]",
                "'entities':[{'type':'Room'}],'join':true",
                "'entities':[{'type':'Room'}],'join':'inline','joinLevel':0",
                "'entities':[{'type':'Room'}],'join':'inline','joinLevel':1.5",
                "'entities':[{'type':'Room'}],'join':'inline','joinLevel':true",
                "'entities':[{'type':'Room'}],'entityMap':'true'",
                "'entities':[{'type':'Room'}],'splitEntities':1",
                "'entities':[{'type':'Room'}],'entityMap':true,'entityMapLifetime':'1hour'",
                "'entities':[{'type':'Room'}],'temporalQ':{'timerel':'after','timeAt':'2020-01-01T00:00:00Z'}",
                "'entities':[{'type':'Room'}],'aggrParams':{}",
                "'entities':[{'type':'Room'}],'geoQ':'x'",
                "'entities':[{'type':'Room'}],'geoQ':{'georel':'within'}",
                "'entities':[{'type':'Room'}],'geoQ':{'georel':5,'geometry':'Point','coordinates':[1,1]}",
                "'entities':[{'type':'Room'}],'geoQ':{'georel':'within','geometry':'Point','coordinates':5}",
                "'entities':[{'type':'Room'}],'geoQ':{'georel':'within','geometry':'Point','coordinates':[1,1],'x':1}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':[]}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':'number'}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['location;dist-asc']}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['location;dist-asc'],'coordinates':'8,40'}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['id'],'geometry':5}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['id'],'collation':'not a tag!!'}",
                "'entities':[{'type':'Room'}],'ordering':{'orderBy':['id'],'x':1}",
                "'entities':[{'type':'Room'}],'unknown':1"
            })
    void refusesBadQueries(String members) {
        query(members).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void refusesWhatIsNoQuery() {
        api.post(PATH, "{\"type\":\"Other\",\"entities\":[{\"type\":\"Room\"}]}")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post(PATH, "{\"entities\":[{\"type\":\"Room\"}]}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post(PATH, "[]").isProblem(ProblemType.INVALID_REQUEST);
        api.post(PATH + "?type=Room", body("'entities':[{'type':'Room'}]")).isProblem(ProblemType.INVALID_REQUEST);
        query("'entities':[{'type':'*'}]", "local=false").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post(PATH, body("'entities':[{'type':'Room'}]"), "NGSILD-Tenant", "unknown")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        assertThat(ids(query("", "local=true"))).hasSize(6);
    }
}
