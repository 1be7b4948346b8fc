package city.emona.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.source.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with -9 while it commits and delivers, again and again in the same folder. The system property {@code emona.crashes} sets
 * how often, {@code emona.seed} which moments.
 */
class DeliveryCrashTest {
    private static final int CRASHES = Integer.getInteger("emona.crashes", 6);

    @TempDir
    Path folder;

    @Test
    void bringsAllThatWasAcknowledgedAtLeastOnceAndInOrder() throws IOException, InterruptedException {
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (Receiver receiver = new Receiver()) {
            List<String> addresses = List.of(receiver.url("/quick"), receiver.url("/slow"));
            receiver.answer((exchange, _) -> {
                if (exchange.getRequestURI().getPath().equals("/slow")) {
                    Thread.sleep(Duration.ofMillis(2));
                }
                return 204;
            });
            int acknowledged = 0;
            for (int crash = 1; crash <= CRASHES; crash++) {
                acknowledged = writeUntilKilled(addresses, random.nextInt(1, 800));
            }
            deliverTheRest(receiver, addresses, acknowledged);
            for (String path : List.of("/quick", "/slow")) {
                List<String> taken = receiver.taken(path);
                assertInOrder(path, taken);
                System.out.println(CRASHES + " crashes, " + path + ": " + taken.size() + " messages for "
                        + new HashSet<>(taken).size() + " commits, " + acknowledged + " of them acknowledged");
            }
        }
    }

    /** Lets the writer run until it has acknowledged so much, kills it, and gives the last number that it acknowledged. */
    private int writeUntilKilled(List<String> addresses, int acknowledgements)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeliveryCrashWriter.class.getName(),
                        folder.toString(),
                        addresses.get(0),
                        addresses.get(1))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int count = 0;
        int last = 0;
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

    private void deliverTheRest(Receiver receiver, List<String> addresses, int acknowledged) {
        Clock clock = Clock.systemUTC();
        NumberOutbox outbox =
                new NumberOutbox().subscribe("s1", addresses.get(0)).subscribe("s2", addresses.get(1));
        try (LocalStore store = LocalStore.open(folder, 1024 * 1024, clock);
                DeliveryEngine engine = new DeliveryEngine(
                        store,
                        outbox,
                        new HttpSender(Duration.ofSeconds(10), null, clock),
                        clock,
                        DeliverySettings.DEFAULT)) {
            engine.start();
            int all = (int) store.countEntities(Tenant.DEFAULT);
            assertThat(all).isGreaterThanOrEqualTo(acknowledged);
            String last = Integer.toString(all);
            for (String path : List.of("/quick", "/slow")) {
                awaitLast(receiver, path, last);
            }
        }
    }

    /** Waits as long as something comes: how much there is to come depends on the moments of the crashes. */
    private static void awaitLast(Receiver receiver, String path, String last) {
        int seen = 0;
        while (!receiver.taken(path).contains(last)) {
            int before = seen;
            Wait.until(() -> receiver.count() > before);
            seen = receiver.count();
        }
    }

    /** What comes again goes back some steps, and from there on nothing is left out. */
    private static void assertInOrder(String path, List<String> taken) {
        int before = 0;
        for (String text : taken) {
            int number = Integer.parseInt(text);
            assertThat(number).as("to %s, after %d", path, before).isBetween(1, before + 1);
            before = number;
        }
    }
}
