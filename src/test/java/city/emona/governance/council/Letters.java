package city.emona.governance.council;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Letters for tests: the real one, which lives outside the repository, and made-up ones. */
public final class Letters {
    public static final String TRAFFIC_INTRODUCTION =
            "Svetnik dr. Peter Marko je na 12. seji mestnega sveta dne 25. 3. 2024 postavil vprašanje glede varnosti na prehodu čez Šmartinsko cesto.";
    private static final Path FIXTURES = Path.of("src/test/fixtures/council");
    private static final Path REAL = Path.of("../shared/data/council/answer-90000-9-2023-57.md");

    private Letters() {}

    /** The real letter; a test that asks for it is skipped where the folder beside the repository is absent. */
    public static byte[] real() {
        Assumptions.assumeTrue(
                Files.exists(REAL), REAL + " is absent: the real letter is not a part of the repository");
        return bytes(REAL);
    }

    public static Path path(String name) {
        return FIXTURES.resolve(name);
    }

    public static String text(String name) {
        try {
            return Files.readString(FIXTURES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with lines of at most that many columns. */
    static String wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            StringBuilder current = new StringBuilder();
            for (String word : line.split(" ", -1)) {
                if (!current.isEmpty() && current.length() + 1 + word.length() > columns) {
                    lines.add(current.toString());
                    current.setLength(0);
                }
                current.append(current.isEmpty() ? "" : " ").append(word);
            }
            lines.add(current.toString());
        }
        return String.join("\n", lines);
    }
}
