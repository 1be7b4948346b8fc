package city.emona.portal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Objects;

/**
 * How numbers and days are written in a language: Slovene as in the acts of the city (26. 6. 2023 and 1.234,5), English plainly (26 June
 * 2023 and 1,234.5). Spaces inside never break. Moments need the city's clocks: see {@link CityTime}.
 */
public final class Format {
    /** A space at which no line breaks. */
    public static final char NBSP = '\u00a0';

    /** The minus sign. */
    private static final char MINUS = '\u2212';

    private static final Format SLOVENE = new Format(Language.SLOVENE);
    private static final Format ENGLISH = new Format(Language.ENGLISH);

    private final Language language;

    private Format(Language language) {
        this.language = language;
    }

    public static Format of(Language language) {
        return switch (language) {
            case SLOVENE -> SLOVENE;
            case ENGLISH -> ENGLISH;
        };
    }

    /** A number with as many decimal places as given, rounded half up. */
    public String number(double value, int decimals) {
        BigDecimal rounded = new BigDecimal(Double.toString(value)).setScale(decimals, RoundingMode.HALF_UP);
        String plain = rounded.abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        StringBuilder out = new StringBuilder();
        if (rounded.signum() < 0) {
            out.append(MINUS);
        }
        out.append(grouped(whole));
        if (point >= 0) {
            out.append(language == Language.SLOVENE ? ',' : '.').append(plain, point + 1, plain.length());
        }
        return out.toString();
    }

    /** A whole number. */
    public String number(long value) {
        return (value < 0 ? String.valueOf(MINUS) : "") + grouped(Long.toString(Math.abs(value)));
    }

    private String grouped(String digits) {
        if (digits.length() <= (language == Language.SLOVENE ? 4 : 3)) {
            return digits;
        }
        char separator = language == Language.SLOVENE ? '.' : ',';
        StringBuilder out = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            out.insert(at, separator);
        }
        return out.toString();
    }

    /** A number with its unit behind a space that does not break; an empty unit leaves the number alone. */
    public String quantity(double value, int decimals, String unit) {
        String number = number(value, decimals);
        return unit.isEmpty() ? number : number + NBSP + unit;
    }

    /** A day: 26. 6. 2023, or 26 June 2023. */
    public String date(LocalDate date) {
        return switch (language) {
            case SLOVENE -> date.getDayOfMonth() + "." + NBSP + date.getMonthValue() + "." + NBSP + date.getYear();
            case ENGLISH -> date.getDayOfMonth() + "" + NBSP + month(date) + NBSP + date.getYear();
        };
    }

    private static String month(LocalDate date) {
        return date.getMonth().getDisplayName(TextStyle.FULL, Locale.UK);
    }

    /** A day without its year: 26. 6., or 26 June. */
    public String day(LocalDate date) {
        return switch (language) {
            case SLOVENE -> date.getDayOfMonth() + "." + NBSP + date.getMonthValue() + ".";
            case ENGLISH -> date.getDayOfMonth() + "" + NBSP + month(date);
        };
    }

    /** A month in short, as an axis has it: jan., or Jan. */
    String shortMonth(LocalDate date) {
        return date.getMonth().getDisplayName(TextStyle.SHORT, language.locale());
    }

    /** A count with the right form of its noun: the catalogue has the forms under {@code key.one}, {@code .two}, {@code .few}, {@code .many}. */
    public String count(long count, String key) {
        return Texts.of(language).text(key + "." + plural(count), number(count));
    }

    /** Which of the forms one, two, few and many a whole number takes: 1 kolo, 2 kolesi, 3 kolesa, 5 koles. */
    public String plural(long count) {
        return Objects.requireNonNull(
                switch (language) {
                    case ENGLISH -> count == 1 ? "one" : "many";
                    case SLOVENE ->
                        switch ((int) Math.floorMod(count, 100L)) {
                            case 1 -> "one";
                            case 2 -> "two";
                            case 3, 4 -> "few";
                            default -> "many";
                        };
                });
    }
}
