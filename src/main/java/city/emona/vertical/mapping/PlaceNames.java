package city.emona.vertical.mapping;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Place names that come in capitals, as Slovene writes them. */
final class PlaceNames {
    private static final Locale SLOVENE = Locale.of("sl");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\d]+(?:\\+[\\p{L}\\d]+)?");
    private static final Pattern HYPHEN = Pattern.compile("\\s*[-–]\\s*");

    /** Common nouns and prepositions, which are small inside a name. */
    private static final Set<String> SMALL = Set.of(
            "bajer",
            "bolnica",
            "bolnišnica",
            "brigada",
            "c",
            "center",
            "cerkev",
            "cesta",
            "dolina",
            "dom",
            "dvor",
            "dvorana",
            "frizerska",
            "gasilska",
            "kolodvor",
            "knjižnica",
            "kopališče",
            "market",
            "most",
            "na",
            "nabrežje",
            "naselje",
            "ob",
            "park",
            "parkirišče",
            "pod",
            "polje",
            "postaja",
            "pot",
            "pri",
            "ploščad",
            "soseska",
            "stadion",
            "starejših",
            "strelišče",
            "šola",
            "športni",
            "tehnološki",
            "trg",
            "tržnica",
            "ul",
            "ulica",
            "v",
            "vas",
            "vrt",
            "za");

    /** What stays in capitals. */
    private static final Set<String> CAPITALS = Set.of(
            "A", "B", "BS", "BS4", "BTC", "DDC", "FF", "GH", "IKEA", "LPP", "MDB", "NUK", "OF", "P", "P+R", "PS", "R",
            "SŽ", "UKC", "VOKA");

    private PlaceNames() {}

    /** {@code PREŠERNOV TRG-PETKOVŠKOVO NABREŽJE} is »Prešernov trg – Petkovškovo nabrežje«. A name that is not in capitals stays. */
    static String titleCase(String name) {
        if (!name.equals(name.toUpperCase(SLOVENE))) {
            return name;
        }
        StringBuilder out = new StringBuilder();
        Matcher words = WORD.matcher(name);
        int end = 0;
        boolean first = true;
        while (words.find()) {
            String between = name.substring(end, words.start());
            boolean newPart = between.contains("-") || between.contains("/");
            out.append(between);
            out.append(word(words.group(), first || newPart));
            first = false;
            end = words.end();
        }
        out.append(name.substring(end));
        return HYPHEN.matcher(out).replaceAll(" – ");
    }

    private static String word(String capitals, boolean startsPart) {
        String small = capitals.toLowerCase(SLOVENE);
        if (CAPITALS.contains(capitals)) {
            return capitals;
        }
        if (!startsPart && SMALL.contains(small)) {
            return small;
        }
        return small.substring(0, 1).toUpperCase(SLOVENE) + small.substring(1);
    }
}
