package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.governance.council.AnswerLetterParser;
import city.emona.governance.council.CouncilRecords;
import city.emona.governance.council.CouncilVocabulary;
import city.emona.governance.council.Letters;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouncilPagesTest {
    private static final String DAMIJ = "/council/2023-06-26-katja-damij-ustanovitev-odbora-za-digitalizacijo";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private TestCity city;

    @BeforeEach
    void start() {
        city = new TestCity(folder, 0);
    }

    @AfterEach
    void stop() {
        city.close();
    }

    static void bringIn(TestCity city, byte[] letter) {
        TermTable terms = new Contexts(url -> {
                    throw Problem.invalidRequest("no network in this test", "");
                })
                .compile(CouncilVocabulary.context());
        city.broker()
                .upsertAll(
                        Tenant.DEFAULT,
                        CouncilRecords.of(AnswerLetterParser.parse(letter)).entities().stream()
                                .map(e -> EntityReader.read(
                                        e, terms, city.broker().now()))
                                .toList());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.address() + path))
                .header("Accept", "text/html")
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What a reader sees: no tags, ordinary spaces, no references to characters. */
    private static String seen(String html) {
        return html.replaceAll("(?s)<head>.*?</head>|<[^>]+>", " ")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("&nbsp;|\u00a0", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void showsTheRealLetterWithItsStory() throws Exception {
        bringIn(city, Letters.real());

        HttpResponse<String> answer = get(DAMIJ);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen(answer.body()))
                .contains("Pobuda za ustanovitev Odbora za digitalizacijo")
                .contains("Svetnica mag. Katja Damij je na 6. seji mestnega sveta 26. 6. 2023 podala pobudo.")
                .contains("Mesto je odgovorilo po 81 dneh.")
                .containsPattern(
                        "26\\. 6\\. 2023 6\\. seja mestnega sveta mag\\. Katja Damij ?, svetnica 81 dni 15\\. 9\\. 2023 Odgovor 90000-9/2023-57")
                .contains("klasifikacijski znak 90000 zadeva 9 leto 2023 dokument 57")
                .contains("mag. Arian Debeljak, Sekretar – vodja službe");
    }

    @Test
    void showsEveryWordOfTheOriginalInItsOrder() throws Exception {
        bringIn(city, Letters.real());
        String text = new String(Letters.real(), StandardCharsets.UTF_8)
                .replace("**", "")
                .strip();

        for (String language : List.of("", "/en")) {
            String page = seen(get(language + DAMIJ).body());
            String letter = page.substring(page.lastIndexOf("Mestna občina Ljubljana Mestna uprava"));
            assertThat(letter).startsWith(text.replaceAll("\\s+", " "));
        }
    }

    @Test
    void tellsTheStoryInEnglishAndLeavesTheLetterSlovene() throws Exception {
        bringIn(city, Letters.real());

        String html = get("/en" + DAMIJ).body();

        assertThat(html).contains("<html lang=\"en\">").contains("<div class=\"letter\" lang=\"sl\">");
        assertThat(seen(html))
                .contains(
                        "Councillor mag. Katja Damij put forward this initiative at session 6 of the City Council on 26 June 2023.")
                .contains("The city answered after 81 days.");
    }

    @Test
    void listsTheLatestFirst() throws Exception {
        bringIn(city, Letters.text("klub.md").getBytes(StandardCharsets.UTF_8));
        bringIn(city, Letters.text("promet.md").getBytes(StandardCharsets.UTF_8));

        String list = seen(get("/council").body());

        assertThat(list)
                .contains("V registru: 2 zapisa. Na vse je odgovorjeno.")
                .contains("odgovorjeno po 11 dneh");
        assertThat(list.indexOf("Vprašanje glede varnosti")).isLessThan(list.indexOf("Pobuda, da se ob Glinščici"));
    }

    @Test
    void saysWhyTheRegisterIsEmptyAndWhatToDo() throws Exception {
        assertThat(seen(get("/council").body())).contains("Register je prazen").contains("./emona import ODGOVOR.md");
        assertThat(seen(get("/en/council").body()))
                .contains("The register is empty")
                .contains("./emona import ANSWER.md");
    }

    @Test
    void leadsFromTheNumberOfAnAnswerToItsStory() throws Exception {
        bringIn(city, Letters.text("promet.md").getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = get("/en/council/90000-3-2024-12");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/en/council/2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto");
    }

    @Test
    void marksWhatALetterLacksWithTheReason() throws Exception {
        String text =
                Letters.text("promet.md").replace("Datum: 5. 4. 2024\n", "").replace("90000-3/2024-12", "neznana");
        bringIn(city, text.getBytes(StandardCharsets.UTF_8));

        String page = seen(get("/council/2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto")
                .body());

        assertThat(page)
                .contains("Česa v pismu ni")
                .contains("V pismu piše »neznana«, česar ni mogoče razbrati.")
                .contains("V pismu tega ni. Iskali smo: vrstica »Datum«.")
                .contains("Mesto je odgovorilo.");
    }

    @Test
    void shows404ForAnUnknownEntry() throws Exception {
        assertThat(get("/council/ni-je").statusCode()).isEqualTo(404);
        assertThat(get("/en/council/ni-je").statusCode()).isEqualTo(404);
    }

    @Test
    void showsMarkupInALetterAsText() throws Exception {
        String text = Letters.text("promet.md").replace("skupaj s policijo", "<script>alert(1)</script> & skupaj");
        bringIn(city, text.getBytes(StandardCharsets.UTF_8));

        String html = get("/council/2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto")
                .body();

        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; skupaj");
    }

    @Test
    void leavesNoPlaceInATextUnfilled() throws Exception {
        bringIn(city, Letters.text("klub.md").getBytes(StandardCharsets.UTF_8));
        Pattern unfilled = Pattern.compile("\\{\\d}|council\\.[a-z]");

        for (String path : List.of("/council", "/council/2024-02-01-zelena-soseska-se-ob-glinscici-uredi-pespot")) {
            for (String language : List.of("", "/en")) {
                HttpResponse<String> answer = get(language + path);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(seen(answer.body())).doesNotContainPattern(unfilled);
            }
        }
    }
}
