package city.emona.vertical.indicator;

import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.query.ConditionEvaluator;
import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.IndicatorSpec.Method;
import city.emona.vertical.rule.CityView;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/** Computes the values of indicators. It remembers nothing. */
final class Calculator {
    private static final double PERCENT = 100;

    private final CityView city;
    private final Past past;

    /** The numbers of the past. */
    interface Past {
        /** What all numbers of a type's attribute amount to that were said in the time before {@code now}, in epoch milliseconds. */
        OptionalDouble fold(Computation.Past computation, long now);
    }

    Calculator(CityView city, Past past) {
        this.city = city;
        this.past = past;
    }

    /**
     * The value of an indicator; empty where there is none.
     *
     * @param values the values of all indicators of the vertical that have one
     */
    OptionalDouble value(IndicatorSpec spec, Map<String, Double> values, long now) {
        return switch (spec.computation()) {
            case Computation.Current current -> current(current);
            case Computation.Past earlier -> past.fold(earlier, now);
            case Computation.Calculated calculated -> calculated.formula().value(values);
            case Computation.Manual _ -> {
                Double read = values.get(spec.id());
                yield read == null ? OptionalDouble.empty() : OptionalDouble.of(read);
            }
        };
    }

    private OptionalDouble current(Computation.Current computation) {
        List<Entity> all = city.ofType(computation.type());
        List<Entity> meant =
                all.stream().filter(entity -> isMeant(computation, entity)).toList();
        if (computation.method() == Method.COUNT) {
            return OptionalDouble.of(meant.size());
        }
        if (computation.method() == Method.SHARE) {
            return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(PERCENT * meant.size() / all.size());
        }
        double[] numbers = meant.stream()
                .flatMap(entity -> entity.findValue(computation.attribute()).stream())
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::doubleValue)
                .sorted()
                .toArray();
        return numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(folded(computation.method(), numbers));
    }

    private boolean isMeant(Computation.Current computation, Entity entity) {
        var where = computation.where();
        try {
            return where == null
                    || new ConditionEvaluator(id -> city.find(id).orElse(null), null)
                            .matches(where.condition(), entity);
        } catch (Problem tooComplex) {
            return false;
        }
    }

    private static double folded(Method method, double[] sorted) {
        return switch (method) {
            case SUM -> DoubleStream.of(sorted).sum();
            case AVERAGE -> DoubleStream.of(sorted).average().orElseThrow();
            case MINIMUM -> sorted[0];
            case MAXIMUM -> sorted[sorted.length - 1];
            case MEDIAN -> (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            case COUNT, SHARE -> throw new IllegalArgumentException(method + " is of entities");
        };
    }
}
