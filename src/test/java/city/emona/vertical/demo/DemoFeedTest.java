package city.emona.vertical.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DemoFeedTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T07:00:00Z");

    private static DemoFeed feed(String expression) {
        return new DemoFeed(new DemoSpec(
                "list",
                Duration.ofSeconds(10),
                Map.of(),
                Json.parse("{\"place\": \"Trg\", \"size\": 2.5}"),
                Map.of("list.json", new SourceSpec.MappingSpec("demo/list.jsonata", expression))));
    }

    private static JsonNode at(Instant moment, String expression) throws SourceFailure {
        return Json.parse(feed("{'x': " + expression + "}").document("list.json", moment, "http://localhost/demo/"))
                .path("x");
    }

    private static double number(Instant moment, String expression) throws SourceFailure {
        return at(moment, expression).asDouble();
    }

    @ParameterizedTest
    @CsvSource({
        "$at, 2026-11-23T07:00:00Z",
        "$now(), 2026-11-23T07:00:00Z",
        "$base & 'b.json', http://localhost/demo/b.json",
        "place & size * 2, Trg5",
        "$local('EEE dd.MM.yyyy HH:mm'), Mon 23.11.2026 08:00",
        "$local('HH:mm'; $ago('PT90M')), 06:30",
        "$ago(30), 2026-11-23T06:59:30Z",
        "$ahead('PT10M'; $ago('PT10M')), 2026-11-23T07:00:00Z",
        "$tick(3600; null; '2026-11-23T07:59:59Z'), 2026-11-23T07:00:00Z",
        "$epoch(), 1795417200",
        "$instant($epoch() - 60), 2026-11-23T06:59:00Z",
        "$hour(), 8",
        "$xml('a<b & \"c\"'), a&lt;b &amp; &quot;c&quot;",
    })
    void tellsTheTimeAndThePlace(String expression, String expected) throws SourceFailure {
        JsonNode value = at(MORNING, expression.replace(';', ','));
        assertThat(value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asString())
                .isEqualTo(expected);
    }

    @Test
    void livesInTheRhythmOfACity() throws SourceFailure {
        Instant night = Instant.parse("2026-11-23T02:00:00Z");
        Instant sunday = MORNING.minus(Duration.ofDays(1));
        assertThat(number(MORNING, "$traffic()")).isGreaterThan(5 * number(night, "$traffic()"));
        assertThat(number(MORNING, "$traffic()")).isGreaterThan(number(sunday, "$traffic()"));
        assertThat(number(MORNING, "$traffic($ago('PT5H'))")).isEqualTo(number(night, "$traffic()"));
        assertThat(number(Instant.parse("2026-11-23T11:00:00Z"), "$inCentre()")).isGreaterThan(0.9);
        assertThat(number(night, "$inCentre()")).isLessThan(-0.9);
        assertThat(number(sunday, "$work()")).isLessThan(number(MORNING, "$work()"));
        assertThat(number(MORNING, "$heating()")).isGreaterThan(number(MORNING, "$heating('2026-07-23T07:00:00Z')"));
        assertThat(number(MORNING, "$sun('2026-11-23T13:00:00Z')")).isGreaterThan(number(MORNING, "$sun()"));
    }

    @Test
    void wandersSmoothly() throws SourceFailure {
        double before = number(MORNING, "$wander('a', 600)");
        for (int step = 1; step <= 200; step++) {
            double now = number(MORNING.plusSeconds(step * 6L), "$wander('a', 600)");
            assertThat(now).isBetween(-1.0, 1.0).isNotEqualTo(before);
            assertThat(Math.abs(now - before)).isLessThan(0.15);
            before = now;
        }
        assertThat(number(MORNING, "$wander('b', 600)")).isNotEqualTo(number(MORNING, "$wander('a', 600)"));
    }

    @Test
    void chanceStaysForItsSpanAndTicksWithIt() throws SourceFailure {
        TreeSet<Double> chances = new TreeSet<>();
        TreeSet<String> ticks = new TreeSet<>();
        for (int second = 0; second < 600; second++) {
            Instant at = MORNING.plusSeconds(second);
            chances.add(number(at, "$chance('tram', 60)"));
            ticks.add(at(at, "$tick(60, 'tram')").asString());
            assertThat(number(at, "$chance('tram')")).isEqualTo(number(MORNING, "$chance('tram')"));
        }
        assertThat(chances).allMatch(chance -> chance >= 0 && chance < 1).hasSizeBetween(10, 11);
        assertThat(ticks).hasSameSizeAs(chances);
    }

    @ParameterizedTest
    @CsvSource({
        "$random(), use $chance",
        "$traffic('yesterday'), not a time",
        "$ago('an hour'), not a span",
        "$local('yyyy-bb'), not a pattern",
        "$tick(), not a number of seconds",
        "($f := function($x) { 1 + $f($x) }; $f(1)), nests too deep",
    })
    void saysInWhichFileSomethingIsWrong(String expression, String reason) {
        assertThatThrownBy(() -> at(MORNING, expression))
                .isInstanceOf(SourceFailure.class)
                .hasMessageStartingWith("demo/list.jsonata: ")
                .hasMessageContaining(reason);
    }

    @Test
    void isNoDocumentWithoutContent() {
        assertThatThrownBy(() -> feed("nothing").document("list.json", MORNING, ""))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("gives nothing");
        assertThatThrownBy(() -> feed("{}").document("other.json", MORNING, ""))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("no such document");
    }
}
