package city.emona.portal.console;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.portal.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingWordsTest {
    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/city/emona"))) {
            return files.filter(Files::isRegularFile)
                    .map(FindingWordsTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            // the compiler joins what the formatter has cut
            return Files.readString(file).replaceAll("\"\\s*\\+ \"", "").replace("\\\"", "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everySentenceIsOneThatSomebodySays() throws IOException {
        String sources = sources();
        List<String> unsaid = FindingWords.listKnown().stream()
                .map(FindingWords.Known::english)
                .filter(english -> Stream.of(english.split("\\{\\d}")).anyMatch(part -> !isSaid(part, sources)))
                .toList();
        assertThat(unsaid).isEmpty();
    }

    /** Whether a part of a sentence stands in the sources, in one piece or put together from two. */
    private static boolean isSaid(String part, String sources) {
        String bare = bare(part);
        if (sources.contains(bare)) {
            return true;
        }
        for (int at = bare.indexOf(' '); at > 0; at = bare.indexOf(' ', at + 1)) {
            if (sources.contains(bare(bare.substring(0, at))) && sources.contains(bare(bare.substring(at)))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String text) {
        return text.replaceAll("^[\\s»«:.${}]+|[\\s»«:.${}]+$", "");
    }

    @Test
    void putsWhatDiffersInItsPlace() {
        assertThat(FindingWords.words("»${city}« is the answer to no question.", Language.SLOVENE))
                .isEqualTo("»${city}« ni odgovor na nobeno vprašanje.");
        assertThat(FindingWords.words("»x.y« is not a term of models/c.jsonld.", Language.SLOVENE))
                .isEqualTo("»x.y« ni izraz v models/c.jsonld.");
        assertThat(FindingWords.words("Nobody says this.", Language.SLOVENE)).isEqualTo("Nobody says this.");
        assertThat(FindingWords.words("Correct it.", Language.ENGLISH)).isEqualTo("Correct it.");
    }
}
