package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.vertical.ExampleSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedVerticalsTest {
    private static final Path FOLDER = Path.of("verticals");
    private static final Contexts CONTEXTS = new Contexts(url -> {
        throw new AssertionError("a shipped vertical must not need the network, but asked for " + url);
    });
    private static final VerticalTester TESTER = new VerticalTester(CONTEXTS);

    static List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(FOLDER)) {
            return entries.filter(e -> Files.exists(e.resolve(VerticalReader.DESCRIPTION)))
                    .toList();
        }
    }

    static Stream<Arguments> examples() {
        return Verticals.load(FOLDER, CONTEXTS).list().stream()
                .flatMap(v -> v.examples().stream().map(e -> Arguments.of(v, e)));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void hasNothingToFind(Path folder) {
        assertThat(TESTER.check(folder)).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("examples")
    void exampleGivesWhatItPromises(Vertical vertical, ExampleSpec example) {
        assertThat(TESTER.run(vertical, example).differences()).isEmpty();
    }

    @Test
    void allShippedVerticalsLoadTogetherWithoutAClash() throws IOException {
        Verticals loaded = Verticals.load(FOLDER, CONTEXTS);

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.list()).hasSameSizeAs(folders());
        assertThat(loaded.list()).allSatisfy(v -> assertThat(v.examples()).isNotEmpty());
    }
}
