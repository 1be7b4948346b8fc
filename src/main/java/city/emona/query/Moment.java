package city.emona.query;

import city.emona.time.Timestamps;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time of day or a date-time (ETSI GS CIM 009 clause 4.6.3).
 *
 * @param micros microseconds since the epoch, or since midnight for a time of day
 */
public record Moment(Kind kind, long micros) implements Comparable<Moment> {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME = Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,6}))?Z");
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    /** The three kinds, in the order in which mixed values are sorted (clause 4.23.2). */
    public enum Kind {
        TIME,
        DATE,
        DATE_TIME
    }

    /** The moment that a text spells; null when it spells none. */
    public static @Nullable Moment parse(String text) {
        int length = text.length();
        if (length < 9 || length > 27 || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return null;
        }
        if (text.charAt(2) == ':') {
            return time(text);
        }
        return length == 10 ? date(text) : dateTime(text);
    }

    static Moment ofEpochMillis(long millis) {
        return new Moment(Kind.DATE_TIME, Math.multiplyExact(millis, 1_000L));
    }

    private static @Nullable Moment dateTime(String text) {
        OptionalLong micros = Timestamps.parseMicros(text);
        return micros.isEmpty() ? null : new Moment(Kind.DATE_TIME, micros.getAsLong());
    }

    private static @Nullable Moment date(String text) {
        if (!DATE.matcher(text).matches()) {
            return null;
        }
        try {
            return new Moment(Kind.DATE, LocalDate.parse(text).toEpochDay() * MICROS_OF_DAY);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Moment time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int hours = Integer.parseInt(parts.group(1));
        int minutes = Integer.parseInt(parts.group(2));
        int seconds = Integer.parseInt(parts.group(3));
        if (hours > 23 || minutes > 59 || seconds > 59) {
            return null;
        }
        String fraction = parts.group(4);
        long micros = fraction == null ? 0 : Integer.parseInt((fraction + "00000").substring(0, 6));
        return new Moment(Kind.TIME, ((hours * 60L + minutes) * 60 + seconds) * 1_000_000 + micros);
    }

    /** The order of time; moments of different kinds are in the order of their kinds. */
    @Override
    public int compareTo(Moment other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Long.compare(micros, other.micros);
    }
}
