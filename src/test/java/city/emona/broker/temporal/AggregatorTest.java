package city.emona.broker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.emona.broker.temporal.AggregatedSeries.Result;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.json.Json;
import city.emona.store.HistoryPoint;
import city.emona.store.InstanceId;
import city.emona.store.RollUp;
import city.emona.time.IsoDuration;
import city.emona.time.Timestamps;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Aggregation over periods (clause 4.5.19), against a plain reckoning. */
class AggregatorTest {
    private static final ZoneId CITY = ZoneId.of("Europe/Ljubljana");
    private static final List<AggregationMethod> ALL = List.of(AggregationMethod.values());

    private static IsoDuration duration(String text) {
        return IsoDuration.parse(text).orElseThrow();
    }

    private static long micros(String time) {
        return Timestamps.parseMicros(time).orElseThrow();
    }

    private static HistoryPoint point(AttributeType type, String value) {
        return new HistoryPoint(
                new InstanceId(1, 0, 0),
                new AttributeInstance(type, Json.parse(value), "", null, null, null, 1, 1, 0, List.of()));
    }

    private static Aggregator of(String period, String anchor) {
        Aggregator aggregator =
                new Aggregator(Periods.of(duration(period), micros(anchor), CITY), micros(anchor), 0, ALL);
        aggregator.begin("urn:a", "");
        return aggregator;
    }

    private static List<String> lines(AggregatedSeries series, AggregationMethod method) {
        return series.results(method).stream()
                .map(r -> r.value() + " " + Timestamps.formatMicros(r.start()) + " " + Timestamps.formatMicros(r.end()))
                .toList();
    }

