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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The history on the pages of entities, and as files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoryPagesTest {
    private static final String BEZIGRAD = TestCity.AIR + "E403";
    private static final String CELOVSKA = TestCity.AIR + "E405";
    private static final Duration HOUR = Duration.ofHours(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private TestCity city;
    private Instant hour;

    @BeforeAll
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0);
        city.fill();
        hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        remember(BEZIGRAD, "pm10", 30, 32, 55, 41, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 12, 18);
        remember(CELOVSKA, "pm10", 20, 22, 24, 26, 28, 30, 28, 26, 24, 22, 20);
        remember(BEZIGRAD, "airQualityIndex", 1, 2);
        remember(BEZIGRAD, "no2", 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
    }

    @AfterAll
    void close() {
        client.close();
        city.close();
    }

    private void remember(String id, String term, double... values) {
        city.remember(id, "AirQualityObserved", term, HOUR, hour.minus(HOUR), values);
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.address() + path))
                .header("Accept", accept)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, "text/html");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What a reader sees: no tags, ordinary spaces. */
    private static String seen(String html) {
        return html.replaceAll("(?s)<head>.*?</head>|<[^>]+>", " ")
                .replaceAll("&nbsp;|\u00a0", " ")
                .replaceAll("\\s+", " ");
    }

    private static List<String> found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void tellsTheHistoryInWordsAsAChartAndAsATable() throws Exception {
        String html = page("/e/" + BEZIGRAD + "?attribute=pm10");
        assertThat(seen(html))
                .containsPattern("Delci PM10: najvišja vrednost 55 µg/m³ \\([^)]+\\), najnižja 12 µg/m³ \\([^)]+\\)")
                .contains("Skupaj 7 vrednosti.")
                .contains("dnevna mejna vrednost 50 µg/m³");
        assertThat(found("<tr data-x=\"([0-9.]+)\">", html)).hasSize(7);
        assertThat(found("class=\"line series-1\" d=\"([^\"]+)\"", html)).hasSize(1);
    }

    @Test
    void leavesGapsAsGaps() throws Exception {
        String html = page("/e/" + BEZIGRAD + "?attribute=pm10");
        String line = found("class=\"line series-1\" d=\"([^\"]+)\"", html).getFirst();
        assertThat(line.chars().filter(c -> c == 'M').count()).isEqualTo(2);
        String whole = page("/e/" + CELOVSKA + "?attribute=pm10");
        assertThat(found("class=\"line series-1\" d=\"([^\"]+)\"", whole)
                        .getFirst()
                        .chars()
                        .filter(c -> c == 'M')
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sumsLongRangesUpAndSaysSo() throws Exception {
        String id = TestCity.AIR + "long";
        city.put("{\"id\": \"" + id + "\", \"type\": \"AirQualityObserved\", \"name\": \"Dolga vrsta\"}");
        double[] values = IntStream.range(0, 30 * 24).mapToDouble(i -> i % 24).toArray();
        city.remember(id, "AirQualityObserved", "pm10", HOUR, hour, values);

        String month = page("/e/" + id + "?attribute=pm10&range=30d");
        assertThat(seen(month)).contains("povprečja po 6 ur").contains("najvišja vrednost 23 µg/m³");
        assertThat(month).contains("class=\"spread series-1\"");
        assertThat(found("<tr data-x=\"([0-9.]+)\">", month)).hasSizeBetween(119, 122);
        assertThat(seen(page("/en/e/" + id + "?attribute=pm10&range=1y"))).contains("Daily averages are shown");
        assertThat(seen(page("/e/" + id + "?attribute=pm10&range=7d"))).doesNotContain("povprečja");
    }

    @Test
    void comparesWithAnotherAttributeAndWithAnotherEntity() throws Exception {
        String attribute = page("/e/" + BEZIGRAD + "?attribute=pm10&compare=no2");
        assertThat(found("class=\"(line series-[12])\"", attribute)).hasSize(2);
        assertThat(seen(attribute))
                .contains("Delci PM10 · Dušikov dioksid (µg/m³)")
                .doesNotContain("dnevna mejna vrednost");
        String entity = page("/en/e/" + BEZIGRAD + "?attribute=pm10&compare=" + CELOVSKA);
        assertThat(seen(entity)).contains("LJ Celovška: highest value").contains("daily limit value 50 µg/m³");
        assertThat(entity).containsPattern("<option value=\"" + CELOVSKA + "\" selected>LJ Celovška</option>");
        String units = page("/e/" + BEZIGRAD + "?attribute=airQualityIndex&compare=pm10");
        assertThat(found("class=\"(panel)\"", units)).hasSize(2);
    }

    @Test
    void drawsTheClassesOfTheMap() throws Exception {
        String html = page("/e/" + BEZIGRAD + "?attribute=airQualityIndex");
        assertThat(html).contains("class-strip quality-2");
        assertThat(found("class=\"class-label\"[^>]*>([^<]+)<", html)).contains("sprejemljiva");
    }

    @Test
    void showsStatesAsABandAndTextsAsChanges() throws Exception {
        city.putStation(5, 0, hour.minusSeconds(7_000));
        city.putStation(5, 4, hour.minusSeconds(5_000));
        String states = page("/e/" + TestCity.BIKES + "5?attribute=status");
        assertThat(states).contains("panel-states");
        assertThat(seen(states)).contains("zadnje stanje »deluje«").contains("brez koles");
        String texts = page("/e/" + TestCity.BIKES + "5?attribute=dataProvider");
        assertThat(texts).doesNotContain("<figure class=\"chart\"").contains("id=\"history-table\"");
        assertThat(seen(texts)).contains("»BicikeLJ« od").contains("brez sprememb");
    }

    @Test
    void saysInASentenceThatAValueStayedTheSame() throws Exception {
        String id = TestCity.AIR + "E404";
        remember(id, "no2", 21, 21, 21, 21);
        String html = page("/e/" + id + "?attribute=no2");
        assertThat(html).doesNotContain("<figure class=\"chart\"").contains("id=\"history-table\"");
        assertThat(seen(html)).contains("Dušikov dioksid: ves čas 21 µg/m³; 4 vrednosti, zadnja ");
        assertThat(page("/e/" + id + "?attribute=no2&compare=" + CELOVSKA)).contains("<figure class=\"chart\"");
    }

    @Test
    void saysWhatIsWrongWithADownloadInTheLanguageOfThePage() throws Exception {
        String file = "/e/" + BEZIGRAD + "/history.csv?attribute=dust";
        assertThat(page("/e/" + BEZIGRAD)).contains("&amp;lang=sl");
        assertThat(get(file + "&lang=sl", "*/*").body()).contains("Zapis nima vrednosti »dust«.");
        assertThat(get(file, "*/*").body()).contains("The entity has no value »dust«.");
        assertThat(get(file + "&lang=en", "text/html").body()).contains("<html lang=\"en\">");
        assertThat(get("/e/urn:x/history.json?lang=sl", "*/*").body()).contains("Zapisa »urn:x« ni");
    }

    @Test
    void holdsAValueThatDidNotChange() throws Exception {
        String html = page("/e/" + TestCity.BIKES + "7?attribute=name");
        assertThat(seen(html)).contains("Špica");
        city.put("""
                {"id": "urn:ngsi-ld:Bench:old", "type": "Bench", "name": "Klop", "seats": 3}""");
        assertThat(seen(page("/e/urn:ngsi-ld:Bench:old?attribute=seats"))).contains("ena sama vrednost, 3,00");
    }

    @Test
    void showsTheHistoryOfWhatWasDeleted() throws Exception {
        city.putStation(27, 3, hour.minusSeconds(600));
        city.putStation(27, 6, hour.minusSeconds(300));
        city.broker().delete(Tenant.DEFAULT, TestCity.BIKES + "27", TypeSelection.ANY);
        String html = page("/e/" + TestCity.BIKES + "27");
        assertThat(seen(html))
                .contains("Tega zapisa ni več: izbrisan je bil")
                .contains("Zalog")
                .contains("Prosta kolesa: najvišja vrednost");
        assertThat(html).contains("<span class=\"demo\">demo</span>").doesNotContain("id=\"facts\"");
        assertThat(get("/e/" + TestCity.BIKES + "27/history.csv?attribute=availableBikeNumber", "*/*")
                        .body())
                .contains(",availableBikeNumber,,6,");
    }

    @Test
    void tellsWhereTheLastValueIsWhenThereIsNoneInTheRange() throws Exception {
        String html = page("/e/" + BEZIGRAD + "?attribute=pm10&from=2020-01-01&to=2020-01-02");
        assertThat(seen(html)).contains("V tem obdobju ni nobene vrednosti.").contains("1. 1. 2020 do 2. 1. 2020");
        String href = found("<a href=\"([^\"]+from=[^\"]+)\">Zadnja je od", html)
                .getFirst()
                .replace("&amp;", "&");
        assertThat(found("<tr data-x=\"([0-9.]+)\">", page(href.replace("#history", ""))))
                .isNotEmpty();
    }

    @Test
    void explainsWhatIsWrongWithAnAddress() throws Exception {
        List<List<String>> wrong = List.of(
                List.of("from=2026-02-31", "Čas »from« ni razumljiv: »2026-02-31«."),
                List.of("from=2026-03-02&to=2026-03-01", "Začetek obdobja ni pred koncem."),
                List.of("to=2026-03-01", "Manjka začetek obdobja."),
                List.of("from=0001-01-01", "Čas »from« ni razumljiv"),
                List.of("range=forever", "Obdobja »forever« ni."),
                List.of("attribute=nonsense", "Zapis nima vrednosti »nonsense«. Izberite eno od teh: airQualityIndex"),
                List.of("compare=urn:ngsi-ld:Nothing:1", "Primerjava z »urn:ngsi-ld:Nothing:1« ni mogoča"),
                List.of("compare=" + TestCity.BIKES + "1", "ni mogoča"));
        for (List<String> one : wrong) {
            HttpResponse<String> answer = get("/e/" + BEZIGRAD + "?" + one.get(0), "text/html");
            assertThat(answer.statusCode()).as(one.get(0)).isEqualTo(400);
            assertThat(seen(answer.body())).contains(one.get(1));
        }
        assertThat(get("/en/e/" + BEZIGRAD + "?range=forever", "text/html").body())
                .contains("There is no period »forever«.");
    }

    @Test
    void takesSpansAcrossCenturies() throws Exception {
        assertThat(seen(page("/e/" + BEZIGRAD + "?attribute=pm10&from=1900-01-01&to=2200-12-31")))
                .contains("najvišja vrednost 55 µg/m³");
    }

    @Test
    void beginsWithAnHourWhenThereIsNoMore() throws Exception {
        Pattern shown = Pattern.compile("aria-current=\"true\">([^<]+)<");
        Matcher young = shown.matcher(page("/e/" + TestCity.BIKES + "9"));
        assertThat(young.find()).isTrue();
        assertThat(young.group(1)).isEqualTo("1 ura");
        Matcher old = shown.matcher(page("/e/" + BEZIGRAD + "?attribute=pm10"));
        assertThat(old.find()).isTrue();
        assertThat(old.group(1)).isEqualTo("24 ur");
    }

    @Test
    void keepsTheViewInTheOtherLanguage() throws Exception {
        assertThat(page("/e/" + BEZIGRAD + "?attribute=no2&range=7d"))
                .contains("hreflang=\"en\" href=\"/en/e/" + BEZIGRAD + "?attribute=no2&amp;range=7d\"");
    }

    @Test
    void givesTheHistoryAsCsv() throws Exception {
        HttpResponse<String> answer =
                get("/e/" + BEZIGRAD + "/history.csv?attribute=no2&from=" + hour.minus(HOUR.multipliedBy(3)), "*/*");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"E403-no2-history.csv\"");
        assertThat(answer.body().lines().toList().subList(0, 4))
                .containsExactly(
                        "\uFEFFtime,attribute,dataset,value,unit",
                        hour.minus(HOUR.multipliedBy(3)) + ",no2,,19.0,GQ",
                        hour.minus(HOUR.multipliedBy(2)) + ",no2,,20.0,GQ",
                        hour.minus(HOUR) + ",no2,,21.0,GQ");
    }

    @Test
    void givesTheHistoryAsJson() throws Exception {
        JsonNode lines =
                Json.parse(get("/e/" + BEZIGRAD + "/history.json", "*/*").body());
        assertThat(lines.valueStream().map(line -> line.path("attribute").stringValue()))
                .contains("pm10", "no2", "airQualityLevel", "https://emona.city/ns/isDemo");
        assertThat(lines.valueStream()
                        .filter(line -> line.path("attribute").stringValue().equals("airQualityLevel")))
                .singleElement()
                .satisfies(line -> assertThat(line.path("value").stringValue()).isEqualTo("fair"));
    }

    @Test
    void lettersOfAFileAreNoFormulas() throws Exception {
        String id = "urn:ngsi-ld:Bench:formula";
        for (String text : List.of("=1+1", "-2+3, \\\"x\\\"", "@SUM(A1)", "-5")) {
            city.put("{\"id\": \"" + id + "\", \"type\": \"Bench\", \"note\": \"" + text + "\"}");
        }
        assertThat(get("/e/" + id + "/history.csv?attribute=note", "*/*").body())
                .contains(",'=1+1,", ",\"'-2+3, \"\"x\"\"\",", ",'@SUM(A1),", ",-5,");
    }

    @Test
    void refusesFilesOfNothingAndOfTooMuch() throws Exception {
        assertThat(get("/e/urn:ngsi-ld:Thing:none/history.csv", "*/*").statusCode())
                .isEqualTo(404);
        assertThat(get("/e/" + BEZIGRAD + "/history.csv?attribute=nonsense", "*/*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/e/" + BEZIGRAD + "/history.json?from=yesterday", "*/*").statusCode())
                .isEqualTo(400);
        assertThat(get("/e/" + BEZIGRAD + "/history.json?colour=red", "*/*").statusCode())
                .isEqualTo(400);
        String id = "urn:ngsi-ld:Bench:busy";
        double[] part = new double[51_000];
        for (int i = 2; i >= 0; i--) {
            city.remember(id, "Bench", "seats", Duration.ofSeconds(1), hour.minusSeconds(51_000L * i), part);
        }
        HttpResponse<String> answer = get("/e/" + id + "/history.csv", "*/*");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("more than 150,000 instances");
    }

    @Test
    void escapesWhatSourcesSaid() throws Exception {
        String id = "urn:ngsi-ld:Bench:script";
        city.put("{\"id\": \"" + id + "\", \"type\": \"Bench\", \"note\": \"<script>alert(1)</script>\"}");
        assertThat(page("/e/" + id + "?attribute=note")).contains("&lt;script").doesNotContain("<script>alert(1)");
    }
}
