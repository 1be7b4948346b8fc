package city.emona.vertical;

import java.util.Map;

/**
 * An attribute as people see it: a column of the table, a line on the entity's page, what a map or a key figure is about.
 *
 * @param attribute the expanded name of the attribute
 * @param term the short name, as in the vertical's context; it stands in the address of a sorted table
 * @param title what it is called: »Delci PM10«
 * @param unit behind the number, as people write it: »µg/m³«; empty for none
 * @param decimals how many decimal places are shown
 * @param values the words for coded values: {@code working} is »deluje«
 * @param inTable whether the table has it; the entity's page always has
 */
public record Column(
        String attribute,
        String term,
        LocalizedText title,
        String unit,
        int decimals,
        Map<String, LocalizedText> values,
        boolean inTable) {
    public Column {
        values = Map.copyOf(values);
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException(
                    "column " + term + " has " + decimals + " decimals; 0 to 6 are possible");
        }
    }
}
