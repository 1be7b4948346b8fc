package city.emona.vertical.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/** The notations of time in feeds, in UTC. */
final class LocalTimes {
    /** The zone of times that come without one. */
    static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd[' ']['T']HH:mm[:ss]");
    private static final Pattern POSIX = Pattern.compile("\\d{1,11}");

    private LocalTimes() {}

    /**
     * A local civil time in UTC. Of a time that occurs twice, in autumn, it is the first.
     *
     * @throws RecordRejected when the text is no time, or the time does not occur, in spring
     */
    static String utc(String local) {
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(local, LOCAL);
        } catch (DateTimeException _) {
            throw notATime(local);
        }
        List<ZoneOffset> offsets = ZONE.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new RecordRejected(
                    "Časa »" + local + "« ni: takrat se ura prestavi naprej.",
                    "The time »" + local + "« does not exist: the clocks go forward then.");
        }
        return time.toInstant(offsets.getFirst()).toString();
    }

    /** POSIX seconds, or a time with its offset, in UTC; digits behind the millisecond are cut off. */
    static Object instant(Object time) {
        if (time instanceof Number seconds) {
            return Instant.ofEpochSecond(seconds.longValue()).toString();
        }
        String text = time.toString().strip();
        try {
            return POSIX.matcher(text).matches()
                    ? Instant.ofEpochSecond(Long.parseLong(text)).toString()
                    : OffsetDateTime.parse(text)
                            .toInstant()
                            .truncatedTo(ChronoUnit.MILLIS)
                            .toString();
        } catch (DateTimeException _) {
            throw notATime(text);
        }
    }

    private static RecordRejected notATime(String text) {
        return new RecordRejected("»" + text + "« ni čas.", "»" + text + "« is not a time.");
    }
}
