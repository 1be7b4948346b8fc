package city.emona.vertical.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The notations of time in feeds, in UTC. */
final class LocalTimes {
    /** The zone of times that come without one. */
    static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");

    private static final List<DateTimeFormatter> TIMES =
            List.of(form("uuuu-MM-dd[' ']['T']HH:mm[:ss]"), form("d.[ ]M.[ ]uuuu[,] H[.][:]mm[[.][:]ss]"));

    private static final List<DateTimeFormatter> DAYS =
            List.of(form("uuuu-MM-dd['T'HH:mm[:ss]]"), form("d.[ ]M.[ ]uuuu"), form("uuuu/MM/dd"), form("d-MMM-uuuu"));

    private static final Pattern POSIX = Pattern.compile("\\d{1,11}");
    private static final Pattern NAMED_MONTH = Pattern.compile("\\d [A-Z][a-z]{2} \\d");

    private LocalTimes() {}

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static <T> T parse(String text, List<DateTimeFormatter> forms, TemporalQuery<T> query) {
        String plain = text.replace('\u00a0', ' ');
        for (DateTimeFormatter form : forms) {
            try {
                return form.parse(plain, query);
            } catch (DateTimeException _) {
                // because: the next form may fit
            }
        }
        throw notATime(text);
    }

    /**
     * A day, without its time, as ISO 8601 writes it: of {@code 7. 1. 2026}, {@code 07.01.2026}, {@code 1997/09/03}, {@code 04-MAR-2020} or
     * {@code 2026-01-07T00:00}.
     *
     * @throws RecordRejected when the text is no day
     */
    static String date(String text) {
        return parse(text, DAYS, LocalDate::from).toString();
    }

    /**
     * A local civil time in UTC. Of a time that occurs twice, in autumn, it is the first.
     *
     * @throws RecordRejected when the text is no time, or the time does not occur, in spring
     */
    static String utc(String local) {
        LocalDateTime time = parse(local, TIMES, LocalDateTime::from);
        List<ZoneOffset> offsets = ZONE.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new RecordRejected(
                    "Časa »" + local + "« ni: takrat se ura prestavi naprej.",
                    "The time »" + local + "« does not exist: the clocks go forward then.");
        }
        return time.toInstant(offsets.getFirst()).toString();
    }

    /**
     * POSIX seconds, or a time with its offset as in RFC 3339 or RFC 1123 ({@code 18 Jun 2026 08:40:00 +0000}), in UTC; digits behind the
     * millisecond are cut off.
     */
    static Object instant(Object time) {
        if (time instanceof Number seconds) {
            return Instant.ofEpochSecond(seconds.longValue()).toString();
        }
        String text = time.toString().strip();
        try {
            if (POSIX.matcher(text).matches()) {
                return Instant.ofEpochSecond(Long.parseLong(text)).toString();
            }
            DateTimeFormatter notation = NAMED_MONTH.matcher(text).find()
                    ? DateTimeFormatter.RFC_1123_DATE_TIME
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME;
            OffsetDateTime parsed = OffsetDateTime.parse(text, notation);
            return parsed.toInstant().truncatedTo(ChronoUnit.MILLIS).toString();
        } catch (DateTimeException _) {
            throw notATime(text);
        }
    }

    private static RecordRejected notATime(String text) {
        return new RecordRejected("»" + text + "« ni čas.", "»" + text + "« is not a time.");
    }
}
