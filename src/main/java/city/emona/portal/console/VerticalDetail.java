package city.emona.portal.console;

import city.emona.portal.Link;
import city.emona.vertical.life.LineDiff;
import java.util.List;
import java.util.Map;

/**
 * What operators see of one vertical beside its row.
 *
 * @param hasPrevious whether there is a version to go back to
 * @param facts what it is, each with its words
 * @param answers its questions with their answers
 * @param parts what it gives, by kind
 * @param files its files
 * @param orders what was done with it, the newest first
 * @param exports files of entities that were exported
 */
public record VerticalDetail(
        boolean hasPrevious,
        List<Count> facts,
        List<Count> answers,
        Map<String, List<String>> parts,
        List<FileRow> files,
        List<Done> orders,
        List<Export> exports) {
    /**
     * A file of the package.
     *
     * @param note what the city did with it; empty for nothing
     * @param changes in which lines the city's differs from the package's
     */
    public record FileRow(Link link, String note, List<LineDiff.Line> changes) {}

    /** A file of exported entities, with when it was written and how large it is. */
    public record Export(Link link, String note) {}

    /** An order that was carried out. */
    public record Done(String when, String sentence, List<String> parts) {}
}
