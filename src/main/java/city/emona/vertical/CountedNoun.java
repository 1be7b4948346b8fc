package city.emona.vertical;

import java.util.List;

/**
 * A noun with the forms that it takes behind a number.
 *
 * @param sl four forms: 1 kolo, 2 kolesi, 3 kolesa, 5 koles
 * @param en two forms: 1 bicycle, 2 bicycles
 */
public record CountedNoun(List<String> sl, List<String> en) {
    public CountedNoun {
        sl = List.copyOf(sl);
        en = List.copyOf(en);
        if (sl.size() != 4 || en.size() != 2) {
            throw new IllegalArgumentException("a noun has four Slovene and two English forms: " + sl + ", " + en);
        }
    }

    /**
     * The form behind a whole number, without the number.
     *
     * @param languageTag {@code sl} or {@code en}
     */
    public String form(long count, String languageTag) {
        if (languageTag.equals("en")) {
            return en.get(count == 1 ? 0 : 1);
        }
        return sl.get(
                switch ((int) Math.floorMod(count, 100L)) {
                    case 1 -> 0;
                    case 2 -> 1;
                    case 3, 4 -> 2;
                    default -> 3;
                });
    }
}
