package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Random conditions over random entities, against an oracle that knows neither the parser nor the evaluator: it holds the rules of clause
 * 4.9 once more, in the plainest form, over the JSON that the entity was made from.
 */
class ConditionOracleTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "missing");
    private static final List<String> SUBS = List.of("p", "q");
    private static final List<String> TEXTS = List.of("red", "green", "blue", "re", "čebela");
    private static final List<String> OPERATORS = List.of("==", "!=", ">", ">=", "<", "<=", "~=", "!~=");

    private final long seed = Long.getLong("tests.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A condition as text, and what the rules say about the JSON of an entity. */
    private record Case(String q, Predicate<JsonNode> rule) {}

    @Test
    void agreesWithThePlainRules() {
        System.out.println("tests.seed=" + seed);
        int fulfilled = 0;
        int runs = 20_000;
        for (int i = 0; i < runs; i++) {
            JsonNode json = Json.parse(entity());
            Entity entity = EntityReader.read(json, TermTable.core(), 1_000);
            Case drawn = condition(0);
            Condition condition = ConditionParser.parse(drawn.q, QueryNames.of(TermTable.core()));
            boolean expected = drawn.rule.test(json);
            boolean actual = new ConditionEvaluator(LinkedEntities.NONE, null).matches(condition, entity);
            assertThat(ConditionDocument.read(Json.parse(Json.bytes(ConditionDocument.write(condition)))))
                    .as("seed %s: %s", seed, drawn.q)
                    .isEqualTo(condition);
            assertThat(actual).as("seed %s: %s of %s", seed, drawn.q, json).isEqualTo(expected);
            assertThat(!actual || condition.isPossibleWith(names(entity))).isTrue();
            fulfilled += actual ? 1 : 0;
        }
        assertThat(fulfilled).isBetween(runs / 20, runs * 19 / 20);
    }

    private static List<String> names(Entity entity) {
        List<String> names = new ArrayList<>();
        entity.attributes().forEach(a -> {
            names.add(a.name());
            a.instances().forEach(i -> i.attributes().forEach(sub -> names.add(sub.name())));
        });
        return names;
    }

    private String entity() {
        StringBuilder json = new StringBuilder("{\"id\":\"urn:x:1\",\"type\":\"T\"");
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            json.append(",\"").append(name).append("\":");
            if (random.nextInt(4) == 0) {
                json.append('[')
                        .append(instance(""))
                        .append(',')
                        .append(instance("urn:x:d"))
                        .append(']');
            } else {
                json.append(instance(""));
            }
        }
        return json.append('}').toString();
    }

    private String instance(String dataset) {
        StringBuilder json = new StringBuilder("{\"type\":\"Property\",\"value\":").append(value());
        if (!dataset.isEmpty()) {
            json.append(",\"datasetId\":\"").append(dataset).append('"');
        }
        for (String sub : SUBS) {
            if (random.nextInt(2) == 0) {
                json.append(",\"")
                        .append(sub)
                        .append("\":{\"type\":\"Property\",\"value\":")
                        .append(value())
                        .append('}');
            }
        }
        return json.append('}').toString();
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> scalar();
            case 2 -> "[" + scalar() + "," + scalar() + "]";
            case 3 -> "{\"m\":" + scalar() + "}";
            default -> scalar();
        };
    }

    private String scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> number();
            case 1 -> '"' + text() + '"';
            default -> random.nextBoolean() ? "true" : "false";
        };
    }

    private String number() {
        return switch (random.nextInt(3)) {
            case 0 -> Integer.toString(random.nextInt(-3, 4));
            case 1 -> random.nextInt(-3, 4) + ".0";
            default -> random.nextInt(0, 3) + ".5";
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Case condition(int depth) {
        int kind = depth > 2 ? 0 : random.nextInt(4);
        if (kind < 2) {
            return term();
        }
        Case one = condition(depth + 1);
        Case other = condition(depth + 1);
        return kind == 2
                ? new Case("(" + one.q + ");(" + other.q + ")", one.rule.and(other.rule))
                : new Case("(" + one.q + ")|(" + other.q + ")", one.rule.or(other.rule));
    }

    private Case term() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String sub = random.nextInt(3) == 0 ? SUBS.get(random.nextInt(2)) : null;
        String member = random.nextInt(4) == 0 ? "m" : null;
        String path = name + (sub == null ? "" : "." + sub) + (member == null ? "" : "[" + member + "]");
        if (random.nextInt(8) == 0) {
            return new Case(path, entity -> !targets(entity, name, sub, member).isEmpty());
        }
        String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        if (operator.endsWith("~=")) {
            String pattern = List.of("re", "^re", "e$", "ee|bl").get(random.nextInt(4));
            boolean negated = operator.startsWith("!");
            return new Case(
                    path + operator + '"' + pattern + '"',
                    entity -> targets(entity, name, sub, member).stream()
                            .anyMatch(v -> v.isString()
                                    && Pattern.compile(pattern)
                                                    .matcher(v.stringValue())
                                                    .find()
                                            != negated));
        }
        boolean equality = operator.equals("==") || operator.equals("!=");
        if (equality && random.nextInt(4) == 0) {
            return range(path, operator, name, sub, member);
        }
        List<JsonNode> literals = new ArrayList<>();
        StringBuilder text = new StringBuilder(path + operator);
        for (int n = equality ? random.nextInt(3) : 0; n >= 0; n--) {
            String literal = equality ? scalar() : random.nextBoolean() ? number() : '"' + text() + '"';
            literals.add(Json.parse(literal));
            text.append(literal).append(n > 0 ? "," : "");
        }
        return new Case(
                text.toString(),
                entity -> targets(entity, name, sub, member).stream().anyMatch(v -> compares(v, operator, literals)));
    }

    private Case range(String path, String operator, String name, @Nullable String sub, @Nullable String member) {
        String least = number();
        String most = number();
        BigDecimal from = new BigDecimal(least);
        BigDecimal to = new BigDecimal(most);
        return new Case(
                path + operator + least + ".." + most,
                entity -> targets(entity, name, sub, member).stream().anyMatch(v -> {
                    boolean within = false;
                    for (JsonNode item : v.isArray() ? v : Json.array().add(v)) {
                        within |= item.isNumber()
                                && item.decimalValue().compareTo(from) >= 0
                                && item.decimalValue().compareTo(to) <= 0;
                    }
                    return within == operator.equals("==");
                }));
    }

    /** What a path leads to, in every instance. */
    private static List<JsonNode> targets(JsonNode entity, String name, @Nullable String sub, @Nullable String member) {
        List<JsonNode> found = new ArrayList<>();
        JsonNode attribute = entity.get(name);
        if (attribute == null) {
            return found;
        }
        for (JsonNode instance : attribute.isArray() ? attribute : Json.array().add(attribute)) {
            JsonNode holder = sub == null ? instance : instance.get(sub);
            JsonNode value = holder == null ? null : holder.get("value");
            JsonNode target = value == null || member == null ? value : value.get(member);
            if (target != null) {
                found.add(target);
            }
        }
        return found;
    }

    private static boolean compares(JsonNode value, String operator, List<JsonNode> literals) {
        boolean equal = literals.stream().anyMatch(l -> isEqualOrContains(value, l));
        Integer order = order(value, literals.getFirst());
        return switch (operator) {
            case "==" -> equal;
            case "!=" -> !equal;
            case ">" -> order != null && order > 0;
            case "<" -> order != null && order < 0;
            case ">=" -> equal || (order != null && order > 0);
            case "<=" -> equal || (order != null && order < 0);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean isEqualOrContains(JsonNode value, JsonNode literal) {
        if (!value.isArray()) {
            return isEqual(value, literal);
        }
        for (JsonNode item : value) {
            if (isEqual(item, literal)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEqual(JsonNode value, JsonNode literal) {
        if (value.isNumber() && literal.isNumber()) {
            return value.decimalValue().compareTo(literal.decimalValue()) == 0;
        }
        return value.equals(literal);
    }

    private static @Nullable Integer order(JsonNode value, JsonNode literal) {
        if (value.isNumber() && literal.isNumber()) {
            return value.decimalValue().compareTo(literal.decimalValue());
        }
        return value.isString() && literal.isString() ? value.stringValue().compareTo(literal.stringValue()) : null;
    }
}
