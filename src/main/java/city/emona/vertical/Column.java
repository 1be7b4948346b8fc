package city.emona.vertical;

import java.util.List;
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
 * @param limits values of the law or of a target, which a chart draws and names
 */
public record Column(
        String attribute,
        String term,
        LocalizedText title,
        String unit,
        int decimals,
        Map<String, LocalizedText> values,
        boolean inTable,
        List<Limit> limits) {
    /** A value that others are held against: »urna mejna vrednost«. */
    public record Limit(double value, LocalizedText name) {
        public Limit {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the limit »" + name.sl() + "« is " + value);
            }
        }
    }

    public Column {
        values = Map.copyOf(values);
        limits = List.copyOf(limits);
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException(
                    "column " + term + " has " + decimals + " decimals; 0 to 6 are possible");
        }
    }
}
