package city.emona.portal;

import java.util.regex.Pattern;

/** The finer points of setting Slovene text; only spaces change, so that no line ends where none should. */
public final class Typesetting {
    private static final Pattern INSIDE_DATE = Pattern.compile(
            "(?<=\\b\\d{1,2}\\.) (?=\\d{1,2}\\.|\\d{4}\\b|sej|redn|izredn|januar|februar|marec|marca|april|maj|junij|julij|avgust|septemb|oktob|novemb|decemb)");
    private static final Pattern AFTER_SHORT_WORD =
            Pattern.compile("(?<=(?<![\\p{L}\\p{N}])[aiouvszkhAIOUVSZKH]) (?=\\p{L})");
    private static final Pattern AFTER_ABBREVIATION =
            Pattern.compile("(?<=\\b(?:mag|dr|prof|ga|g|št|oz|p)\\.) (?=[\\p{L}\\p{N}])");
    private static final Pattern BEFORE_UNIT =
            Pattern.compile("(?<=\\d) (?=(?:%|€|km|m|m²|km/h|h|min|EUR|dni|let)(?![\\p{L}]))");
    private static final Pattern AROUND_DASH = Pattern.compile(" (?=[–—] )");

    private Typesetting() {}

    /** The text with spaces at which no line breaks inside dates, behind one-letter words and abbreviations, and before units and dashes. */
    public static String keepTogether(String text) {
        String kept = text;
        for (Pattern pattern :
                new Pattern[] {INSIDE_DATE, AFTER_SHORT_WORD, AFTER_ABBREVIATION, BEFORE_UNIT, AROUND_DASH}) {
            kept = pattern.matcher(kept).replaceAll(String.valueOf(Format.NBSP));
        }
        return kept;
    }
}
