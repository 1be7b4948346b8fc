package city.emona.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration of ISO 8601, such as {@code P1DT12H} or {@code P2W} (ETSI GS CIM 009 clause 4.5.19.1).
 *
 * @param dates the years, months and days, which are of different lengths
 * @param time the hours, minutes and seconds
 */
public record IsoDuration(Period dates, Duration time) {
    /** No time at all. */
    public static final IsoDuration ZERO = new IsoDuration(Period.ZERO, Duration.ZERO);

    private static final String NUMBER = "(\\d{1,9})";
    private static final Pattern DURATION =
            Pattern.compile("P(?!$)(?:" + NUMBER + "W|(?:" + NUMBER + "Y)?(?:" + NUMBER + "M)?(?:" + NUMBER
                    + "D)?(?:T(?!$)(?:" + NUMBER + "H)?(?:" + NUMBER + "M)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)S)?)?)");

    /** Reads a duration; empty when the text is none. */
    public static Optional<IsoDuration> parse(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Period dates = parts.group(1) == null
                ? Period.of(number(parts, 2), number(parts, 3), number(parts, 4))
                : Period.ofDays(Math.toIntExact(Math.min(Integer.MAX_VALUE, 7L * number(parts, 1))));
        String seconds = parts.group(7);
        Duration time = Duration.ofHours(number(parts, 5))
                .plusMinutes(number(parts, 6))
                .plus(seconds == null ? Duration.ZERO : Duration.parse("PT" + seconds + "S"));
        return Optional.of(new IsoDuration(dates, time));
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether it takes no time. */
    public boolean isZero() {
        return dates.isZero() && time.isZero();
    }

    /** The time that is this long after another, in epoch milliseconds; the last of all times when it is beyond. */
    public long after(long epochMillis) {
        try {
            return Instant.ofEpochMilli(epochMillis)
                    .atOffset(ZoneOffset.UTC)
                    .plus(dates)
                    .plus(time)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
