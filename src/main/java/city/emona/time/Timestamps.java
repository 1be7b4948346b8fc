package city.emona.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Date-times of NGSI-LD: ISO 8601 in UTC with a trailing Z and up to six fraction digits (ETSI GS CIM 009 clause 4.6.3). */
public final class Timestamps {
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,6}))?Z");

    /** The places of digits and signs in {@link #isPlain}. */
    private static final String PLAIN = "0000-00-00T00:00:00Z";

    /** The first and the last moment that a date-time can name, in epoch microseconds. */
    private static final long FIRST_MICROS = LocalDateTime.of(0, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * 1_000_000;

    private static final long LAST_MICROS =
            LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * 1_000_000 - 1;

    private Timestamps() {}

    /** The text as epoch milliseconds; empty when it is not a date-time. Digits behind the millisecond are cut off. */
    public static OptionalLong parse(String text) {
        OptionalLong micros = parseMicros(text);
        return micros.isEmpty() ? micros : OptionalLong.of(Math.floorDiv(micros.getAsLong(), 1_000L));
    }

    /** The text as epoch microseconds; empty when it is not a date-time. */
    public static OptionalLong parseMicros(String text) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        try {
            long seconds = LocalDateTime.of(
                            number(parts.group(1)),
                            number(parts.group(2)),
                            number(parts.group(3)),
                            number(parts.group(4)),
                            number(parts.group(5)),
                            number(parts.group(6)))
                    .toEpochSecond(ZoneOffset.UTC);
            String fraction = parts.group(7);
            long micros = fraction == null ? 0 : number((fraction + "00000").substring(0, 6));
            return OptionalLong.of(seconds * 1_000_000 + micros);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Whether a text is a date-time of whole seconds on a day that every month has, as most are; what is none of these may still be a
     * date-time.
     */
    public static boolean isPlain(String text) {
        if (text.length() != PLAIN.length()) {
            return false;
        }
        for (int i = 0; i < PLAIN.length(); i++) {
            char wanted = PLAIN.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return isBetween(text, 5, 1, 12)
                && isBetween(text, 8, 1, 28)
                && isBetween(text, 11, 0, 23)
                && isBetween(text, 14, 0, 59)
                && isBetween(text, 17, 0, 59);
    }

    private static boolean isBetween(String text, int at, int least, int most) {
        int number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return number >= least && number <= most;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /**
     * Epoch microseconds as a date-time, with six fraction digits, three or none; what is beyond the years from 0 to 9999 as the first or
     * the last moment of them.
     */
    public static String formatMicros(long epochMicros) {
        long bounded = Math.clamp(epochMicros, FIRST_MICROS, LAST_MICROS);
        return Instant.EPOCH.plus(bounded, ChronoUnit.MICROS).toString();
    }

    /** Epoch milliseconds as a date-time, with three fraction digits or none. */
    public static String format(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
