package city.emona.broker.subscription;

import city.emona.query.Condition;
import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Operand;
import city.emona.query.Condition.Or;
import city.emona.query.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition asks at least of the value of one attribute, in a form that can be indexed. */
sealed interface ValueTest {
    /** The expanded name. */
    String attribute();

    /** Whether it names values rather than a bound of them. */
    default boolean isExact() {
        return this instanceof IsNumber || this instanceof IsText;
    }

    /** One of some numbers, rounded to doubles. */
    record IsNumber(String attribute, List<Double> numbers) implements ValueTest {}

    /** One of some texts. */
    record IsText(String attribute, List<String> texts) implements ValueTest {}

    /** A number that is not below another, rounded to a double. */
    record AtLeast(String attribute, double least) implements ValueTest {}

    /** A number that is not above another, rounded to a double. */
    record AtMost(String attribute, double most) implements ValueTest {}

    /** The test that rules most out; null where the condition asks nothing of that form. */
    static @Nullable ValueTest find(@Nullable Condition condition) {
        return switch (condition) {
            case null -> null;
            case And(var all) -> {
                ValueTest best = null;
                for (Condition each : all) {
                    ValueTest test = find(each);
                    if (test != null && (best == null || (test.isExact() && !best.isExact()))) {
                        best = test;
                    }
                }
                yield best;
            }
            case Or _, Exists _ -> null;
            case Comparison comparison -> comparison.path().isPlainAttribute() ? of(comparison) : null;
        };
    }

    private static @Nullable ValueTest of(Comparison comparison) {
        String attribute = comparison.path().attributes().getFirst();
        return switch (comparison.operand()) {
            case Operand.OneOf(var literals) -> of(attribute, comparison.operator(), literals);
            case Operand.Range range ->
                comparison.operator() == Condition.Operator.EQUAL && range.least() instanceof Literal.Numeric number
                        ? new AtLeast(attribute, number.value().doubleValue())
                        : null;
            case Operand.Matching _ -> null;
        };
    }

    private static @Nullable ValueTest of(String attribute, Condition.Operator operator, List<Literal> literals) {
        return switch (operator) {
            case EQUAL -> equal(attribute, literals);
            case GREATER, GREATER_OR_EQUAL ->
                literals.getFirst() instanceof Literal.Numeric number
                        ? new AtLeast(attribute, number.value().doubleValue())
                        : null;
            case LESS, LESS_OR_EQUAL ->
                literals.getFirst() instanceof Literal.Numeric number
                        ? new AtMost(attribute, number.value().doubleValue())
                        : null;
            case UNEQUAL, MATCHES, MATCHES_NOT -> null;
        };
    }

    private static @Nullable ValueTest equal(String attribute, List<Literal> literals) {
        List<Double> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Literal literal : literals) {
            switch (literal) {
                case Literal.Numeric number -> numbers.add(number.value().doubleValue());
                case Literal.Text text -> texts.add(text.value());
                case Literal.Truth _, Literal.Temporal _ -> {
                    return null;
                }
            }
        }
        if (numbers.isEmpty()) {
            return new IsText(attribute, texts);
        }
        return texts.isEmpty() ? new IsNumber(attribute, numbers) : null;
    }
}
