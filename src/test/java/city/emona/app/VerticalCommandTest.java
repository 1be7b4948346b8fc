package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerticalCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String copyOf(String id) throws IOException {
        Path shipped = Path.of("verticals", id);
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder.toString();
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    @Test
    void listsTheShippedVerticals() throws Exception {
        assertThat(run("vertical", "list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("air-quality", "bike-sharing", "Kakovost zraka");
    }

    @Test
    void checksAVerticalAndTellsAllThatIsWrongWithItsPlace() throws Exception {
        String copy = copyOf("air-quality");
        assertThat(run("vertical", "check", copy)).isZero();
        edit("vertical.yaml", "version: 1.0.0", "version: first");
        edit("vertical.yaml", "every: 10m", "every: often");
        assertThat(run("vertical", "check", copy)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("vertical.yaml:3: ")
                .contains("»sources[0].every: often«");
    }

    @Test
    void tellsTheLineOfABrokenMapping() throws Exception {
        String copy = copyOf("air-quality");
        edit("mappings/arso.jsonata", "$index := $max($bands.*);", "$index := $max($bands.*;");
        assertThat(run("vertical", "check", copy)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("mappings/arso.jsonata:5");
    }

    @Test
    void testsAVerticalAndFailsWhenAnExampleGivesSomethingElse() throws Exception {
        String copy = copyOf("air-quality");
        assertThat(run("vertical", "test", copy)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("11 of 11 examples");
        edit("examples/hour.xml", "<o3>44</o3>", "<o3>45</o3>");
        assertThat(run("vertical", "test", copy)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("different from what is expected");
        assertThat(run("vertical", "test", copy, "--write")).isZero();
        assertThat(run("vertical", "test", copy)).isZero();
    }

    @Test
    void endsWith2OnWrongUse() throws Exception {
        assertThat(run("vertical", "frobnicate")).isEqualTo(2);
        assertThat(run("vertical", "check", folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no folder");
    }
}
