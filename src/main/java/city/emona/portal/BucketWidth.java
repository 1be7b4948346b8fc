package city.emona.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** The round spans of time into which many values are summed up, by the clock and the calendar of the city. */
enum BucketWidth {
    FIVE_MINUTES("5m", 300),
    QUARTER("15m", 900),
    HOUR("1h", 3_600),
    SIX_HOURS("6h", 21_600),
    DAY("1d", 86_400),
    WEEK("1w", 604_800),
    MONTH("1M", 2_592_000),
    YEAR("1y", 31_536_000);

    /** How many values a chart shows; a year has a day for each. */
    static final int MOST = 370;

    private final String code;
    private final long seconds;

    BucketWidth(String code, long aboutSeconds) {
        this.code = code;
        this.seconds = aboutSeconds;
    }

    /** The last part of the keys of its texts. */
    String code() {
        return code;
    }

    /** The smallest width of which not too many fill the span. */
    static BucketWidth of(HistorySpan span) {
        long length = ChronoUnit.SECONDS.between(span.from(), span.to());
        for (BucketWidth width : values()) {
            if (length / width.seconds < MOST) {
                return width;
            }
        }
        return YEAR;
    }

    /** Where buckets begin, in epoch microseconds: the first at or before the span's beginning, the last at or behind its end. */
    long[] bounds(HistorySpan span) {
        long[] bounds = new long[2 * MOST];
        int size = 0;
        if (seconds <= HOUR.seconds) {
            long step = 1_000_000 * seconds;
            long at = Math.floorDiv(span.fromMicros(), step) * step;
            bounds[size++] = at;
            while (at < span.toMicros()) {
                at += step;
                bounds[size++] = at;
            }
        } else {
            LocalDateTime at = floor(span.from().atZone(span.zone()).toLocalDateTime());
            Instant begin = at.atZone(span.zone()).toInstant();
            bounds[size++] = HistorySpan.micros(begin);
            while (begin.isBefore(span.to())) {
                at = next(at);
                begin = at.atZone(span.zone()).toInstant();
                bounds[size++] = HistorySpan.micros(begin);
            }
        }
        return Arrays.copyOf(bounds, size);
    }

    private LocalDateTime floor(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        return switch (this) {
            case FIVE_MINUTES, QUARTER, HOUR, SIX_HOURS -> {
                int hours = (int) (seconds / HOUR.seconds);
                yield day.atTime(LocalTime.of(time.getHour() / hours * hours, 0));
            }
            case DAY -> day.atStartOfDay();
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L).atStartOfDay();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay();
            case YEAR -> day.withDayOfYear(1).atStartOfDay();
        };
    }

    private LocalDateTime next(LocalDateTime begin) {
        return switch (this) {
            case FIVE_MINUTES, QUARTER, HOUR, SIX_HOURS -> begin.plusSeconds(seconds);
            case DAY -> begin.plusDays(1);
            case WEEK -> begin.plusWeeks(1);
            case MONTH -> begin.plusMonths(1);
            case YEAR -> begin.plusYears(1);
        };
    }
}
