package city.emona.vertical;

import city.emona.context.TermTable;
import city.emona.store.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads how long a vertical keeps the history of its attributes. */
final class HistoryReader {
    private HistoryReader() {}

    static Optional<Retention> read(YamlMap map, Models models, TermTable terms) {
        String type = map.text("type");
        if (map.has("type") && models.findType(type).isEmpty()) {
            map.finding("type", "»" + type + "« is not a type of this vertical.", "Name one of those under »models«.");
        }
        List<String> attributes = map.texts("attributes");
        for (String attribute : attributes) {
            if (!models.context().has(attribute)) {
                map.finding(
                        "attributes",
                        "»" + attribute + "« is not a term of the context.",
                        "Define it there, or correct the name.");
            }
        }
        Duration keep = map.duration("keep");
        Optional<Duration> hours = map.findDuration("hours");
        Optional<Duration> days = map.findDuration("days");
        if (hours.filter(span -> span.compareTo(keep) <= 0).isPresent()) {
            map.finding("hours", "Hours would not be kept longer than instances.", "Keep them longer than »keep«.");
        }
        if (days.filter(span -> span.compareTo(hours.orElse(keep)) <= 0).isPresent()) {
            map.finding("days", "Days would not be kept longer than what they are made of.", "Keep them longer.");
        }
        return map.make(() -> new Retention(
                terms.expand(type),
                attributes.stream().map(terms::expand).collect(Collectors.toSet()),
                keep,
                hours.orElse(null),
                days.orElse(null)));
    }
}
