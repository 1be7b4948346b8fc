package city.emona.vertical;

import city.emona.context.TermTable;
import city.emona.geo.Geometry;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.ConditionParser;
import city.emona.query.GeoQuery;
import city.emona.query.QueryNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a rule; see {@link RuleSpec} for what its members mean. */
final class RuleReader {
    private static final String UNDEFINED = "/default-context/";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
    private static final Pattern MOMENT = Pattern.compile("\\+?(\\d{1,6})(s|m|h|d)");
    private static final String EXAMPLE_ENTITY = "it";

    private final TermTable terms;
    private final Models models;
    private final String domain;

    /** @param domain the category of alerts whose rule does not say */
    RuleReader(TermTable terms, Models models, String domain) {
        this.terms = terms;
        this.models = models;
        this.domain = domain;
    }

    Optional<RuleSpec> read(YamlMap map) {
        String id = map.text("id", ID, "a name of lower-case letters, digits and hyphens");
        LocalizedText title = map.localized("title");
        String typeTerm = type(map, "type");
        List<RuleTest> tests = tests(map);
        if (tests.isEmpty()) {
            map.finding(
                    "id",
                    "The rule »" + id + "« asks nothing.",
                    "Add one of when, rise, fall, absent, inside, outside and compare.");
        }
        Duration holdFor = map.findDuration("for").orElse(Duration.ZERO);
        Optional<RuleTest.Matches> clear = condition(map, "clear");
        Severity severity = map.oneOf("severity", Severity.class);
        String category = map.findText("category").orElse(domain);
        String subCategory = map.findText("subCategory").orElse(id);
        LocalizedText message = map.localized("message");
        Map<String, String> placeholders = placeholders(map, message);
        List<String> tell = map.texts("tell");
        List<RuleExample> examples = map.maps("examples", item -> example(item, typeTerm));
        return tests.isEmpty()
                ? Optional.empty()
                : map.make(() -> new RuleSpec(
                        id,
                        title,
                        terms.expand(typeTerm),
                        typeTerm,
                        tests,
                        holdFor,
                        clear.orElse(null),
                        severity,
                        category,
                        subCategory,
                        message,
                        placeholders,
                        tell,
                        examples));
    }

    private String type(YamlMap map, String key) {
        String term = map.text(key);
        if (map.has(key) && models.findType(term).isEmpty()) {
            map.finding(key, "»" + term + "« is not a type of this vertical.", "Use one of models.types.");
        }
        return term;
    }

    private String attribute(YamlMap map, String key) {
        String term = map.text(key);
        String name = terms.expand(term);
        if (map.has(key)) {
            requireDefined(map, key, term, name);
        }
        return name;
    }

    private static void requireDefined(YamlMap map, String key, String term, String name) {
        if (name.contains(UNDEFINED)) {
            map.finding(
                    key, "»" + term + "« is not a term of the vertical's context.", "Use a term of models.context.");
        }
    }

    private List<RuleTest> tests(YamlMap map) {
        List<RuleTest> tests = new ArrayList<>();
        condition(map, "when").ifPresent(tests::add);
        map.findMap("rise").flatMap(item -> changes(item, true)).ifPresent(tests::add);
        map.findMap("fall").flatMap(item -> changes(item, false)).ifPresent(tests::add);
        map.findMap("absent").map(this::absent).ifPresent(tests::add);
        map.findMap("inside").flatMap(item -> lies(item, true)).ifPresent(tests::add);
        map.findMap("outside").flatMap(item -> lies(item, false)).ifPresent(tests::add);
        map.findMap("compare").flatMap(this::compares).ifPresent(tests::add);
        return tests;
    }

    /** A condition of the query language whose names are all defined. */
    Optional<RuleTest.Matches> condition(YamlMap map, String key) {
        return map.findText(key).flatMap(text -> {
            try {
                Condition condition = ConditionParser.parse(text, QueryNames.of(terms));
                for (AttributePath path : condition.paths()) {
                    path.attributes().forEach(name -> requireDefined(map, key, terms.compact(name), name));
                }
                return Optional.of(new RuleTest.Matches(condition, text));
            } catch (Problem e) {
                map.finding(key, "»" + text + "« is no condition: " + e.detail(), e.remedy());
                return Optional.empty();
            }
        });
    }

    private Optional<RuleTest> changes(YamlMap map, boolean rises) {
        String attribute = attribute(map, "attribute");
        map.text("by");
        double by = map.findNumber("by").orElse(1.0);
        Duration within = map.duration("within");
        map.done();
        return map.make(() -> new RuleTest.Changes(attribute, rises, by, within));
    }

