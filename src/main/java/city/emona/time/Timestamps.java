package city.emona.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** Date-times of NGSI-LD: ISO 8601 in UTC with a trailing Z and up to six fraction digits (ETSI GS CIM 009 clause 4.6.3). */
public final class Timestamps {
    /** The places of digits and signs where there is no fraction. */
    private static final String PLAIN = "0000-00-00T00:00:00Z";

    /** Where a fraction begins. */
    private static final int FRACTION = PLAIN.length() - 1;

    private static final int MOST_FRACTION_DIGITS = 6;

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
        int end = text.length() - 1;
        if (end < FRACTION || text.charAt(end) != 'Z' || !isPlainUpTo(FRACTION, text)) {
            return OptionalLong.empty();
        }
        int fraction = end == FRACTION ? 0 : parseFraction(text, end);
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        if (fraction < 0 || hour > 23 || minute > 59 || second > 59) {
            return OptionalLong.empty();
        }
        try {
            int year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
            long days =
                    LocalDate.of(year, twoDigits(text, 5), twoDigits(text, 8)).toEpochDay();
            return OptionalLong.of((((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + fraction);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** The microseconds that the digits between a point or comma and the end are; -1 when they are no fraction. */
    private static int parseFraction(String text, int end) {
        char sign = text.charAt(FRACTION);
        int digits = end - FRACTION - 1;
        if ((sign != '.' && sign != ',') || digits < 1 || digits > MOST_FRACTION_DIGITS) {
            return -1;
        }
        int micros = 0;
        for (int i = 0; i < MOST_FRACTION_DIGITS; i++) {
            char digit = i < digits ? text.charAt(FRACTION + 1 + i) : '0';
            if (digit < '0' || digit > '9') {
                return -1;
            }
            micros = micros * 10 + digit - '0';
        }
        return micros;
    }

    /**
     * Whether a text is a date-time of whole seconds on a day that every month has, as most are; what is none of these may still be a
     * date-time.
     */
    public static boolean isPlain(String text) {
        return text.length() == PLAIN.length()
                && isPlainUpTo(PLAIN.length(), text)
                && isBetween(text, 5, 1, 12)
                && isBetween(text, 8, 1, 28)
                && isBetween(text, 11, 0, 23)
                && isBetween(text, 14, 0, 59)
                && isBetween(text, 17, 0, 59);
    }

    /** Whether digits and signs stand in their places, as far as is asked. */
    private static boolean isPlainUpTo(int end, String text) {
        for (int i = 0; i < end; i++) {
            char wanted = PLAIN.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(String text, int at, int least, int most) {
        int number = twoDigits(text, at);
        return number >= least && number <= most;
    }

    private static int twoDigits(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
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
