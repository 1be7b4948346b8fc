package city.emona.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a healthy endpoint waits for what is committed, alone and beside a dead and a slow one. The system property
 * {@code emona.isolation} sets the number of messages; then the difference is also held against its bound.
 */
class DeliveryIsolationTest {
    private static final int MESSAGES = Integer.getInteger("emona.isolation", 40);
    private static final boolean LONG = System.getProperty("emona.isolation") != null;
    private static final int WARM_UP = 10;
    private static final long SLOW_MILLIS = 500;
    private static final double BOUND_MILLIS = 50;

    @TempDir
    Path folder;

    @Test
    void aHealthyEndpointDoesNotFeelTheOthers() {
        try (Receiver healthy = new Receiver();
                Receiver slow = new Receiver()) {
            slow.answer((_, _) -> {
                Thread.sleep(SLOW_MILLIS);
                return 200;
            });
            String dead;
            try (Receiver gone = new Receiver()) {
                dead = gone.url("/");
            }
            double[] alone = delays("alone", healthy, new NumberOutbox());
            NumberOutbox beside = new NumberOutbox().subscribe("a-dead", dead).subscribe("b-slow", slow.url("/"));
            double[] among = delays("beside a dead and a slow one", healthy, beside);
            // as many messages as this take the slow one longer than all took the healthy one
            assertThat(slow.taken().size()).isLessThan(MESSAGES);
            if (LONG) {
                assertThat(among[MESSAGES * 99 / 100] - alone[MESSAGES * 99 / 100])
                        .isLessThan(BOUND_MILLIS);
            }
        }
    }

    /** The milliseconds from the acknowledgement of each commit to the arrival of its message, in order of size. */
    private double[] delays(String name, Receiver healthy, NumberOutbox outbox) {
        outbox.subscribe("c-healthy", healthy.url("/"));
        double[] delays = new double[MESSAGES];
        int start = healthy.attempts().size();
        try (DeliveryBench bench =
                new DeliveryBench(folder.resolve(name), Clock.systemUTC(), outbox, DeliverySettings.DEFAULT)) {
            bench.commit(WARM_UP);
            int before = start + WARM_UP;
            Wait.until(() -> healthy.attempts().size() == before);
            for (int i = 0; i < MESSAGES; i++) {
                bench.commit(1);
                long acknowledged = System.nanoTime();
                int expected = before + i + 1;
                Wait.until(() -> healthy.attempts().size() == expected);
                delays[i] = (healthy.attempts().getLast().at() - acknowledged) / 1e6;
            }
        }
        Arrays.sort(delays);
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %d messages: median %.1f ms, 99 %% within %.1f ms, longest %.1f ms",
                name,
                MESSAGES,
                delays[MESSAGES / 2],
                delays[MESSAGES * 99 / 100],
                delays[MESSAGES - 1]));
        return delays;
    }
}