    @Test
    void agreesWithAPlainReckoningOfRandomNumbers() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (String period : List.of("PT5M", "PT1H", "PT0.000007S", "P1D", "P1M", "P1Y2M3DT4H5M6S", "P2W")) {
            long anchor = micros("2025-01-31T23:00:00Z") + random.nextInt(1_000_000);
            Periods periods = Periods.of(duration(period), anchor, CITY);
            Aggregator aggregator = new Aggregator(periods, Long.MIN_VALUE, 0, ALL);
            Map<Long, List<Double>> plain = new TreeMap<>();
            aggregator.begin("urn:a", "");
            long span = period.equals("PT0.000007S") ? 500 : 400L * 86_400_000_000L;
            for (int run = 0; run < 20; run++) {
                int size = 1 + random.nextInt(50);
                long[] times = new long[size + 2];
                double[] values = new double[size + 2];
                for (int i = 1; i <= size; i++) {
                    times[i] = anchor + random.nextLong(-span, span);
                    values[i] = random.nextInt(10) == 0 ? random.nextInt(5) : random.nextDouble(-1e3, 1e3);
                    plain.computeIfAbsent(start(periods, times[i]), _ -> new ArrayList<>())
                            .add(values[i]);
                }
                aggregator.numbers(times, values, 1, size + 1);
                long time = anchor + random.nextLong(-span, span);
                aggregator.point(time, point(AttributeType.PROPERTY, "7.5"));
                plain.computeIfAbsent(start(periods, time), _ -> new ArrayList<>())
                        .add(7.5);
            }
            compare(aggregator.results().getFirst(), plain);
        }
    }

    /** The beginning of the period of a time, found by going through the periods one by one. */
    private static long start(Periods periods, long time) {
        long index = 0;
        while (periods.start(index) > time) {
            index--;
        }
        while (periods.start(index + 1) <= time) {
            index++;
        }
        return periods.start(index);
    }

    private static void compare(AggregatedSeries series, Map<Long, List<Double>> plain) {
        for (AggregationMethod method : ALL) {
            List<Result> found = series.results(method);
            assertThat(found).extracting(Result::start).containsExactlyElementsOf(plain.keySet());
            for (Result result : found) {
                double[] values = plain.getOrDefault(result.start(), List.of()).stream()
                        .mapToDouble(d -> d)
                        .toArray();
                assertThat(result.value().doubleValue())
                        .as(method + " of " + values.length)
                        .isCloseTo(expected(method, values), within(1e-6));
            }
        }
    }

    private static double expected(AggregationMethod method, double[] values) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        return switch (method) {
            case TOTAL_COUNT -> values.length;
            case DISTINCT_COUNT -> DoubleStream.of(values).distinct().count();
            case SUM -> DoubleStream.of(values).sum();
            case AVG -> mean;
            case MIN -> DoubleStream.of(values).min().orElseThrow();
            case MAX -> DoubleStream.of(values).max().orElseThrow();
            case STDDEV ->
                Math.sqrt(DoubleStream.of(values)
                        .map(v -> (v - mean) * (v - mean))
                        .average()
                        .orElseThrow());
            case SUMSQ -> DoubleStream.of(values).map(v -> v * v).sum();
        };
    }

    @Test
    void keepsSmallDeviationsOfLargeNumbers() {
        Aggregator aggregator = of("PT1H", "2026-01-01T00:00:00Z");
        long time = micros("2026-01-01T00:10:00Z");
        aggregator.numbers(new long[] {time, time, time}, new double[] {1e9 + 1, 1e9 + 2, 1e9 + 3}, 0, 3);
        assertThat(aggregator
                        .results()
                        .getFirst()
                        .results(AggregationMethod.STDDEV)
                        .getFirst()
                        .value()
                        .doubleValue())
                .isCloseTo(Math.sqrt(2.0 / 3), within(1e-9));
    }

    @Test
    void addsHoursOfWhichTheInstancesAreNoLongerKept() {
        Aggregator aggregator = of("P1D", "2026-01-01T00:00:00Z");
        long hour = micros("2026-01-01T03:00:00Z");
        aggregator.rolledUp(
                RollUp.empty(hour, hour + 3_600_000_000L).with(1).with(3).withOther());
        aggregator.numbers(new long[] {hour + 3_600_000_000L}, new double[] {8}, 0, 1);
        long before = micros("2025-12-31T23:30:00Z");
        aggregator.rolledUp(RollUp.empty(before, before + 3_600_000_000L).with(0));
        AggregatedSeries series = aggregator.results().getFirst();
        List<String> found = ALL.stream()
                .map(series::results)
                .map(r -> r.isEmpty() ? "-" : r.getFirst().value().toString())
                .toList();
        double deviation = Math.sqrt((0 + 1 + 9 + 64) / 4.0 - 9);
        assertThat(String.join(" ", found)).startsWith("5 - 12.0 3.0 0.0 8.0 ").endsWith(" 74.0");
        assertThat(series.results(AggregationMethod.STDDEV).getFirst().value().doubleValue())
                .isCloseTo(deviation, within(1e-9));
        assertThat(series.results(AggregationMethod.SUM)).hasSize(1);
    }

    @Test
    void foldsEachKindOfValueAsItsTableSays() {
        assertResults("[\"b\",\"a\",\"b\"]", AttributeType.PROPERTY, "3 2 - - \"a\" \"b\" - -");
        assertResults(
                "[true,false,true]",
                AttributeType.PROPERTY,
                "3 2 2.0 0.6666666666666666 0.0 1.0 0.4714045207910317 2.0");
        assertResults("[[1,2],[],[3]]", AttributeType.LIST_PROPERTY, "3 3 3.0 1.0 0.0 2.0 - -");
        assertResults("[{\"x\":1},{\"x\":1}]", AttributeType.PROPERTY, "2 1 - - - - - -");
        assertResults("[\"urn:a\",[\"urn:a\",\"urn:b\"]]", AttributeType.RELATIONSHIP, "2 2 - - - - - -");
        assertResults(
                "[\"08:00:00Z\",\"09:00:01Z\"]",
                AttributeType.PROPERTY,
                "2 2 - \"08:30:00.500Z\" \"08:00:00Z\" \"09:00:01Z\" - -");
        assertResults(
                "[\"2026-02-01\",{\"@type\":\"Date\",\"@value\":\"2026-01-01\"}]",
                AttributeType.PROPERTY,
                "2 2 - - \"2026-01-01\" \"2026-02-01\" - -");
        assertResults(
                "[\"2026-02-01T10:00:00Z\",\"2026-02-01T09:59:59.999Z\"]",
                AttributeType.PROPERTY,
                "2 2 - - \"2026-02-01T09:59:59.999Z\" \"2026-02-01T10:00:00Z\" - -");
        assertResults("[{\"@type\":\"URI\",\"@value\":\"urn:x\"}]", AttributeType.PROPERTY, "1 1 - - - - - -");
        assertResults("[{\"en\":\"x\"},{\"en\":\"y\"}]", AttributeType.LANGUAGE_PROPERTY, "2 2 - - - - - -");
        assertResults("[4,4.0,\"urn:ngsi-ld:null\"]", AttributeType.PROPERTY, "2 1 8.0 4.0 4.0 4.0 0.0 32.0");
    }

    private static void assertResults(String values, AttributeType type, String expected) {
        Aggregator aggregator = of("PT1H", "2026-01-01T00:00:00Z");
        for (JsonNode value : Json.parse(values)) {
            aggregator.point(micros("2026-01-01T00:30:00Z"), point(type, value.toString()));
        }
        AggregatedSeries series = aggregator.results().getFirst();
        assertThat(series.type()).isEqualTo(type);
        List<String> found = ALL.stream()
                .map(series::results)
                .map(r -> r.isEmpty() ? "-" : r.getFirst().value().toString())
                .toList();
        assertThat(String.join(" ", found)).as(values).isEqualTo(expected);
    }

    @Test
    void monthsAndDaysFollowTheCitysTimeZoneAcrossTheChangeOfClocks() {
        Aggregator months = of("P1M", "2026-02-28T23:00:00Z");
        Aggregator days = of("P1D", "2026-02-28T23:00:00Z");
        long[] times = {
            micros("2026-03-28T23:30:00Z"),
            micros("2026-03-29T21:59:59Z"),
            micros("2026-03-31T21:59:59Z"),
            micros("2026-03-31T22:00:00Z")
        };
        double[] values = {1, 2, 3, 4};
        months.numbers(times, values, 0, 4);
        days.numbers(times, values, 0, 4);
        assertThat(lines(months.results().getFirst(), AggregationMethod.SUM))
                .containsExactly(
                        "6.0 2026-02-28T23:00:00Z 2026-03-31T22:00:00Z",
                        "4.0 2026-03-31T22:00:00Z 2026-04-30T22:00:00Z");
        assertThat(lines(days.results().getFirst(), AggregationMethod.SUM))
                .containsExactly(
                        "3.0 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
                        "3.0 2026-03-30T22:00:00Z 2026-03-31T22:00:00Z",
                        "4.0 2026-03-31T22:00:00Z 2026-04-01T22:00:00Z");
    }

    @Test
    void monthsFromTheLastDayOfAMonthEndOnTheLastDayOfShorterOnes() {
        Periods months = Periods.of(duration("P1M"), micros("2026-01-31T11:00:00Z"), CITY);
        assertThat(Timestamps.formatMicros(months.start(1))).isEqualTo("2026-02-28T11:00:00Z");
        assertThat(Timestamps.formatMicros(months.start(2))).isEqualTo("2026-03-31T10:00:00Z");
        assertThat(months.index(micros("2026-02-28T11:00:00Z"))).isEqualTo(1);
        assertThat(months.index(micros("2026-01-31T10:59:59Z"))).isEqualTo(-1);
    }

    @Test
    void endlessPeriodsEndWithTheCalendar() {
        Periods endless = Periods.of(duration("P999999999Y"), micros("2026-01-31T11:00:00Z"), CITY);
        assertThat(endless.index(micros("2030-01-01T00:00:00Z"))).isZero();
        assertThat(Timestamps.formatMicros(endless.start(1))).isEqualTo("9999-12-31T23:59:59.999999Z");
    }
}
