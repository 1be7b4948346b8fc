package city.emona.vertical.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as servers wrote it for pages of their own: in the call of a function, {@code name({…});}, and with {@code new Date(2026,10,25,8,30)}
 * in the place of times. Nothing is run: the call is taken off, and a date becomes a text in UTC, its month counted from 0 as in the language.
 */
final class JavaScriptData {
    private static final Pattern CALL = Pattern.compile("^\\s*[A-Za-z_$][\\w$.]{0,100}\\s*\\(|^\\s*\\(");
    private static final Pattern DATE = Pattern.compile("new Date\\(([-\\d, ]{1,60})\\)");

    private JavaScriptData() {}

    /** The same as JSON; a text that is no such call stays as it is. */
    static String asJson(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.find()) {
            return text;
        }
        int end = text.stripTrailing().length();
        while (end > call.end() && text.charAt(end - 1) == ';') {
            end--;
        }
        return end > call.end() && text.charAt(end - 1) == ')' ? withDates(text.substring(call.end(), end - 1)) : text;
    }

    /** Replaces dates, but not inside of strings. */
    private static String withDates(String json) {
        StringBuilder result = new StringBuilder(json.length());
        Matcher date = DATE.matcher(json);
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char sign = json.charAt(i);
            if (inString && sign == '\\') {
                result.append(sign).append(json, i + 1, Math.min(i + 2, json.length()));
                i++;
            } else if (!inString && sign == 'n' && date.region(i, json.length()).lookingAt()) {
                result.append(time(date.group(1)));
                i = date.end() - 1;
            } else {
                inString ^= sign == '"';
                result.append(sign);
            }
        }
        return result.toString();
    }

    /** A time as a JSON string; null for arguments that are no date. */
    private static String time(String arguments) {
        String[] parts = arguments.replace(" ", "").split(",", -1);
        int[] numbers = {1970, 0, 1, 0, 0, 0, 0};
        try {
            if (parts.length == 1) {
                return "\"" + Instant.ofEpochMilli(Long.parseLong(parts[0])) + "\"";
            }
            for (int i = 0; i < parts.length && i < numbers.length; i++) {
                numbers[i] = Integer.parseInt(parts[i]);
            }
            LocalDateTime time = LocalDateTime.of(
                            numbers[0], numbers[1] + 1, numbers[2], numbers[3], numbers[4], numbers[5])
                    .plus(numbers[6], ChronoUnit.MILLIS);
            return "\"" + time.toInstant(ZoneOffset.UTC) + "\"";
        } catch (DateTimeException | NumberFormatException _) {
            return "null";
        }
    }
}
