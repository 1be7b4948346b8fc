package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measuresEveryTaskOnARealServer() throws InterruptedException {
        BenchPlan tiny = new BenchPlan(1, 100, 1, 50, 200, 20, 500, 4, false, 10_000);

        int status = BenchCommand.run(tiny, List.of(), print(out), print(err));

        String table = out.toString(StandardCharsets.UTF_8);
        assertThat(status).as(() -> table + err).isZero();
        assertThat(table)
                .contains(
                        "start to the first answer",
                        "resident memory, demo",
                        "start to an answer with 500 entities",
                        "Loaded into Emona: 500")
                .doesNotContain("void", "Void", "NaN");
        for (Task task : Task.values()) {
            assertThat(table).containsPattern("\\| " + Pattern.quote(task.title(tiny)) + " +\\| +[0-9,]+ \\|");
        }
    }

    @Test
    void refusesAPeerOnAnotherMachine() throws InterruptedException {
        assertThat(run("--peer", "other=http://192.0.2.1:9090")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not on this machine", "Usage: emona bench");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws InterruptedException {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(run("--peer")).isEqualTo(2);
        assertThat(run("--peer", "other")).isEqualTo(2);
        assertThat(run("--peer", "other=ftp://localhost")).isEqualTo(2);
        assertThat(run("--peer", "other=not an address")).isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    private int run(String... arguments) throws InterruptedException {
        return BenchCommand.run(List.of(arguments), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
