package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.HistoryRange;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with -9 while it takes files of a watched folder, again and again. Every observation is in the history once at the end. The
 * system properties {@code emona.files} and {@code emona.seed} set how many files there are, and at which moments it is killed.
 */
class SourceCrashTest {
    private static final int FILES = Integer.getInteger("emona.files", 30);
    private static final int THINGS = 700;

    @TempDir
    Path folder;

    @Test
    void losesNoObservationAndTakesNoneTwice() throws IOException, InterruptedException {
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path inbox = Files.createDirectories(folder.resolve("inbox/things/s"));
        Instant start = Instant.parse("2026-11-23T00:00:00Z");
        for (int file = 0; file < FILES; file++) {
            Path path = inbox.resolve("f" + file + ".csv");
            Files.writeString(path, csv(file, start.plusSeconds(60L * file)));
            Files.setLastModifiedTime(path, FileTime.from(start.plusSeconds(60L * file)));
        }
        int kills = 0;
        while (waiting(inbox) > 0) {
            takeUntilKilled(inbox, Math.max(0, waiting(inbox) - random.nextInt(1, 10)), random.nextInt(60));
            kills++;
        }
        assertThat(kills).isGreaterThan(1);
        assertThat(inbox.resolve("failed")).doesNotExist();
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 1024 * 1024, Clock.systemUTC())) {
            for (int thing = 0; thing < THINGS; thing++) {
                var series = store.readHistory(
                        Tenant.DEFAULT,
                        "urn:ngsi-ld:Thing:" + thing,
                        new SeriesSelector(Set.of(TestVertical.LEVEL), null),
                        HistoryRange.ALL);
                assertThat(series)
                        .singleElement()
                        .satisfies(one -> assertThat(one.points()).hasSize(FILES));
            }
        }
        System.out.println(kills + " kills, " + FILES + " files of " + THINGS + " observations, each taken once");
    }

    private static String csv(int file, Instant at) {
        StringBuilder text = new StringBuilder("id,level,at\n");
        for (int thing = 0; thing < THINGS; thing++) {
            text.append(thing).append(',').append(file).append(".5,").append(at).append('\n');
        }
        return text.toString();
    }

    private static long waiting(Path inbox) {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeUntilKilled(Path inbox, long left, int moreMillis) throws IOException, InterruptedException {
        Process runner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SourceCrashRunner.class.getName(),
                        folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Wait.until(() -> waiting(inbox) <= left || !runner.isAlive());
            runner.waitFor(moreMillis, TimeUnit.MILLISECONDS);
        } finally {
            runner.destroyForcibly();
        }
        assertThat(runner.waitFor()).as("killed with -9").isEqualTo(128 + 9);
    }
}
