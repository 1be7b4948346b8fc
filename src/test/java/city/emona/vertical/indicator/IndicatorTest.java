package city.emona.vertical.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Contexts;
import city.emona.vertical.Formula;
import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.IndicatorSpec.Start;
import city.emona.vertical.IndicatorSpec.Target;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas, the status of a value, and the examples of the shipped indicators. */
class IndicatorTest {
    private static final Contexts CONTEXTS = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });

    @Test
    void everyExampleOfTheShippedIndicatorsGivesWhatItPromises() {
        Verticals verticals = Verticals.load(Path.of("verticals"), CONTEXTS);
        assertThat(verticals.findings()).isEmpty();
        assertThat(verticals.list()).allSatisfy(vertical -> {
            List<IndicatorTester.Result> results = new IndicatorTester(CONTEXTS).test(vertical);
            assertThat(results).isNotEmpty();
            assertThat(results)
                    .allSatisfy(result ->
                            assertThat(result.differences()).as(result.name()).isEmpty());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "8 / 4 / 2, 1",
        "10 - 4 - 3, 3",
        "-a * 2, -20",
        "a - b-c, 5",
        "2*(a+b-c)/-5, -6",
        "0.5 * a, 5"
    })
    void calculatesAsOneDoesOnPaper(String text, double expected) {
        assertThat(Formula.parse(text).value(Map.of("a", 10.0, "b-c", 5.0))).hasValue(expected);
    }

    @Test
    void hasNoValueWhereAPartHasNoneOrADivisionIsByZero() {
        assertThat(Formula.parse("a + missing").value(Map.of("a", 1.0))).isEmpty();
        assertThat(Formula.parse("a / (a - a)").value(Map.of("a", 1.0))).isEmpty();
        assertThat(Formula.parse("a + b-c * 2").names()).containsExactly("a", "b-c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 +", "(1", "1)", "a b", "1..2", "a ^ 2", "System.exit(1)", "* 3"})
    void refusesWhatIsNoFormula(String text) {
        assertThatThrownBy(() -> Formula.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFormulaThatNestsTooDeep() {
        assertThatThrownBy(() -> Formula.parse("(".repeat(900) + "1" + ")".repeat(900)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper");
    }

    private static IndicatorSpec spec(@Nullable Target target) {
        return new IndicatorSpec(
                "one",
                LocalizedText.same("One"),
                LocalizedText.same("One"),
                "km",
                1,
                new Computation.Manual(),
                Duration.ofHours(1),
                target,
                "",
                List.of());
    }

    private static Judgement judged(Target target, double value, String today) {
        return Judgement.of(spec(target), OptionalDouble.of(value), LocalDate.parse(today));
    }

    @Test
    void isOnTrackWhenTheTargetIsMet() {
        Judgement judgement = judged(new Target(true, 10, null, null), 12, "2026-01-01");
        assertThat(judgement.status()).isEqualTo(IndicatorStatus.ON_TRACK);
        assertThat(judgement.reason().sl()).isEqualTo("Cilj (vsaj 10,0\u00a0km) je dosežen.");
    }

    @Test
    void isLateWhenTheDayIsOverOrNoneIsGiven() {
        assertThat(judged(new Target(true, 10, null, null), 9, "2026-01-01").status())
                .isEqualTo(IndicatorStatus.LATE);
        assertThat(judged(new Target(false, 10, LocalDate.parse("2025-12-31"), null), 11, "2026-01-01")
                        .status())
                .isEqualTo(IndicatorStatus.LATE);
    }

    @ParameterizedTest
    @CsvSource({"50, ON_TRACK", "60, ON_TRACK", "49, AT_RISK", "40.1, AT_RISK", "39, LATE"})
    void isJudgedByTheStraightWayFromTheStart(double value, IndicatorStatus expected) {
        Target target =
                new Target(true, 100, LocalDate.parse("2026-12-31"), new Start(0, LocalDate.parse("2024-12-31")));
        Judgement judgement = judged(target, value, "2025-12-31");
        assertThat(judgement.status()).isEqualTo(expected);
        assertThat(judgement.reason().en()).contains("it should be 50.0\u00a0km now");
    }

    @Test
    void isUnknownWithoutATargetOrAValue() {
        assertThat(Judgement.of(spec(null), OptionalDouble.of(1), LocalDate.EPOCH)
                        .status())
                .isEqualTo(IndicatorStatus.UNKNOWN);
        assertThat(Judgement.of(spec(new Target(true, 1, null, null)), OptionalDouble.empty(), LocalDate.EPOCH)
                        .reason()
                        .en())
                .isEqualTo("There is no value.");
    }
}
