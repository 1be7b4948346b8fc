package city.emona.governance.council;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's name in the nominative.
 *
 * @param title what stands before it: »mag.«, »prof. dr.«; empty for none
 * @param name given name and surname: »Katja Damij«
 */
public record PersonName(String title, String name) {
    private static final String TITLE =
            "(?i:mag|dr|prof|doc|izr|red|viš|pred|akad|prim|asist|univ|dipl|inž|ing|spec)\\.";
    private static final String ADDRESS = "(?:ga|g|gdč)\\.|gosp(?:a|e|ej|od|oda|odu)\\b";
    private static final String WORD = "\\p{Lu}[\\p{L}'’]+(?:-\\p{Lu}[\\p{L}'’]+)*";

    /** Titles and a name of two to four words, as a part of a larger pattern. */
    static final String PATTERN = "(?:(?:" + TITLE + "|" + ADDRESS + ")\\s*){0,5}" + WORD + "(?:\\s+" + WORD + "){1,3}";

    private static final Pattern TITLES = Pattern.compile("^(?:(?<title>" + TITLE + ")|" + ADDRESS + ")\\s*");

    /** Splits titles from the name; »ga.« and »g.« are no titles and fall away. */
    static PersonName of(String text) {
        List<String> titles = new ArrayList<>();
        String rest = text.strip();
        Matcher matcher = TITLES.matcher(rest);
        while (matcher.find()) {
            Optional.ofNullable(matcher.group("title"))
                    .map(t -> t.toLowerCase(Locale.ROOT))
                    .ifPresent(titles::add);
            rest = rest.substring(matcher.end());
            matcher = TITLES.matcher(rest);
        }
        return new PersonName(
                String.join(" ", titles), Words.withoutCapitals(rest.strip().replaceAll("\\s+", " ")));
    }

    /** The title, where there is one, and the name. */
    public String text() {
        return title.isEmpty() ? name : title + " " + name;
    }
}
