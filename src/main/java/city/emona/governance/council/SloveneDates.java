package city.emona.governance.council;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds days as people write them in Slovene: 15. 9. 2023, 15.09.2023, 15. septembra 2023, and in ISO form. */
final class SloveneDates {
    private static final List<String> MONTHS = List.of(
            "jan(?:uar(?:ja)?)?",
            "feb(?:ruar(?:ja)?)?",
            "mar(?:ec|ca)?",
            "apr(?:il(?:a)?)?",
            "maj(?:a)?",
            "jun(?:ij(?:a)?)?",
            "jul(?:ij(?:a)?)?",
            "avg(?:ust(?:a)?)?",
            "sep(?:t|tember|tembra)?",
            "okt(?:ober|obra)?",
            "nov(?:ember|embra)?",
            "dec(?:ember|embra)?");
    private static final Pattern DATE = Pattern.compile(
            "(?<!\\d)(?<isoYear>\\d{4})-(?<isoMonth>\\d{2})-(?<isoDay>\\d{2})(?!\\d)"
                    + "|(?<!\\d)(?<day>\\d{1,2})\\s*\\.\\s*(?<month>\\d{1,2})\\s*\\.\\s*(?<year>\\d{4})(?!\\d)"
                    + "|(?<!\\d)(?<wordDay>\\d{1,2})\\s*\\.?\\s*(?<word>" + String.join("|", MONTHS)
                    + ")\\.?\\s+(?<wordYear>\\d{4})(?!\\d)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private SloveneDates() {}

    /**
     * A day in a text, and where it stands.
     *
     * @param date null when the text has the form of a day that the calendar does not have
     */
    record Found(@Nullable LocalDate date, String text, int start, int end) {}

    /** The first day of a text. */
    static Optional<Found> find(String text) {
        return all(text).stream().findFirst();
    }

    /** All days of a text, in their order. */
    static List<Found> all(String text) {
        Matcher matcher = DATE.matcher(text);
        List<Found> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(found(matcher));
        }
        return all;
    }

    private static Found found(Matcher matcher) {
        return new Found(date(matcher), matcher.group(), matcher.start(), matcher.end());
    }

    private static @Nullable LocalDate date(Matcher matcher) {
        try {
            if (matcher.group("isoYear") != null) {
                return LocalDate.parse(matcher.group());
            }
            if (matcher.group("word") != null) {
                return LocalDate.of(
                        number(matcher, "wordYear"), month(matcher.group("word")), number(matcher, "wordDay"));
            }
            return LocalDate.of(number(matcher, "year"), number(matcher, "month"), number(matcher, "day"));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(Objects.requireNonNull(matcher.group(group)));
    }

    private static int month(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (lower.matches(MONTHS.get(i))) {
                return i + 1;
            }
        }
        throw new DateTimeException("no month " + word);
    }
}
