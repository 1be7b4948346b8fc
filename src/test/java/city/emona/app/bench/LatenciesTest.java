package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void tellsPercentilesToWithinAThirtySecondPart() {
        Latencies latencies = new Latencies();
        for (int micros = 1; micros <= 10_000; micros++) {
            latencies.add(micros * 1_000L);
        }
        assertThat(latencies.percentileMillis(0.50)).isCloseTo(5.0, within(5.0 / 32));
        assertThat(latencies.percentileMillis(0.99)).isCloseTo(9.9, within(9.9 / 32));
        assertThat(latencies.percentileMillis(1.0)).isCloseTo(10.0, within(10.0 / 32));
    }

    @Test
    void takesAnyDuration() {
        Latencies latencies = new Latencies();
        latencies.add(-1);
        latencies.add(0);
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.percentileMillis(0.5)).isZero();
        assertThat(latencies.percentileMillis(1.0)).isGreaterThan(8e12);
    }

    @Test
    void isZeroWithoutDurations() {
        assertThat(new Latencies().percentileMillis(0.5)).isZero();
    }
}
