package city.emona.portal;

import java.util.List;
import java.util.Optional;

/**
 * The history of an entity as its page shows it.
 *
 * @param action where the form leads
 * @param attributes what can be shown
 * @param datasets the datasets of the attribute, where there are several
 * @param comparisons what it can be compared with; empty where it cannot be
 * @param ranges spans of time to choose
 * @param range the word of the span that is shown; empty for one of the reader's own
 * @param from the first day of the reader's own span as a form writes it; empty for none
 * @param to the last day, in the same way
 * @param period the span in words
 * @param sentences what is to be seen, one sentence for each series
 * @param notes what else there is to say of the numbers
 * @param chart empty where there is nothing to draw
 * @param table empty where nothing is in the span
 * @param elsewhere where the last value is to be found, when nothing is in the span
 * @param sources where the values are from
 */
public record HistoryView(
        String action,
        List<Choice> attributes,
        List<Choice> datasets,
        List<Group> comparisons,
        List<Range> ranges,
        String range,
        String from,
        String to,
        String period,
        List<String> sentences,
        List<String> notes,
        Optional<ChartView> chart,
        Optional<HistoryTable> table,
        Optional<Link> elsewhere,
        List<Source> sources,
        List<Link> downloads,
        List<VerticalPage.Command> commands) {
    /** One line of a list in a form. */
    public record Choice(String value, String label, boolean isChosen) {}

    /** Lines of a list under a head. */
    public record Group(String title, List<Choice> choices) {}

    /** A span of time. */
    public record Range(String href, String label, boolean isShown) {}

    /** Where the values of an entity are from; {@code text} may be empty. */
    public record Source(String text, boolean isDemo) {}

    /** Whether a comparison is shown. */
    public boolean isComparison() {
        return comparisons.stream().flatMap(group -> group.choices().stream()).anyMatch(Choice::isChosen);
    }
}
