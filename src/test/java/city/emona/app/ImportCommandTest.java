package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.governance.council.Letters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String LETTER = Letters.path("promet.md").toString();

    @TempDir
    Path folder;

    private record Run(int status, String out, String err) {}

    private Run run(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("import", "--data", folder.toString()));
        all.addAll(List.of(arguments));
        int status = Main.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void importsIntoAFolderThatNoServerHasOpen() throws Exception {
        Run first = run(LETTER);
        Run second = run(LETTER, "--as", "council-letter");

        assertThat(first.status()).isZero();
        assertThat(first.out())
                .contains("  number      90000-3/2024-12  (classification 90000, case 3, year 2024, document 12)\n")
                .contains("  asked by    dr. Peter Marko (councillor, a man)\n")
                .contains("  answered    after 11 days\n")
                .contains("  missing     nothing\n")
                .contains("  stored      8 new, 0 changed, 0 as they were\n")
                .contains("  page        /council/2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto");
        assertThat(second.out()).contains("  stored      nothing new; the same letter is there already\n");
    }

    @Test
    void importsThroughTheServerThatHasTheFolderOpen() throws Exception {
        Map<String, String> settings = Map.of(Settings.DATA.key(), folder.toString(), Settings.PORT.key(), "0");
        try (EmonaServer server = EmonaServer.start(Configuration.read(Settings.ALL, null, settings), false)) {
            Run first = run(LETTER);
            String answer =
                    "http://localhost:" + server.port() + "/ngsi-ld/v1/entities/urn:ngsi-ld:Answer:90000-3-2024-12";
            String before = get(answer + "?options=sysAttrs");
            Run second = run(LETTER);

            assertThat(first.err()).isEmpty();
            assertThat(first.out())
                    .contains("  stored      8 new, 0 changed, 0 as they were\n")
                    .containsPattern("  page        http://\\S+:" + server.port() + "/council/2024-03-25-");
            assertThat(before).contains("90000-3/2024-12");
            assertThat(second.out()).contains("  stored      nothing new; the same letter is there already\n");
            assertThat(get(answer + "?options=sysAttrs")).isEqualTo(before);
        }
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void refusesOtherFilesWithTheReasonAndImportsTheRest() throws Exception {
        Path other = Files.writeString(folder.resolve("notes.md"), "# Notes\n\nNothing of the council here.\n");

        Run run = run(other.toString(), folder.resolve("absent.md").toString(), LETTER);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("not an answer to a councillor")
                .contains("did not find")
                .contains("There is no such file.");
        assertThat(run.out()).contains("  stored      8 new");
    }

    @Test
    void saysWhatALetterLacks() throws Exception {
        Path letter = Files.writeString(
                folder.resolve("letter.md"), Letters.text("promet.md").replace("Datum: 5. 4. 2024\n", ""));

        assertThat(run(letter.toString()).out())
                .contains("  missing     date: looked for a line »Datum: 15. 9. 2023«\n");
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run(LETTER, "--as", "poem").err())
                .contains("There is no kind »poem«. Use council-letter or VERTICAL/SOURCE.");
    }
}
