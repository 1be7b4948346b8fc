package city.emona;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the repository lead where they say. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyLinkToAFileLeadsToOne() throws IOException {
        for (Path document : documents()) {
            List<String> broken = LINK.matcher(Files.readString(document))
                    .results()
                    .map((MatchResult link) -> link.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .toList();
            assertThat(broken).as("links of " + document + " that lead nowhere").isEmpty();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
