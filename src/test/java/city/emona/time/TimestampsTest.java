package city.emona.time;

import static org.assertj.core.api.Assertions.assertThat;

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
}
