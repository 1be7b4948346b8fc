package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON;
import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
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

class EntityQueriesTest {
    @TempDir
    static Path folder;

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(folder);
        for (int i = 1; i <= 7; i++) {
            api.create("{\"id\":\"urn:x:room:%d\",\"type\":\"Room\",\"number\":%d}".formatted(i, i));
        }
        api.create(
                "{\"id\":\"urn:x:hall:1\",\"type\":[\"Hall\",\"Room\"],\"size\":3,\"location\":{\"type\":\"Point\",\"coordinates\":[14.5,46.05]}}");
        api.create("{\"id\":\"urn:x:car:1\",\"type\":\"Car\",\"speed\":3}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        api.get("/entities?" + query)
                .hasStatus(200)
                .json()
                .forEach(e -> ids.add(e.get("id").stringValue().substring(6)));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=Hall | hall:1",
                "type=Car,Hall | car:1 hall:1",
                "type=(Hall;Room) | hall:1",
                "type=Room&id=urn:x:room:3,urn:x:car:1,urn:x:room:1 | room:1 room:3",
                "type=Room&idPattern=.*:%5B12%5D$ | hall:1 room:1 room:2",
                "type=Room&idPattern=^urn:x:hall | hall:1",
                "type=Room&id=urn:x:room:2&idPattern=nothing | room:2",
                "attrs=speed,size | car:1 hall:1",
                "type=Room&attrs=size | hall:1",
                "type=*&attrs=speed | car:1",
                "local=true&id=urn:x:car:1 | car:1",
                "type=Room&limit=2 | hall:1 room:1",
                "type=Room&limit=2&offset=2 | room:2 room:3",
                "type=https://uri.etsi.org/ngsi-ld/default-context/Hall | hall:1"
            })
    void findsWhatMatches(String query, String found) {
        assertThat(ids(query.strip().replace("^", "%5E")))
                .containsExactly(found.strip().split(" "));
    }

    @Test
    void findsNothingWithoutAnError() {
        api.get("/entities?type=Unknown&count=true")
                .hasStatus(200)
                .hasBody("[]")
                .hasHeader("NGSILD-Results-Count", "0");
        api.get("/entities?type=Room&offset=100").hasStatus(200).hasBody("[]");
    }

    @Test
    void passesOverEntitiesOfWhichNothingIsPicked() {
        api.get("/entities?type=Room,Car&pick=size,speed&options=keyValues&count=true")
                .hasBody("[{\"speed\":3},{\"size\":3}]")
                .hasHeader("NGSILD-Results-Count", "2");
        assertThat(api.get("/entities?type=Room,Car&pick=id,size").json()).hasSize(9);
    }

    @Test
    void countsWhatMatches() {
        api.get("/entities?type=Room&limit=0&count=true")
                .hasStatus(200)
                .hasBody("[]")
                .hasHeader("NGSILD-Results-Count", "8");
        api.get("/entities?type=Room&limit=1&count=true&attrs=size").hasHeader("NGSILD-Results-Count", "1");
        api.get("/entities?type=Room,Hall&limit=1&count=true").hasHeader("NGSILD-Results-Count", "8");
        api.get("/entities?type=Room").hasHeader("NGSILD-Results-Count");
    }

    @Test
    void linksTheOtherPages() {
        String next = "</ngsi-ld/v1/entities?limit=3&offset=%d&type=Room>; rel=\"next\"; type=\"application/json\"";
        String prev = "</ngsi-ld/v1/entities?limit=3&offset=%d&type=Room>; rel=\"prev\"; type=\"application/json\"";
        assertThat(pages("type=Room&limit=3")).containsExactly(next.formatted(3));
        assertThat(pages("type=Room&offset=3&limit=3")).containsExactlyInAnyOrder(prev.formatted(0), next.formatted(6));
        assertThat(pages("offset=6&limit=3&type=Room")).containsExactly(prev.formatted(3));
        assertThat(pages("type=Room")).isEmpty();
        assertThat(pages("type=Room,Hall&limit=1&count=true&idPattern=a%26b%7C:"))
                .containsExactly(
                        "</ngsi-ld/v1/entities?count=true&idPattern=a%26b%7C:&limit=1&offset=1&type=Room,Hall>; rel=\"next\"; type=\"application/json\"");
        String ld = api.get("/entities?type=Room&limit=3", "Accept", JSON_LD)
                .headers("Link")
                .getFirst();
        assertThat(ld).isEqualTo(next.formatted(3).replace("application/json", "application/ld+json"));
    }

    private static List<String> pages(String query) {
        return api.get("/entities?" + query).hasStatus(200).headers("Link").stream()
                .filter(link -> !link.contains("json-ld#context"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?id=urn:x:room:1",
                "?idPattern=x",
                "?count=true",
                "?type=Room&limit=0",
                "?type=Room&limit=-1",
                "?type=Room&limit=x",
                "?type=Room&offset=-1",
                "?type=Room&count=yes",
                "?type=Room&count=TRUE",
                "?type=*&local=false",
                "?type=Room&local=1",
                "?type=Ro om",
                "?type=",
                "?attrs=",
                "?attrs=id,type",
                "?attrs=createdAt",
                "?type=Room&id=no-uri",
                "?type=Room&idPattern=(",
                "?type=Room&attrs=a&pick=b",
                "?type=Room&pick=a&omit=a",
                "?type=Room&pick=",
                "?type=Room&datasetId=x",
                "?type=Room&geometryProperty=location"
            })
    void refusesBadQueries(String query) {
        api.get("/entities" + query.replace(" ", "%20")).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?type=Room&unknown=1",
                "?type=Room&format=xml",
                "?type=Room&options=other",
                "?type=Room&options=",
                "?type=Room&type=Hall",
                "?type=%zz",
                "?type=%ff"
            })
    void refusesRequestsItDoesNotUnderstand(String query) {
        assertThat(RawHttp.status(api.port(), "GET /ngsi-ld/v1/entities" + query + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .isEqualTo(400);
    }

    @Test
    void takesReservedCharactersAsTheyCome() {
        assertThat(RawHttp.exchange(
                        api.port(),
                        "GET /ngsi-ld/v1/entities?type=(Hall;Room)|Car&pick=id{} HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 400 ", "BadRequestData");
        assertThat(
                        RawHttp.exchange(
                                api.port(),
                                "GET /ngsi-ld/v1/entities?type=(Hall;Room)|Car&idPattern=[ch]a\"|x HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 200 ");
    }

    @Test
    void bounds() {
        api.get("/entities?type=Room&limit=1000").hasStatus(200);
        api.get("/entities?type=Room&limit=1001").isProblem(ProblemType.TOO_MANY_RESULTS);
        api.get("/entities?type=Room&limit=99999999999").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities?type=Room&idPattern=" + "x".repeat(300)).isProblem(ProblemType.TOO_COMPLEX_QUERY);
        api.get("/entities?type=Room&idPattern=(.*)*(.*)*(.*)*(.*)*(.*)*(.*)*(.*)*y%24")
                .isProblem(ProblemType.TOO_COMPLEX_QUERY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "application/* | application/json",
                "application/json | application/json",
                "application/ld+json | application/ld+json",
                "application/geo+json | application/geo+json",
                "application/ld+json, application/json | application/json",
                "application/ld+json, application/json;q=0.5 | application/ld+json",
                "application/json;q=0.4, application/geo+json;q=0.6 | application/geo+json",
                "application/json;q=0, */* | application/ld+json",
                "*/*;q=0.9, application/ld+json;q=0.8 | application/json",
                "application/ld+json;q=notanumber | application/ld+json",
                "application/ld+json;profile=\"x\";Q=0.7, text/html | application/ld+json",
                "text/html, application/xhtml+xml, */*;q=0.1 | application/json"
            })
    void answersInTheMediaTypeThatSuitsBest(String accept, String given) {
        api.get("/entities?type=Hall", "Accept", accept.strip())
                .hasStatus(200)
                .hasHeader("Content-Type", given.strip());
        api.get("/entities/urn:x:hall:1", "Accept", accept.strip())
                .hasStatus(200)
                .hasHeader("Content-Type", given.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "application/json;q=0", "image/*", "nonsense"})
    void saysWhatItCouldGiveInstead(String accept) {
        api.get("/entities?type=Hall", "Accept", accept).isProblem(ProblemType.NOT_ACCEPTABLE);
        assertThat(api.get("/entities/urn:x:hall:1", "Accept", accept).text())
                .contains("application/json", "application/ld+json", "application/geo+json");
    }

    @Test
    void putsTheContextIntoEveryElementOfJsonLd() {
        api.get("/entities?type=Hall", "Accept", JSON_LD)
                .hasHeader("Link")
                .json()
                .forEach(e -> assertThat(e.get("@context").isString()).isTrue());
        assertThat(api.get("/entities?type=Hall", "Accept", JSON).headers("Link"))
                .hasSize(1);
    }

    @Test
    void answersInGeoJson() {
        var collection = api.get("/entities?type=Hall,Car&options=keyValues", "Accept", "application/geo+json")
                .hasHeader("Link")
                .json();
        assertThat(collection).isEqualTo(Json.parse("""
                {"type": "FeatureCollection", "features": [
                  {"id": "urn:x:car:1", "type": "Feature", "geometry": null, "properties": {"type": "Car", "speed": 3}},
                  {"id": "urn:x:hall:1", "type": "Feature", "geometry": {"type": "Point", "coordinates": [14.5, 46.05]},
                   "properties": {"type": ["Hall", "Room"], "size": 3, "location": {"type": "Point", "coordinates": [14.5, 46.05]}}}],
                 "@context": "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"}"""));
        var feature = api.get(
                "/entities/urn:x:hall:1?geometryProperty=size",
                "Accept",
                "application/geo+json",
                "Prefer",
                "respond-async, body=json");
        assertThat(feature.headers("Link")).hasSize(1);
        assertThat(feature.json().has("@context")).isFalse();
        assertThat(feature.json().get("geometry").isNull()).isTrue();
    }

    @Test
    void showsTheRepresentationAskedFor() {
        api.get("/entities/urn:x:car:1?format=simplified")
                .hasBody("{\"id\":\"urn:x:car:1\",\"type\":\"Car\",\"speed\":3}");
        api.get("/entities/urn:x:car:1?options=concise")
                .hasBody("{\"id\":\"urn:x:car:1\",\"type\":\"Car\",\"speed\":3}");
        api.get("/entities/urn:x:car:1?format=normalized&options=keyValues&omit=id,type")
                .hasBody("{\"speed\":{\"type\":\"Property\",\"value\":3}}");
        api.get("/entities/urn:x:car:1?pick=id").hasBody("{\"id\":\"urn:x:car:1\"}");
        api.get("/entities?type=Car&pick=speed&options=keyValues").hasBody("[{\"speed\":3}]");
        assertThat(api.get("/entities/urn:x:car:1?options=sysAttrs,keyValues")
                        .json()
                        .propertyNames())
                .containsExactlyInAnyOrder("id", "type", "speed", "createdAt", "modifiedAt");
    }

    @Test
    void showsTheLanguageAskedFor() {
        api.create(
                "{\"id\":\"urn:x:sign:1\",\"type\":\"Sign\",\"text\":{\"languageMap\":{\"sl\":\"Izhod\",\"en\":\"Exit\"}}}");
        api.get("/entities/urn:x:sign:1?lang=de,en;q=0.5&omit=id,type")
                .hasBody("{\"text\":{\"type\":\"Property\",\"value\":\"Exit\",\"lang\":\"en\"}}");
        api.get("/entities?type=Sign&lang=*&format=simplified&pick=text").hasBody("[{\"text\":\"Izhod\"}]");
        api.get("/entities?type=Sign&lang=%25").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entities/urn:x:sign:1").hasStatus(204);
    }

    @Test
    void amendsAnswersForEarlierVersions() {
        api.create("{\"id\":\"urn:x:word:1\",\"type\":\"Word\",\"is\":{\"type\":\"VocabProperty\",\"vocab\":\"x\"}}");
        String path = "/entities/urn:x:word:1";
        api.get(path, "Prefer", "ngsi-ld=1.5")
                .hasStatus(203)
                .hasHeader("Preference-Applied", "ngsi-ld=1.5")
                .hasBody("{\"id\":\"urn:x:word:1\",\"type\":\"Word\",\"is\":{\"type\":\"Property\",\"value\":\"x\"}}");
        api.get(path, "Prefer", "ngsi-ld=1.8").hasStatus(200).hasHeader("Preference-Applied", "ngsi-ld=1.8");
        api.get(path, "Prefer", "ngsi-ld=\"7.1\"").hasStatus(200).hasHeader("Preference-Applied", "ngsi-ld=1.9");
        api.get(path, "Prefer", "ngsi-ld=0.4").hasStatus(203).hasHeader("Preference-Applied", "ngsi-ld=1.0");
        api.get(path, "Prefer", "respond-async, ngsi-ld=new").hasStatus(200).hasHeader("Preference-Applied");
        api.get("/entities?type=Word", "Prefer", "return=minimal; foo, ngsi-ld=1.7", "Accept", JSON_LD)
                .hasStatus(203)
                .hasHeader("Preference-Applied", "ngsi-ld=1.7");
        api.get("/entities?type=Car", "Prefer", "ngsi-ld=1.0").hasStatus(200);
        api.delete(path).hasStatus(204);
    }

    @Test
    void findsNoEntityOfWhichNothingIsLeft() {
        api.get("/entities/urn:x:car:1?attrs=none").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:x:car:1?pick=none").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:x:car:1?omit=id,type,speed").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/urn:x:car:1?type=Room").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }
}