    private RuleTest absent(YamlMap map) {
        RuleTest test = new RuleTest.Absent(attribute(map, "attribute"), map.duration("after"));
        map.done();
        return test;
    }

    private Optional<RuleTest> lies(YamlMap map, boolean inside) {
        Optional<RuleTest.Fence> fence = map.has("entity")
                ? map.make(() -> new RuleTest.Fence.Around(
                        map.text("entity"), map.findNumber("within").orElse(0.0)))
                : area(map);
        map.done();
        return fence.map(found -> new RuleTest.Lies(inside, found));
    }

    private static Optional<RuleTest.Fence> area(YamlMap map) {
        String text = map.text("geometry");
        if (!map.has("geometry")) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.parse(text);
            Geometry geometry =
                    GeoQuery.geometry(json.path("type").asString(""), json.path("coordinates"), "The fence's geometry");
            return Optional.of(new RuleTest.Fence.Area(geometry));
        } catch (Problem e) {
            map.finding("geometry", e.detail(), e.remedy());
            return Optional.empty();
        }
    }

    private Optional<RuleTest> compares(YamlMap map) {
        String attribute = attribute(map, "attribute");
        boolean above = map.oneOf("is", Side.class) == Side.ABOVE;
        double factor = map.findNumber("factor").orElse(1.0);
        double by = map.findNumber("by").orElse(0.0);
        Optional<RuleTest.Reference> reference = map.map("than").map(than -> {
            RuleTest.Reference.Kind kind = than.oneOf("aggregate", RuleTest.Reference.Kind.class);
            RuleTest.Reference read =
                    new RuleTest.Reference(terms.expand(type(than, "type")), attribute(than, "attribute"), kind);
            than.done();
            return read;
        });
        map.done();
        return reference.flatMap(found -> map.make(() -> new RuleTest.Compares(attribute, above, factor, by, found)));
    }

    private enum Side {
        ABOVE,
        BELOW
    }

    private Map<String, String> placeholders(YamlMap map, LocalizedText message) {
        Map<String, String> names = new HashMap<>();
        for (String text : List.of(message.sl(), message.en())) {
            Matcher found = PLACEHOLDER.matcher(text);
            while (found.find()) {
                String name = terms.expand(found.group(1));
                requireDefined(map, "message", found.group(1), name);
                names.put(found.group(1), name);
            }
        }
        return names;
    }

    private Optional<RuleExample> example(YamlMap map, String typeTerm) {
        String name = map.text("name");
        List<RuleExample.Step> steps = map.maps("steps", item -> step(item, typeTerm));
        List<RuleExample.Expectation> expected = map.maps("expect", RuleReader::expectation);
        Duration last = Duration.ZERO;
        for (RuleExample.Step step : steps) {
            if (step.at().compareTo(last) < 0) {
                map.finding("steps", "A step comes before the one above it.", "Order the steps by time.");
            }
            last = step.at();
        }
        for (RuleExample.Expectation expectation : expected) {
            last = expectation.at().compareTo(last) > 0 ? expectation.at() : last;
        }
        Duration until = map.has("until") ? moment(map, "until") : last;
        return Optional.of(new RuleExample(name, steps, expected, until));
    }

    private Optional<RuleExample.Step> step(YamlMap map, String typeTerm) {
        Duration at = moment(map, "at");
        String entity = map.findText("entity").orElse(EXAMPLE_ENTITY);
        String type = map.has("type") ? type(map, "type") : typeTerm;
        Map<String, String> set = map.findMap("set").map(YamlMap::allTexts).orElse(Map.of());
        for (String term : set.keySet()) {
            requireDefined(map, "set", term, terms.expand(term));
        }
        return Optional.of(new RuleExample.Step(at, entity, type, set, map.flag("removed", false)));
    }

    private static Optional<RuleExample.Expectation> expectation(YamlMap map) {
        Duration at = moment(map, "at");
        boolean raised = map.has("raised");
        String entity = map.findText(raised ? "raised" : "cleared").orElseGet(() -> {
            map.finding("at", "It is not said what is expected.", "Write »raised: it« or »cleared: it«.");
            return EXAMPLE_ENTITY;
        });
        return Optional.of(new RuleExample.Expectation(at, entity, raised));
    }

    /** A time since the beginning of an example, such as {@code 0m}, {@code 10m} or {@code +1h}. */
    static Duration moment(YamlMap map, String key) {
        Matcher parts = MOMENT.matcher(map.text(key));
        if (!parts.matches()) {
            if (map.has(key)) {
                map.finding(key, "»" + map.text(key) + "« is not a time in the example.", "Write it like 0m or 90s.");
            }
            return Duration.ZERO;
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
