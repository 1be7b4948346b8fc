package city.emona.portal;

import java.util.List;
import java.util.Optional;

/**
 * An alert as people read it.
 *
 * @param severity in a word, with the style sheet's class
 * @param state in a word, with the style sheet's class
 * @param about what it is about; empty where that is no more
 * @param field the vertical whose rule it is
 * @param times when it began, was raised, acknowledged and over, a sentence each
 * @param reasons what was measured, against what and when, a sentence each
 * @param origin which rule of which version, and where the numbers come from
 * @param form where an acknowledgement goes; empty where it cannot be acknowledged
 */
public record AlertView(
        String id,
        String title,
        String message,
        Word severity,
        Word state,
        Optional<Link> about,
        Link field,
        List<String> times,
        List<String> reasons,
        String origin,
        boolean isDemo,
        String form,
        String apiHref) {
    public AlertView {
        times = List.copyOf(times);
        reasons = List.copyOf(reasons);
    }

    /** A state: a word with its symbol. */
    public record Word(String text, String css) {}
}
