package city.emona.store.local;

import city.emona.time.Timestamps;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How date-times are spelt, as a small number, so that a text can be made again from its time. */
final class ObservedText {
    /** There is no text. */
    static final int ABSENT = 15;

    /** The text is spelt in another way. */
    static final int OTHER = 14;

    private static final int COMMA = 7;
    private static final int MOST_DIGITS = 6;

    private ObservedText() {}

    /** The style of a text: how many digits its fraction has, and 7 more where a comma stands before them. */
    static int styleOf(@Nullable String text, long micros) {
        if (text == null) {
            return ABSENT;
        }
        int separator = "0000-00-00T00:00:00".length();
        boolean fraction = text.length() > separator && text.charAt(separator) != 'Z';
        int digits = fraction ? text.length() - separator - 2 : 0;
        if (digits > MOST_DIGITS || digits < 0) {
            return OTHER;
        }
        int style = digits + (fraction && text.charAt(separator) == ',' ? COMMA : 0);
        return style < OTHER && text.equals(text(style, micros)) ? style : OTHER;
    }

    /** The text of a time in a style that is neither {@link #ABSENT} nor {@link #OTHER}. */
    static String text(int style, long micros) {
        int digits = style % COMMA;
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(27);
        padded(text, time.getYear(), 4).append('-');
        padded(text, time.getMonthValue(), 2).append('-');
        padded(text, time.getDayOfMonth(), 2).append('T');
        padded(text, time.getHour(), 2).append(':');
        padded(text, time.getMinute(), 2).append(':');
        padded(text, time.getSecond(), 2);
        if (digits > 0) {
            text.append(style >= COMMA ? ',' : '.');
            int start = text.length();
            padded(text, (int) Math.floorMod(micros, 1_000_000L), MOST_DIGITS);
            text.setLength(start + digits);
        }
        return text.append('Z').toString();
    }

    private static StringBuilder padded(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }

    /** A text's time in epoch microseconds. */
    static long micros(String text) {
        return Timestamps.parseMicros(text)
                .orElseThrow(() -> new IllegalArgumentException(text + " is not a date-time"));
    }
}
