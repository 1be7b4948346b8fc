package city.emona.vertical;

import city.emona.store.Retention;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A vertical (Slovene: vertikalna rešitev): one field of the city's life as declarations.
 *
 * @param id lower-case letters, digits and hyphens; also the name of its folder and of its page
 * @param domain the data domain that owns it: {@code environment}, {@code mobility}
 * @param areas the areas of the city's work that it touches
 * @param demo what its sources read in the demo city
 * @param packaging what it says about itself as something that is installed
 * @param history how long which history is kept; what is not named is kept
 * @param rules when alerts are raised
 * @param indicators the numbers by which the city steers
 * @param folder where its files are
 */
public record Vertical(
        String id,
        SemanticVersion version,
        LocalizedText title,
        LocalizedText summary,
        String domain,
        List<String> areas,
        Steward steward,
        Models models,
        List<SourceSpec> sources,
        List<View> views,
        List<DatasetSpec> datasets,
        List<Retention> history,
        List<ExampleSpec> examples,
        List<DemoSpec> demo,
        Packaging packaging,
        List<RuleSpec> rules,
        List<IndicatorSpec> indicators,
        Path folder) {
    public Vertical {
        areas = List.copyOf(areas);
        sources = List.copyOf(sources);
        views = List.copyOf(views);
        datasets = List.copyOf(datasets);
        history = List.copyOf(history);
        examples = List.copyOf(examples);
        demo = List.copyOf(demo);
        rules = List.copyOf(rules);
        indicators = List.copyOf(indicators);
    }

    /** Who answers for the data. */
    public record Steward(LocalizedText name, String contact) {}

    /** The name that it keeps for good, whatever its title: {@code urn:emona:vertical:<publisher>:<id>}. */
    public String urn() {
        return "urn:emona:vertical:" + packaging.publisher() + ":" + id;
    }

    /** A source by its id. */
    public Optional<SourceSpec> findSource(String sourceId) {
        return sources.stream().filter(s -> s.id().equals(sourceId)).findFirst();
    }
}
