package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.source.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with -9 while alerts are raised, again and again in the same folder. The system property {@code emona.crashes} sets how
 * often, {@code emona.seed} which moments.
 */
class RuleCrashTest {
    private static final int CRASHES = Integer.getInteger("emona.crashes", 4);

    @TempDir
    Path folder;

    @Test
    void losesNoAlertAndRaisesNoneTwice() throws IOException, InterruptedException {
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int last = 0;
        for (int crash = 1; crash <= CRASHES; crash++) {
            last = writeUntilKilled(last + 1, crash, random.nextInt(1, 120));
        }
        int acknowledged = last;
        try (RuleCity city = new RuleCity(folder)) {
            city.pass(Duration.ofHours(1));
            try (RuleEngine _ = city.engine()) {
                Wait.until(() -> about(city.alerts("ozone-information")).size() >= acknowledged);
                List<Alert> alerts = city.alerts("ozone-information");
                Set<String> about = about(alerts);
                assertThat(alerts).hasSameSizeAs(about);
                for (int number = 1; number <= acknowledged; number++) {
                    assertThat(about).contains("urn:ngsi-ld:AirQualityObserved:n" + number);
                }
            }
        }
    }

    private static Set<String> about(List<Alert> alerts) {
        Set<String> about = new HashSet<>();
        alerts.forEach(alert -> about.add(alert.about()));
        return about;
    }

    /** Lets the writer run until it has acknowledged so much, kills it, and gives the last number that it acknowledged. */
    private int writeUntilKilled(int first, int secondsLater, int acknowledgements)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RuleCrashWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(first),
                        Integer.toString(secondsLater))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int count = 0;
        int last = first - 1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+")) {
                    last = Integer.parseInt(line);
                    if (++count == acknowledgements) {
                        writer.toHandle().destroyForcibly();
                    }
                }
            }
        }
        assertThat(writer.waitFor()).as("killed with -9").isEqualTo(128 + 9);
        return last;
    }
}
