package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortalHttpTest {
    private TestCity city;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0);
        city.fill();
    }

    @AfterAll
    void close() {
        client.close();
        city.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(city.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> page(String path) throws IOException, InterruptedException {
        return get(path, "Accept", "text/html");
    }

    @Test
    void returnsAPageWithWhatIsNearForUnknownAddresses() throws Exception {
        HttpResponse<String> slovene = page("/ni-ga");
        assertThat(slovene.statusCode()).isEqualTo(404);
        assertThat(slovene.body()).contains("Te strani ni", "»/ni-ga«", "/council");
        HttpResponse<String> english = page("/en/e/urn:ngsi-ld:Thing:none");
        assertThat(english.statusCode()).isEqualTo(404);
        assertThat(english.body()).contains("There is no such page", "urn:ngsi-ld:Thing:none", "/en/council");
    }

    @Test
    void narrowsTheMapToOneFieldAndNamesTheLayersWhereItShowsAll() throws Exception {
        assertThat(page("/").body()).contains("swatch-any", "href=\"/?field=bike-sharing\"");
        assertThat(page("/?field=bike-sharing").body())
                .contains("1 do 3 kolesa", "Postaje brez koles")
                .doesNotContain("swatch-any", "Najvišja temperatura");
        assertThat(page("/en/").headers().firstValue("Location")).contains("/en");
    }

    @Test
    void listsEveryFieldWithWhatThereIsOfIt() throws Exception {
        assertThat(page("/v").body()).contains("href=\"/v/bike-sharing\"", "28\u00a0postaj", "Ni odprtih opozoril");
        assertThat(page("/en/v").body()).contains("href=\"/en/v/air-quality\"", "28\u00a0stations");
    }

    @Test
    void returnsJsonProblemsToPrograms() throws Exception {
        HttpResponse<String> answer = get("/ni-ga", "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Json.parse(answer.body()).path("type").stringValue()).endsWith("ResourceNotFound");
    }

    @Test
    void showsANumberToQuoteForDefects() throws Exception {
        HttpResponse<String> answer = page("/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).containsPattern("<strong class=\"number\">[0-9a-f]{8}</strong>");
        assertThat(answer.body()).doesNotContain("broken on purpose");
    }

    @Test
    void linksTheOtherLanguage() throws Exception {
        assertThat(page("/v/air-quality").body())
                .contains("hreflang=\"en\" href=\"/en/v/air-quality\"", "hreflang=\"sl\" href=\"/v/air-quality\"");
        assertThat(page("/en").body()).contains("<html lang=\"en\">", "hreflang=\"sl\" href=\"/\"");
    }

    @Test
    void servesHashedFilesForGoodAndCompressed() throws Exception {
        Matcher href = Pattern.compile("href=\"(/assets/style\\.[A-Z0-9]+\\.css)\"")
                .matcher(page("/").body());
        assertThat(href.find()).isTrue();
        HttpResponse<byte[]> compressed = client.send(
                HttpRequest.newBuilder(URI.create(city.address() + href.group(1)))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        HttpResponse<String> plain = get(href.group(1));
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.body()).contains("--river");
        assertThat(compressed.body().length).isLessThan(plain.body().length() / 2);
    }

    @Test
    void refusesFilesOutsideTheFrontEnd() throws Exception {
        assertThat(get("/assets/manifest.json").statusCode()).isEqualTo(404);
        assertThat(get("/assets/..%2F..%2Ftexts.css").statusCode()).isEqualTo(404);
    }

    @Test
    void namesEntitiesAndNeverShowsTheirUrn() throws Exception {
        String body = page("/e/" + TestCity.BIKES + "0").body();
        assertThat(body).contains("<h1>Prešernov trg</h1>", "Prosta kolesa", "1 do 3 kolesa");
        assertThat(body.replaceAll("(?s)<pre.*?</pre>|<[^>]*>", " ")).doesNotContain("urn:ngsi-ld", "smartdatamodels");
    }

    @Test
    void marksStaleValuesAndMissingOnes() throws Exception {
        String body = page("/e/" + TestCity.AIR + "E404").body();
        assertThat(body).contains("zastarelo", "pred\u00a01\u00a0dnevom", "ni podatka");
    }

    @Test
    void figuresLeaveStaleValuesOut() throws Exception {
        assertThat(page("/v/air-quality").body()).contains("1 od 3 merilnih mest");
    }

    @Test
    void givesTheMapAsGeoJson() throws Exception {
        HttpResponse<String> answer = get("/en/v/bike-sharing/BikeHireDockingStation.geojson");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/geo+json");
        JsonNode features = Json.parse(answer.body()).path("features");
        assertThat(features.size()).isEqualTo(28);
        assertThat(features.get(0).path("properties").path("href").stringValue())
                .startsWith("/en/e/urn:");
    }

    @Test
    void givesTheTableAsCsvThatNoSpreadsheetTakesForFormulas() throws Exception {
        city.put("""
                {"id": "urn:ngsi-ld:BikeHireDockingStation:formula", "type": "BikeHireDockingStation", "name": "=1+1, \\"two\\""}""");
        String csv = get("/v/bike-sharing/BikeHireDockingStation.csv").body();
        city.broker().delete(Tenant.DEFAULT, "urn:ngsi-ld:BikeHireDockingStation:formula", TypeSelection.ANY);
        assertThat(csv).startsWith("\uFEFFid,Ime,lon,lat,Prosta kolesa,");
        assertThat(csv).contains("\"'=1+1, \"\"two\"\"\"");
        assertThat(csv).contains("Trg OF,14.5103,46.0574,14,16,30,working");
    }

    @Test
    void escapesWhatSourcesSay() throws Exception {
        city.put("""
                {"id": "urn:ngsi-ld:BikeHireDockingStation:script", "type": "BikeHireDockingStation", "name": "<script>alert(1)</script>",
                 "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [14.5, 46.05]}}}""");
        String home = page("/").body();
        city.broker().delete(Tenant.DEFAULT, "urn:ngsi-ld:BikeHireDockingStation:script", TypeSelection.ANY);
        assertThat(home).contains("&lt;script").doesNotContain("<script>alert(1)");
    }

    @Test
    void showsEntitiesThatNoVerticalDeclares() throws Exception {
        city.put("""
                {"id": "urn:ngsi-ld:Bench:1", "type": "Bench", "name": "Klop pod lipo", "seats": 3}""");
        assertThat(page("/e/urn:ngsi-ld:Bench:1").body()).contains("<h1>Klop pod lipo</h1>", "seats");
    }

    @Test
    void tellsThePageOfWhatChangedSinceItWasMade() throws Exception {
        String html = page("/v/bike-sharing").body();
        String follow = attribute(html, "data-follow").replace("&amp;", "&");
        String position = attribute(html, "data-position");
        city.putStation(2, 8, Instant.parse("2026-01-01T00:00:00Z"));
        HttpResponse<Stream<String>> events = client.send(
                HttpRequest.newBuilder(URI.create(city.address() + "/events?" + follow + "&lastEventId=" + position))
                        .build(),
                BodyHandlers.ofLines());
        try (var lines = events.body()) {
            String data =
                    lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
            assertThat(Json.parse(data.substring(5)).path("id").stringValue()).isEqualTo(TestCity.BIKES + "2");
        }
    }

    private static String attribute(String html, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(html);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }
}
