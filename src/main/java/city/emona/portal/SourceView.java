package city.emona.portal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source as people see it: is it alive, and what did it bring.
 *
 * @param id the id of its entity
 * @param field the vertical that it feeds
 * @param state the style sheet's class: good, watch, act or none
 * @param word the state in a word
 * @param lastSuccess when it last brought data
 * @param age the same in words
 * @param error what went wrong at the last attempt; empty when nothing did
 * @param detected what was found out about the form of its documents; empty for nothing
 * @param isOn whether it is to run
 * @param key its vertical and its own name, with a slash between them
 * @param counts what the last document brought
 * @param rejected the last records that were turned away, with the reason
 */
public record SourceView(
        String id,
        String name,
        Link field,
        String address,
        boolean isDemo,
        String state,
        String word,
        Optional<Instant> lastSuccess,
        String age,
        String error,
        String detected,
        boolean isOn,
        String key,
        List<Count> counts,
        List<Rejected> rejected) {

    /** Whether there is more to say of it than that it is switched off. */
    public boolean isShown() {
        return isOn || !error.isEmpty() || !counts.isEmpty();
    }

    /** A count with its words. */
    public record Count(String title, String value) {}

    /** A record that was turned away. */
    public record Rejected(String time, String reason, String record) {}
}
