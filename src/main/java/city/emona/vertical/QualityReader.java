package city.emona.vertical;

import city.emona.context.TermTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what a vertical promises of a dataset. */
final class QualityReader {
    private static final double USUAL = 95;

    private QualityReader() {}

    static Optional<QualitySpec> read(YamlMap map, Models models, TermTable terms) {
        Duration freshness = map.duration("freshness");
        List<String> complete = map.texts("complete");
        complete.forEach(term -> requireDefined(map, "complete", term, models));
        Optional<String> unique = map.findText("unique");
        unique.ifPresent(term -> requireDefined(map, "unique", term, models));
        double atLeast = map.findNumber("atLeast").orElse(USUAL);
        map.done();
        return map.make(() -> new QualitySpec(
                freshness,
                complete.stream().map(terms::expand).toList(),
                unique.map(terms::expand).orElse(""),
                atLeast));
    }

    private static void requireDefined(YamlMap map, String key, String term, Models models) {
        if (!models.context().has(term) && !term.equals("location")) {
            map.finding(
                    key, "»" + term + "« is not a term of the vertical's context.", "Use a term of models.context.");
        }
    }
}
