package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.CountedNoun;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FormatTest {
    private static final Format SLOVENE = Format.of(Language.SLOVENE);
    private static final Format ENGLISH = Format.of(Language.ENGLISH);
    private static final CityTime SLOVENE_TIME = new CityTime(Language.SLOVENE, TestCity.ZONE);
    private static final CityTime ENGLISH_TIME = new CityTime(Language.ENGLISH, TestCity.ZONE);
    private static final Instant NOW = Instant.parse("2023-09-15T12:00:00Z");

    @Test
    void writesSloveneDatesWithSpacesThatDoNotBreak() {
        assertThat(SLOVENE.date(LocalDate.of(2023, 6, 26))).isEqualTo("26.\u00a06.\u00a02023");
        assertThat(ENGLISH.date(LocalDate.of(2023, 6, 26))).isEqualTo("26\u00a0June\u00a02023");
    }

    @Test
    void writesTimesOfTheCityAlsoInSummer() {
        assertThat(SLOVENE_TIME.time(Instant.parse("2023-06-26T12:05:00Z"))).isEqualTo("14.05");
        assertThat(ENGLISH_TIME.time(Instant.parse("2023-12-26T08:05:00Z"))).isEqualTo("9:05");
        assertThat(SLOVENE_TIME.dateTime(Instant.parse("2023-06-26T22:30:00Z")))
                .isEqualTo("27.\u00a06.\u00a02023 ob\u00a00.30");
        assertThat(SLOVENE_TIME.fullMoment(Instant.parse("2023-06-26T12:05:00Z")))
                .isEqualTo("ponedeljek, 26.\u00a06.\u00a02023 ob\u00a014.05");
    }

    @Test
    void writesTimesOfACityElsewhere() {
        CityTime azores = new CityTime(Language.ENGLISH, ZoneId.of("Atlantic/Azores"));
        assertThat(azores.dateTime(Instant.parse("2023-06-27T00:30:00Z")))
                .isEqualTo("27\u00a0June\u00a02023 at\u00a00:30");
        assertThat(azores.dateTime(Instant.parse("2023-12-27T00:30:00Z")))
                .isEqualTo("26\u00a0December\u00a02023 at\u00a023:30");
    }

    @Test
    void writesDecimalsAsTheLanguageDoes() {
        assertThat(SLOVENE.number(12.345, 1)).isEqualTo("12,3");
        assertThat(ENGLISH.number(12.35, 1)).isEqualTo("12.4");
        assertThat(SLOVENE.number(0.0, 1)).isEqualTo("0,0");
        assertThat(SLOVENE.number(-0.04, 1)).isEqualTo("0,0");
        assertThat(SLOVENE.number(-3.5, 1)).isEqualTo("\u22123,5");
    }

    @Test
    void groupsThousands() {
        assertThat(SLOVENE.number(1234)).isEqualTo("1234");
        assertThat(SLOVENE.number(12345)).isEqualTo("12.345");
        assertThat(ENGLISH.number(1234567)).isEqualTo("1,234,567");
        assertThat(SLOVENE.number(1_234_567.5, 2)).isEqualTo("1.234.567,50");
    }

    @Test
    void keepsTheUnitOnTheLineOfItsNumber() {
        assertThat(SLOVENE.quantity(21.4, 0, "µg/m³")).isEqualTo("21\u00a0µg/m³");
        assertThat(SLOVENE.quantity(21, 0, "")).isEqualTo("21");
    }

    @Test
    void tellsAgesInWords() {
        assertThat(age(Duration.ofSeconds(20))).isEqualTo("pravkar");
        assertThat(age(Duration.ofMinutes(4))).isEqualTo("pred\u00a04\u00a0min");
        assertThat(age(Duration.ofHours(3))).isEqualTo("pred\u00a03\u00a0h");
        assertThat(age(Duration.ofDays(1))).isEqualTo("pred\u00a01\u00a0dnevom");
        assertThat(age(Duration.ofDays(2))).isEqualTo("pred\u00a02\u00a0dnevoma");
        assertThat(age(Duration.ofDays(5))).isEqualTo("pred\u00a05\u00a0dnevi");
        assertThat(age(Duration.ofDays(81))).isEqualTo("26.\u00a06.\u00a02023");
        assertThat(ENGLISH_TIME.age(NOW.minus(Duration.ofDays(1)), NOW)).isEqualTo("1\u00a0day ago");
    }

    @Test
    void treatsATimeAheadOfTheClockAsNow() {
        assertThat(age(Duration.ofMinutes(-3))).isEqualTo("pravkar");
    }

    @Test
    void knowsTheDualAndThePlurals() {
        CountedNoun bicycle =
                new CountedNoun(List.of("kolo", "kolesi", "kolesa", "koles"), List.of("bicycle", "bicycles"));
        assertThat(List.of(0, 1, 2, 3, 4, 5, 11, 12, 100, 101, 102, 104, 105, 111))
                .map(count -> bicycle.form(count, "sl"))
                .containsExactly(
                        "koles", "kolo", "kolesi", "kolesa", "kolesa", "koles", "koles", "koles", "koles", "kolo",
                        "kolesi", "kolesa", "koles", "koles");
        assertThat(bicycle.form(1, "en")).isEqualTo("bicycle");
        assertThat(bicycle.form(0, "en")).isEqualTo("bicycles");
    }

    private static String age(Duration duration) {
        return SLOVENE_TIME.age(NOW.minus(duration), NOW);
    }
}
