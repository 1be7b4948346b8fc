package city.emona.portal.console;

import city.emona.portal.Link;
import city.emona.portal.SourceView;
import java.util.List;
import java.util.Optional;

/**
 * A vertical as operators see it.
 *
 * @param link to its page in the console, by its name
 * @param kind where it is in its life: bundled, installed, stopped or removed
 * @param page its page for everybody; empty while it does not run
 * @param state the style sheet's class: good, watch, act or none
 * @param word where it is in its life
 * @param since since when, in words
 * @param entities how many it has
 * @param edits how many files the city changed, in words; empty for none
 * @param broken what it needs and does not find
 */
public record VerticalRow(
        String kind,
        Link link,
        Optional<Link> page,
        String version,
        String state,
        String word,
        String since,
        String entities,
        List<SourceView> sources,
        String edits,
        Optional<RunView> run,
        List<String> broken,
        List<FindingView> findings) {
    public VerticalRow {
        sources = List.copyOf(sources);
        broken = List.copyOf(broken);
        findings = List.copyOf(findings);
    }
}
