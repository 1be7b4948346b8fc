package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.Samples;
import city.emona.store.Tenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with -9 while it writes, again and again in the same folder. The system property {@code emona.crashes} sets how often,
 * {@code emona.seed} which moments.
 */
class CrashTest {
    private static final int CRASHES = Integer.getInteger("emona.crashes", 30);

    @TempDir
    Path folder;

    @Test
    void losesNothingAcknowledgedAndLeavesNothingHalfDone() throws IOException, InterruptedException {
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int[] acknowledged = new int[CrashWriter.THREADS];
        long all = 0;
        for (int crash = 1; crash <= CRASHES; crash++) {
            int acknowledgements = random.nextInt(1, 1_500);
            all += writeUntilKilled(acknowledgements, random.nextInt(3), acknowledged);
            check(crash, acknowledged);
        }
        System.out.println(CRASHES + " crashes, " + all
                + " acknowledged change-sets of three entities, none lost, none half done");
    }

    /** Lets the writer run until it has acknowledged so much, kills it, and reads what it still printed before it died. */
    private int writeUntilKilled(int acknowledgements, int moreMillis, int[] acknowledged)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int count = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    continue;
                }
                String[] parts = line.split(" ");
                acknowledged[Integer.parseInt(parts[0])] = Integer.parseInt(parts[1]);
                if (++count == acknowledgements) {
                    writer.waitFor(moreMillis, TimeUnit.MILLISECONDS);
                    // by its handle: the process itself would also close the pipe that is still to be read
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(writer.waitFor()).as("killed with -9").isEqualTo(128 + 9);
        return count;
    }

    private void check(int crash, int[] acknowledged) {
        try (LocalStore store = LocalStore.open(folder, 1024 * 1024, Clock.systemUTC())) {
            for (int thread = 0; thread < CrashWriter.THREADS; thread++) {
                int number = thread;
                List<Integer> numbers = CrashWriter.PARTS.stream()
                        .map(part -> store.findEntity(Tenant.DEFAULT, CrashWriter.id(number, part))
                                .map(Samples::number)
                                .orElse(0))
                        .toList();
                assertThat(numbers)
                        .as("the parts of thread %d after crash %d", thread, crash)
                        .containsOnly(numbers.getFirst());
                // the change-set under way when the process died may have become durable before it could be
                // acknowledged
                assertThat(numbers.getFirst())
                        .as("thread %d after crash %d", thread, crash)
                        .isBetween(acknowledged[thread], acknowledged[thread] + 1);
                acknowledged[thread] = numbers.getFirst();
            }
            assertThat(IntStream.of(acknowledged).sum()).isPositive();
        }
    }
}
