package city.emona.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT10M, 2026-01-31T00:10:00Z",
        "P1D, 2026-02-01T00:00:00Z",
        "P1M, 2026-02-28T00:00:00Z",
        "P1Y, 2027-01-31T00:00:00Z",
        "P2W, 2026-02-14T00:00:00Z",
        "P1DT2H3M4.5S, 2026-02-01T02:03:04.500Z",
        "PT0S, 2026-01-31T00:00:00Z",
        "P0D, 2026-01-31T00:00:00Z"
    })
    void leadsFromOneTimeToAnother(String duration, String after) {
        long start = Instant.parse("2026-01-31T00:00:00Z").toEpochMilli();
        assertThat(Instant.ofEpochMilli(
                        IsoDuration.parse(duration).orElseThrow().after(start)))
                .isEqualTo(Instant.parse(after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1",
                "1D",
                "PT1",
                "P1DT",
                "P-1D",
                "-P1D",
                "P1W1D",
                "PT1.5M",
                "1hour",
                "P1H",
                "P9999999999D"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThat(IsoDuration.parse(text)).isEmpty();
    }

    @Test
    void endsAtTheLastOfAllTimes() {
        assertThat(IsoDuration.parse("P999999999Y").orElseThrow().after(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(IsoDuration.parse("P999999999W").orElseThrow().after(0)).isPositive();
    }
}
