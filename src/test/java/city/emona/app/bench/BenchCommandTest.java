package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void refusesAPeerOnAnotherMachine() throws InterruptedException {
        assertThat(run("--peer", "other=http://192.0.2.1:9090")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not on this machine", "Usage: ./emona bench");
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
