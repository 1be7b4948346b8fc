package city.emona.portal;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value as a person reads it.
 *
 * @param text the number or the words, without the unit; a dash where the value is missing
 * @param unit behind the number; empty for none
 * @param number the number itself
 * @param observedAt when the value was observed
 * @param isStale whether it is older than values of its kind may be
 * @param isMissing whether there is no value
 * @param mark the class that the value falls in
 */
public record Reading(
        String text,
        String unit,
        OptionalDouble number,
        Optional<Instant> observedAt,
        boolean isStale,
        boolean isMissing,
        Optional<Mark> mark) {

    /** What stands for a value that is missing. */
    public static final String DASH = "–";

    /**
     * The class of a value on the map and beside the number.
     *
     * @param index the place of the class in its layer
     * @param css the classes of the style sheet that give colour and shape
     * @param word the name of the class
     */
    public record Mark(int index, String css, String word) {}

    static Reading missing() {
        return new Reading(DASH, "", OptionalDouble.empty(), Optional.empty(), false, true, Optional.empty());
    }

    /** The value with its unit, on one line. */
    public String full() {
        return unit.isEmpty() || isMissing ? text : text + Format.NBSP + unit;
    }
}
