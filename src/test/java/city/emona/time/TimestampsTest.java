package city.emona.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    @Test
    void recognisesPlainDateTimesAndNothingThatIsNone() {
        assertThat(Timestamps.isPlain("2026-11-23T09:00:00Z")).isTrue();
        assertThat(Timestamps.isPlain("2026-02-28T23:59:59Z")).isTrue();
        for (String text : new String[] {
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00z",
            "2026-01-01T00:00:00+",
            "2026-01-01T00:00:0:Z",
            "2026-01-01T00:00:00",
            ""
        }) {
            assertThat(Timestamps.isPlain(text)).as(text).isFalse();
            assertThat(Timestamps.parse(text)).as(text).isEmpty();
        }
        assertThat(Timestamps.isPlain("2026-01-31T00:00:00Z")).isFalse();
        assertThat(Timestamps.parse("2026-01-31T00:00:00Z")).isPresent();
    }

    @Test
    void readsWhatTheDateTimeOfJavaReads() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong(-62_167_219_200_000_000L, 253_402_300_800_000_000L);
            String text = Timestamps.formatMicros(i % 2 == 0 ? micros : Math.floorDiv(micros, 1_000_000L) * 1_000_000);
            assertThat(Timestamps.parseMicros(text).orElseThrow())
                    .as(text + ", seed " + seed)
                    .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)));
            char[] torn = text.toCharArray();
            torn[random.nextInt(torn.length)] = (char) random.nextInt(' ', '~');
            Timestamps.parseMicros(new String(torn))
                    .ifPresent(read -> assertThat(read)
                            .as(new String(torn) + ", seed " + seed)
                            .isEqualTo(ChronoUnit.MICROS.between(
                                    Instant.EPOCH, Instant.parse(new String(torn).replace(',', '.')))));
        }
        assertThat(Timestamps.parseMicros("2026-11-23T09:00:00,5Z").orElseThrow())
                .isEqualTo(Timestamps.parseMicros("2026-11-23T09:00:00.5Z").orElseThrow());
        for (String text : new String[] {
            "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00.1234567Z", "2026-11-23T09:00:00.12aZ", "2026-02-29T09:00:00Z"
        }) {
            assertThat(Timestamps.parseMicros(text)).as(text).isEmpty();
        }
    }
}
