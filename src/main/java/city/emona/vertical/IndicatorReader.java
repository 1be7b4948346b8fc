package city.emona.vertical;

import city.emona.context.TermTable;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.IndicatorSpec.Method;
import city.emona.vertical.IndicatorSpec.Start;
import city.emona.vertical.IndicatorSpec.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an indicator; see {@link IndicatorSpec} for what its members mean. */
final class IndicatorReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern URN = Pattern.compile("urn:\\S+");
    private static final Duration USUAL = Duration.ofHours(1);
    private static final List<String> COMPUTATIONS = List.of("current", "history", "expression", "manual");

    private final TermTable terms;
    private final Models models;
    private final RuleReader conditions;

    IndicatorReader(TermTable terms, Models models) {
        this.terms = terms;
        this.models = models;
        this.conditions = new RuleReader(terms, models, "");
    }

    Optional<IndicatorSpec> read(YamlMap map) {
        String id = map.text("id", ID, "a name of lower-case letters, digits and hyphens");
        LocalizedText title = map.localized("title");
        LocalizedText description = map.localized("description");
        String unit = map.findText("unit").orElse("");
        int decimals = map.wholeNumber("decimals", 0);
        Optional<Computation> computation = computation(map);
        Duration every = map.findDuration("every").orElse(USUAL);
        Optional<Target> target = map.findMap("target").flatMap(IndicatorReader::target);
        String measure = map.has("measure") ? map.text("measure", URN, "the URN of a measure") : "";
        List<IndicatorExample> examples = map.maps("examples", this::example);
        return computation.flatMap(found -> map.make(() -> new IndicatorSpec(
                id, title, description, unit, decimals, found, every, target.orElse(null), measure, examples)));
    }

    private Optional<Computation> computation(YamlMap map) {
        List<Optional<Computation>> found = new ArrayList<>();
        map.findMap("current").ifPresent(item -> found.add(current(item)));
        map.findMap("history").ifPresent(item -> found.add(past(item)));
        map.findText("expression").ifPresent(text -> found.add(calculated(map, text)));
        if (map.flag("manual", false)) {
            found.add(Optional.of(new Computation.Manual()));
        }
        if (found.size() != 1) {
            map.finding(
                    "id",
                    "The indicator says " + found.size() + " times how it is computed.",
                    "Give it exactly one of " + String.join(", ", COMPUTATIONS) + ".");
            return Optional.empty();
        }
        return found.getFirst();
    }

    private String type(YamlMap map) {
        String term = map.text("type");
        if (map.has("type") && models.findType(term).isEmpty()) {
            map.finding("type", "»" + term + "« is not a type of this vertical.", "Use one of models.types.");
        }
        return terms.expand(term);
    }

    private String attribute(YamlMap map) {
        return map.findText("attribute")
                .map(term -> {
                    if (!models.context().has(term)) {
                        map.finding(
                                "attribute",
                                "»" + term + "« is not a term of the vertical's context.",
                                "Use a term of models.context.");
                    }
                    return terms.expand(term);
                })
                .orElse("");
    }

    private Optional<Computation> current(YamlMap map) {
        String type = type(map);
        Method method = map.oneOf("aggregate", Method.class);
        String attribute = attribute(map);
        Optional<RuleTest.Matches> where = conditions.condition(map, "where");
        map.done();
        return map.make(() -> new Computation.Current(type, method, attribute, where.orElse(null)));
    }

    private Optional<Computation> past(YamlMap map) {
        String type = type(map);
        Method method = map.oneOf("aggregate", Method.class);
        map.text("attribute");
        String attribute = attribute(map);
        Duration over = map.duration("over");
        map.done();
        return map.make(() -> new Computation.Past(type, method, attribute, over));
    }

    private static Optional<Computation> calculated(YamlMap map, String text) {
        try {
            return Optional.of(new Computation.Calculated(Formula.parse(text)));
        } catch (IllegalArgumentException e) {
            map.finding("expression", "»" + text + "« is no expression: " + e.getMessage() + ".", "Correct it.");
            return Optional.empty();
        }
    }

    private static Optional<Target> target(YamlMap map) {
        Optional<Double> least = map.findNumber("atLeast");
        Optional<Double> most = map.findNumber("atMost");
        if (least.isPresent() == most.isPresent()) {
            map.finding("atLeast", "A target is at least, or at most, a number.", "Write one of atLeast and atMost.");
        }
        Optional<LocalDate> by = day(map, "by");
        Optional<Start> start = map.findMap("start").flatMap(item -> {
            item.text("value");
            item.text("on");
            Optional<Start> read =
                    item.findNumber("value").flatMap(value -> day(item, "on").map(on -> new Start(value, on)));
            item.done();
            return read;
        });
        map.done();
        return least.or(() -> most)
                .flatMap(value ->
                        map.make(() -> new Target(least.isPresent(), value, by.orElse(null), start.orElse(null))));
    }

    private static Optional<LocalDate> day(YamlMap map, String key) {
        return map.findText(key).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeException e) {
                map.finding(key, "»" + text + "« is not a day.", "Write it like 2027-12-31.");
                return Optional.empty();
            }
        });
    }

    private Optional<IndicatorExample> example(YamlMap map) {
        String name = map.text("name");
        List<Map<String, String>> entities = map.maps("entities", item -> Optional.of(item.allTexts()));
        Map<String, Double> others = new HashMap<>();
        map.findMap("indicators")
                .ifPresent(item -> item.allTexts()
                        .keySet()
                        .forEach(id -> item.findNumber(id).ifPresent(value -> others.put(id, value))));
        LocalDate on = day(map, "on").orElse(LocalDate.of(2026, 1, 1));
        Double value = map.findText("value").filter("none"::equals).isPresent()
                ? null
                : map.findNumber("value").orElse(null);
        String status = map.findText("status").orElse("");
        return Optional.of(new IndicatorExample(name, entities, others, on, value, status));
    }

    /** Whether every name in a formula is an indicator of the vertical, and none leads back to itself. */
    static void checkNames(YamlMap map, List<IndicatorSpec> indicators) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (IndicatorSpec indicator : indicators) {
            uses.put(
                    indicator.id(),
                    indicator.computation() instanceof Computation.Calculated(Formula formula)
                            ? formula.names()
                            : Set.of());
        }
        uses.forEach((id, names) -> {
            for (String name : names) {
                if (!uses.containsKey(name)) {
                    map.finding(
                            "indicators",
                            "The indicator »" + id + "« uses »" + name + "«, which is none of this vertical.",
                            "Use the id of an indicator; a minus between two ids has spaces around it.");
                }
            }
            if (leadsTo(id, id, uses, new HashSet<>())) {
                map.finding("indicators", "The indicator »" + id + "« is made of itself.", "Break the circle.");
            }
        });
    }

    private static boolean leadsTo(String from, String wanted, Map<String, Set<String>> uses, Set<String> seen) {
        for (String name : uses.getOrDefault(from, Set.of())) {
            if (name.equals(wanted) || (seen.add(name) && leadsTo(name, wanted, uses, seen))) {
                return true;
            }
        }
        return false;
    }
}
