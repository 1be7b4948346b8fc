package city.emona.portal.console;

import java.util.List;

/**
 * Work on the entities of a vertical, as a page shows it.
 *
 * @param sentence what is done, and how far it came
 * @param done how many entities are done
 * @param extent how many there are; 0 where that is not known
 * @param isFinished whether it came to its end
 * @param isStopped whether nobody works on, so that somebody must say so
 * @param failures the first of those that could not be worked on
 */
public record RunView(
        String state,
        String word,
        String sentence,
        long done,
        long extent,
        boolean isFinished,
        boolean isStopped,
        List<String> failures) {
    public RunView {
        failures = List.copyOf(failures);
    }
}
