package city.emona.query;

import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Operand;
import city.emona.query.Condition.Operator;
import java.math.BigDecimal;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares values with the literals of a query (ETSI GS CIM 009 clause 4.9): numbers by value, texts by code points, dates and times in
 * time, arrays by what they contain. Values of different kinds are unequal and have no order.
 */
final class Comparisons {
    /** What a comparison gives where there is neither order nor equality. */
    private static final int INCOMPARABLE = 2;

    private Comparisons() {}

    /** Whether a JSON value compares so. */
    static boolean matches(JsonNode value, Comparison comparison) {
        Operator operator = comparison.operator();
        if (comparison.operand() instanceof Operand.Matching(TextPattern pattern)) {
            return value.isString() && pattern.occursIn(value.stringValue()) == (operator == Operator.MATCHES);
        }
        if (!value.isArray()) {
            return isMatched(comparison, literal -> compare(value, literal));
        }
        return switch (operator) {
            case EQUAL, GREATER_OR_EQUAL, LESS_OR_EQUAL -> contains(value, comparison.operand());
            case UNEQUAL -> !contains(value, comparison.operand());
            case GREATER, LESS, MATCHES, MATCHES_NOT -> false;
        };
    }

    /** Whether a point in time compares so. */
    static boolean matches(Moment moment, Comparison comparison) {
        return isMatched(comparison, literal -> compare(moment, literal));
    }

    private static boolean contains(JsonNode array, Operand operand) {
        for (JsonNode item : array) {
            if (isEqual(operand, literal -> compare(item, literal))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMatched(Comparison comparison, ToIntFunction<Literal> target) {
        Operand operand = comparison.operand();
        return switch (comparison.operator()) {
            case EQUAL -> isEqual(operand, target);
            case UNEQUAL -> !isEqual(operand, target);
            case GREATER -> order(operand, target) == 1;
            case GREATER_OR_EQUAL -> isOneOf(order(operand, target), 0, 1);
            case LESS -> order(operand, target) == -1;
            case LESS_OR_EQUAL -> isOneOf(order(operand, target), 0, -1);
            case MATCHES, MATCHES_NOT -> false;
        };
    }

    private static boolean isOneOf(int order, int one, int other) {
        return order == one || order == other;
    }

    private static int order(Operand operand, ToIntFunction<Literal> target) {
        return switch (operand) {
            case Operand.OneOf(var literals) -> target.applyAsInt(literals.getFirst());
            case Operand.Range _, Operand.Matching _ -> INCOMPARABLE;
        };
    }

    private static boolean isEqual(Operand operand, ToIntFunction<Literal> target) {
        return switch (operand) {
            case Operand.OneOf(var literals) -> {
                for (int i = 0; i < literals.size(); i++) {
                    if (target.applyAsInt(literals.get(i)) == 0) {
                        yield true;
                    }
                }
                yield false;
            }
            case Operand.Range(var least, var most) ->
                isOneOf(target.applyAsInt(least), 0, 1) && isOneOf(target.applyAsInt(most), 0, -1);
            case Operand.Matching _ -> false;
        };
    }

    /** -1, 0 or 1 as the value comes before, with or behind the literal; {@link #INCOMPARABLE} where they are of different kinds. */
    private static int compare(JsonNode value, Literal literal) {
        return switch (literal) {
            case Literal.Numeric number -> value.isNumber() ? compareNumbers(value, number) : INCOMPARABLE;
            case Literal.Truth(boolean truth) -> value.isBoolean() && value.booleanValue() == truth ? 0 : INCOMPARABLE;
            case Literal.Text(String text, Moment moment) -> compareText(value, text, moment);
            case Literal.Temporal temporal -> {
                String spelled = value.isString() ? value.stringValue() : typedText(value);
                yield compare(spelled == null ? null : Moment.parse(spelled), temporal.moment());
            }
        };
    }

    private static int compareNumbers(JsonNode value, Literal.Numeric number) {
        if (value.isInt() && number.isLong()) {
            return Long.compare(value.intValue(), number.longValue());
        }
        BigDecimal decimal = value.decimalValue();
        return Integer.signum(decimal.compareTo(number.value()));
    }

    private static int compareText(JsonNode value, String text, @Nullable Moment moment) {
        if (value.isString()) {
            return compareCodePoints(value.stringValue(), text);
        }
        String typed = typedText(value);
        if (typed == null) {
            return INCOMPARABLE;
        }
        int inTime = compare(Moment.parse(typed), moment);
        return inTime == INCOMPARABLE ? compareCodePoints(typed, text) : inTime;
    }

    /** The text of a value with a type of its own, such as {@code {"@type": "DateTime", "@value": "…"}} (clause 4.6.3); else null. */
    static @Nullable String typedText(JsonNode value) {
        JsonNode typed = value.isObject() ? value.get("@value") : null;
        return typed != null && typed.isString() ? typed.stringValue() : null;
    }

    private static int compare(Moment moment, Literal literal) {
        return switch (literal) {
            case Literal.Temporal temporal -> compare(moment, temporal.moment());
            case Literal.Text text -> compare(moment, text.moment());
            case Literal.Numeric _, Literal.Truth _ -> INCOMPARABLE;
        };
    }

    private static int compare(@Nullable Moment one, @Nullable Moment other) {
        return one == null || other == null || one.kind() != other.kind()
                ? INCOMPARABLE
                : Long.compare(one.micros(), other.micros());
    }

    /** The order of code points, which is that of UTF-16 units but for characters beyond the basic plane. */
    static int compareCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return Integer.signum(surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b));
            }
        }
        return Integer.signum(Integer.compare(one.length(), other.length()));
    }
}
