package city.emona.vertical;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * An expression over indicators: numbers, names of indicators, {@code + - * /} and parentheses. Names may have hyphens, so a minus between
 * two names has spaces around it. Immutable.
 */
public sealed interface Formula {
    /** A number as written. */
    record Constant(double value) implements Formula {}

    /** The value of an indicator. */
    record Name(String id) implements Formula {}

    /** Two formulas and what is done with them. */
    record Operation(Operator operator, Formula left, Formula right) implements Formula {}

    /** A formula with the other sign. */
    record Negated(Formula of) implements Formula {}

    /** What can be done with two numbers. */
    enum Operator {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY
    }

    /**
     * Reads a formula.
     *
     * @throws IllegalArgumentException with what is wrong and where
     */
    static Formula parse(String text) {
        return new FormulaParser(text).parse();
    }

    /** The ids of all indicators in it, in order. */
    default Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        switch (this) {
            case Constant _ -> {}
            case Name(String id) -> names.add(id);
            case Operation operation ->
                List.of(operation.left(), operation.right()).forEach(side -> names.addAll(side.names()));
            case Negated(var of) -> names.addAll(of.names());
        }
        return names;
    }

    /**
     * The value; empty where an indicator has none, or a division is by zero.
     *
     * @param values those of the indicators that have one
     */
    default OptionalDouble value(Map<String, Double> values) {
        return switch (this) {
            case Constant(double value) -> OptionalDouble.of(value);
            case Name(String id) -> {
                Double value = values.get(id);
                yield value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
            }
            case Negated(var of) -> {
                OptionalDouble value = of.value(values);
                yield value.isEmpty() ? value : OptionalDouble.of(-value.getAsDouble());
            }
            case Operation(var operator, var left, var right) -> {
                OptionalDouble one = left.value(values);
                OptionalDouble other = right.value(values);
                yield one.isEmpty() || other.isEmpty()
                        ? OptionalDouble.empty()
                        : result(operator, one.getAsDouble(), other.getAsDouble());
            }
        };
    }

    private static OptionalDouble result(Operator operator, double one, double other) {
        double result =
                switch (operator) {
                    case PLUS -> one + other;
                    case MINUS -> one - other;
                    case TIMES -> one * other;
                    case DIVIDED_BY -> one / other;
                };
        return Double.isFinite(result) ? OptionalDouble.of(result) : OptionalDouble.empty();
    }
}
