package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+[A-Za-z.]*)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(Texts.of(Language.SLOVENE).keys())
                .isEqualTo(Texts.of(Language.ENGLISH).keys());
    }

    @Test
    void bothLanguagesFillTheSamePlaces() {
        Texts english = Texts.of(Language.ENGLISH);
        Texts slovene = Texts.of(Language.SLOVENE);
        for (String key : slovene.keys()) {
            assertThat(places(english.text(key))).as(key).isEqualTo(places(slovene.text(key)));
        }
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        Set<String> literals = literalsOfSources();
        Set<String> unused = new TreeSet<>();
        for (String key : Texts.of(Language.SLOVENE).keys()) {
            boolean isUsed = literals.contains(key)
                    || literals.stream().anyMatch(l -> l.endsWith(".") && key.startsWith(l))
                    || isPluralOfUsed(key, literals);
            if (!isUsed) {
                unused.add(key);
            }
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void theSloveneUsesItsOwnQuotationMarks() {
        Texts slovene = Texts.of(Language.SLOVENE);
        assertThat(slovene.keys())
                .allSatisfy(key -> assertThat(slovene.text(key)).doesNotContain("\"", "“", "„"));
    }

    private static boolean isPluralOfUsed(String key, Set<String> literals) {
        return key.matches(".*\\.(one|two|few|many)") && literals.contains(key.substring(0, key.lastIndexOf('.')));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(m -> m.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> literalsOfSources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java/city/emona"));
                Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            return Stream.concat(java, templates)
                    .filter(Files::isRegularFile)
                    .flatMap(file -> LITERAL.matcher(read(file)).results().map(m -> m.group(1)))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
