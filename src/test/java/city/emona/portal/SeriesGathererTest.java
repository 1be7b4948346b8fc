package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.portal.Trace.Sample;
import city.emona.store.RollUp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is shown of a series: numbers in buckets of the city's clock and calendar. */
class SeriesGathererTest {
    private static final Instant MIDNIGHT =
            LocalDate.of(2026, 10, 25).atStartOfDay(TestCity.ZONE).toInstant();
    private static final HistorySpan DAY =
            new HistorySpan(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1)), null, TestCity.ZONE);
    private static final HistorySpan MONTH =
            new HistorySpan(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(30)), null, TestCity.ZONE);
    private static final HistorySpan YEAR =
            new HistorySpan(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(365)), null, TestCity.ZONE);

    private static SeriesGatherer gatherer(HistorySpan span) {
        SeriesGatherer gatherer = new SeriesGatherer("", BucketWidth.of(span).bounds(span), MIDNIGHT.toEpochMilli());
        gatherer.begin("a", "");
        return gatherer;
    }

    private static long micros(Duration after) {
        return HistorySpan.micros(MIDNIGHT.plus(after));
    }

    private static RollUp rollUp(Duration from, Duration to) {
        return RollUp.empty(micros(from), micros(to)).with(2).with(8);
    }

    @Test
    void bucketsBeginAtRoundTimesOfTheCityWhenTheClocksGoBack() {
        assertThat(BucketWidth.of(MONTH)).isEqualTo(BucketWidth.SIX_HOURS);
        assertThat(Arrays.stream(BucketWidth.of(MONTH).bounds(MONTH))
                        .mapToObj(HistorySpan::instant)
                        .map(at -> at.atZone(TestCity.ZONE).getHour()))
                .allMatch(hour -> hour % 6 == 0);
        long[] days = BucketWidth.DAY.bounds(YEAR);
        assertThat(days[1] - days[0]).isEqualTo(Duration.ofHours(25).toNanos() / 1_000);
        assertThat(days[2] - days[1]).isEqualTo(Duration.ofHours(24).toNanos() / 1_000);
    }

    @Test
    void sumsUpOnlyWhenThereAreMany() {
        SeriesGatherer gatherer = gatherer(DAY);
        long[] times = new long[BucketWidth.MOST];
        double[] values = new double[BucketWidth.MOST];
        for (int i = 0; i < times.length; i++) {
            times[i] = micros(Duration.ofMinutes(i));
            values[i] = i;
        }
        gatherer.numbers(times, values, 0, times.length);
        assertThat(gatherer.isMany()).isFalse();
        gatherer.numbers(new long[] {micros(Duration.ofHours(12))}, new double[] {-1}, 0, 1);
        assertThat(gatherer.isMany()).isTrue();
        Trace.Numbers means = (Trace.Numbers) gatherer.numbers(true);
        assertThat(means.samples().getFirst())
                .isEqualTo(new Sample(micros(Duration.ZERO), micros(Duration.ofMinutes(5)), 2, 0, 4, 5));
        assertThat(means.lowest().value()).isEqualTo(-1);
        assertThat(means.latest().value()).isEqualTo(-1);
        assertThat(means.count()).isEqualTo(BucketWidth.MOST + 1);
    }

    @Test
    void takesHoursAndDaysThatAreKeptInSum() {
        SeriesGatherer day = gatherer(DAY);
        day.rolledUp(rollUp(Duration.ofHours(3), Duration.ofHours(4)));
        assertThat(day.isMany()).isTrue();
        Trace.Numbers fine = (Trace.Numbers) day.numbers(true);
        assertThat(fine.areRolledUp()).isTrue();
        assertThat(fine.samples())
                .containsExactly(new Sample(micros(Duration.ofHours(3)), micros(Duration.ofHours(4)), 5, 2, 8, 2));

        SeriesGatherer month = gatherer(MONTH);
        month.rolledUp(rollUp(Duration.ofHours(2), Duration.ofHours(3)));
        month.numbers(new long[] {micros(Duration.ofHours(5))}, new double[] {11}, 0, 1);
        Trace.Numbers coarse = (Trace.Numbers) month.numbers(true);
        assertThat(coarse.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.value()).isEqualTo(7);
            assertThat(sample.least()).isEqualTo(2);
            assertThat(sample.most()).isEqualTo(11);
            assertThat(sample.count()).isEqualTo(3);
        });
    }

    @Test
    void readsOneDatasetOnly() {
        SeriesGatherer gatherer = gatherer(DAY);
        gatherer.begin("a", "urn:other");
        gatherer.numbers(new long[] {micros(Duration.ofHours(1))}, new double[] {1}, 0, 1);
        assertThat(gatherer.numbers(false)).isInstanceOf(Trace.Nothing.class);
    }

    @Test
    void axesHaveFewRoundTicks() {
        assertThat(ValueAxis.of(3, 47, true).ticks()).containsExactly(0.0, 20.0, 40.0, 60.0);
        assertThat(ValueAxis.of(-7, 12, false).ticks()).containsExactly(-10.0, -5.0, 0.0, 5.0, 10.0, 15.0);
        assertThat(ValueAxis.of(1012, 1018, false).ticks()).containsExactly(1012.0, 1014.0, 1016.0, 1018.0);
        assertThat(ValueAxis.of(0, 0, true).ticks()).containsExactly(0.0, 1.0);
        assertThat(ValueAxis.of(0, 0.04, false).decimals()).isEqualTo(2);
        for (HistorySpan span : new HistorySpan[] {DAY, MONTH, YEAR}) {
            assertThat(TimeAxis.ticks(span, Language.SLOVENE)).hasSizeBetween(4, 8);
        }
        assertThat(TimeAxis.ticks(DAY, Language.SLOVENE).get(1).label()).isEqualTo("3.00");
    }
}
