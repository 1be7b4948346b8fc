package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query language over HTTP; its semantics are proved where it is evaluated. */
class QueryLanguageTest {
    @TempDir
    static Path folder;

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(folder);
        api.create("""
                {"id":"urn:x:1","type":"Room","scope":["/A/B"],"name":"Rdeča soba","size":20,"kind":{"vocab":"Office"},
                 "inside":{"object":"urn:x:9"},"location":{"type":"Point","coordinates":[14.5,46.05]}}""");
        api.create("""
                {"id":"urn:x:2","type":"Room","scope":"/A","name":"Zelena","size":10,
                 "place":{"type":"Point","coordinates":[14.5,46.05]},"location":{"type":"Point","coordinates":[14.6,46.05]}}""");
        api.create("""
                {"id":"urn:x:3","type":"Room","name":"čakalnica","size":[{"value":10},{"value":90,"datasetId":"urn:x:d"}]}""");
        api.create("{\"id\":\"urn:x:9\",\"type\":\"House\",\"height\":12}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Encodes the values as forms do. */
    private static String encoded(String query) {
        return Stream.of(query.split("&"))
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    return pair.substring(0, equals) + "="
                            + URLEncoder.encode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                })
                .collect(Collectors.joining("&"));
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        api.get("/entities?" + encoded(query))
                .hasStatus(200)
                .json()
                .forEach(e -> ids.add(e.get("id").stringValue().substring(6)));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\u0001',
            value = {
                "q=size==20 1",
                "q=size>=10;size<15 2,3",
                "type=Room&q=name~=\"soba$\" 1",
                "type=Room&q=size==90 3",
                "type=Room&q=size==90&datasetId=@none -",
                "type=Room&q=kind==Office&expandValues=kind 1",
                "type=Room&q=kind==Office -",
                "type=Room&q=inside{height}>10&join=inline 1",
                "type=Room&q=inside{House:height}>10&join=inline&joinLevel=2 1",
                "type=Room&q=inside{Tower:height}>10&join=inline -",
                "type=Room&q=size==10&jsonKeys=name 2,3",
                "type=Room&scopeQ=/A/# 1,2",
                "type=Room&scopeQ=/A/+ 1",
                "georel=near;maxDistance==1000&geometry=Point&coordinates=[14.5,46.05] 1",
                "georel=near;maxDistance==1000&geometry=Point&coordinates=[14.5,46.05]&geoproperty=place 2",
                "type=Room&georel=disjoint&geometry=Point&coordinates=[14.5,46.05] 2",
                "type=Room&orderBy=size;desc 1,2,3",
                "type=Room&orderBy=name 3,1,2",
                "type=Room&orderBy=name;desc&collation=sl&limit=2 2,1",
                "type=Room&orderBy=name&offset=1&limit=1 1",
                "type=Room&orderBy=location;dist-desc&orderFrom=[14.5,46.05] 2,1,3",
                "type=Room&orderBy=location;dist-asc&orderFrom=[[14.6,46.05],[14.6,47]]&orderGeometry=LineString 2,1,3"
            })
    void findsAndOrders(String query, String expected) {
        assertThat(ids(query)).containsExactly(expected.equals("-") ? new String[0] : expected.split(","));
    }

    @Test
    void understandsSpacesAsFormsWriteThemAndPlusSignsOfScopesAsTheyAre() {
        api.get("/entities?q=name%3D%3D%22Rde%C4%8Da+soba%22")
                .hasStatus(200)
                .hasHeader("Content-Type", "application/json");
        assertThat(api.get("/entities?q=name%3D%3D%22Rde%C4%8Da+soba%22").json())
                .hasSize(1);
        assertThat(api.get("/entities?q=name==%22Rde%C4%8Da%20soba%22").json()).hasSize(1);
        assertThat(api.get("/entities?type=Room&scopeQ=/A/+").json()).hasSize(1);
    }

    @Test
    void countsWhatMatches() {
        api.get("/entities?type=Room&q=size==10&limit=1&count=true")
                .hasStatus(200)
                .hasHeader("NGSILD-Results-Count", "2");
        api.get("/entities?type=Room&orderBy=name&limit=1&count=true")
                .hasStatus(200)
                .hasHeader("NGSILD-Results-Count", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=createdAt>2020-01-01T00:00:00Z",
                "scopeQ=/A",
                "q=size=",
                "type=Room&q=size>1..2",
                "type=Room&scopeQ=/A/",
                "type=Room&georel=within",
                "type=Room&geometry=Point&coordinates=[1,2]",
                "type=Room&geoproperty=place",
                "type=Room&georel=near&geometry=Point&coordinates=[1,2]",
                "type=Room&georel=within&geometry=Point&coordinates=[1]",
                "type=Room&q=inside{height}>10",
                "type=Room&q=inside{inside{height}}>10&join=inline",
                "type=Room&orderBy=location;dist-asc",
                "type=Room&orderBy=name&collation=!!nope",
                "type=Room&orderBy=name;up",
                "type=Room&q=a&expandValues=9"
            })
    void refusesWhatBreaksARule(String query) {
        api.get("/entities?" + encoded(query)).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void refusesWhatIsTooComplex() {
        api.get("/entities?type=Room&q=" + "a%7C".repeat(200) + "a").isProblem(ProblemType.TOO_COMPLEX_QUERY);
        api.get("/entities?type=Room&q=name~=%22" + "x".repeat(201) + "%22").isProblem(ProblemType.TOO_COMPLEX_QUERY);
    }
}
