package city.emona.portal;

import city.emona.portal.ChartView.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;

/** The axis of time under charts, by the clock and the calendar of the city: few ticks at round times. */
final class TimeAxis {
    private static final int MOST = 8;
    private static final double EDGE = 7;
    private static final Period WEEK = Period.ofDays(7);

    /** The distances between ticks; days begin at midnight, and what is longer at the first of a month or year. */
    private static final List<TemporalAmount> STEPS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Period.ofDays(1),
            Period.ofDays(2),
            WEEK,
            Period.ofMonths(1),
            Period.ofMonths(2),
            Period.ofMonths(3),
            Period.ofMonths(6),
            Period.ofYears(1),
            Period.ofYears(2),
            Period.ofYears(5),
            Period.ofYears(10),
            Period.ofYears(50));

    private TimeAxis() {}

    static List<Tick> ticks(HistorySpan span, Language language) {
        for (TemporalAmount step : STEPS) {
            List<LocalDateTime> times = times(span, step);
            if (times.size() <= MOST) {
                List<Tick> ticks = new ArrayList<>();
                for (int i = 0; i < times.size(); i++) {
                    ticks.add(tick(span, times.get(i), step, i, times.size(), language));
                }
                return ticks;
            }
        }
        return List.of();
    }

    /** The round times in the span, as far as one more than are wanted. */
    private static List<LocalDateTime> times(HistorySpan span, TemporalAmount step) {
        LocalDateTime at = start(span.from().atZone(span.zone()).toLocalDateTime(), step);
        List<LocalDateTime> times = new ArrayList<>();
        while (times.size() <= MOST) {
            Instant instant = at.atZone(span.zone()).toInstant();
            if (!instant.isBefore(span.to())) {
                break;
            }
            if (!instant.isBefore(span.from())) {
                times.add(at);
            }
            at = at.plus(step);
        }
        return times;
    }

    private static LocalDateTime start(LocalDateTime from, TemporalAmount step) {
        LocalDate day = from.toLocalDate();
        return switch (step) {
            case Duration _ when Duration.from(step).toHours() == 0 -> day.atTime(from.getHour(), 0);
            case Period period
            when period.getYears() > 0 ->
                LocalDate.of(day.getYear() / period.getYears() * period.getYears(), 1, 1)
                        .atStartOfDay();
            case Period period
            when period.getMonths() > 0 -> LocalDate.of(day.getYear(), 1, 1).atStartOfDay();
            case Period period
            when period.equals(WEEK) ->
                day.minusDays(day.getDayOfWeek().getValue() - 1L).atStartOfDay();
            default -> day.atStartOfDay();
        };
    }

    private static Tick tick(
            HistorySpan span, LocalDateTime time, TemporalAmount step, int index, int count, Language language) {
        double percent =
                100 * span.share(HistorySpan.micros(time.atZone(span.zone()).toInstant()));
        String anchor = percent < EDGE ? "start" : percent > 100 - EDGE ? "end" : "middle";
        boolean isNarrow = count <= 5 || index % 2 == 0;
        return new Tick(Drawing.number(percent), label(span, time, step, language), anchor, isNarrow);
    }

    private static String label(HistorySpan span, LocalDateTime time, TemporalAmount step, Language language) {
        Format format = Format.of(language);
        LocalDate day = time.toLocalDate();
        if (step instanceof Period period && period.getYears() > 0) {
            return Integer.toString(day.getYear());
        }
        if (step instanceof Period period && period.getMonths() > 0) {
            return day.getMonthValue() == 1 ? Integer.toString(day.getYear()) : format.shortMonth(day);
        }
        boolean isDay = step instanceof Period || time.equals(day.atStartOfDay());
        return isDay
                ? format.day(day)
                : span.time(language).time(time.atZone(span.zone()).toInstant());
    }
}
