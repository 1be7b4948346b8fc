package city.emona.vertical.indicator;

import city.emona.context.Contexts;
import city.emona.problem.Problem;
import city.emona.vertical.IndicatorExample;
import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.MemoryCity;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Runs the examples of indicators in a city that lives in memory. */
public final class IndicatorTester {
    private static final double TOLERANCE = 1e-6;

    private final Contexts contexts;

    public IndicatorTester(Contexts contexts) {
        this.contexts = contexts;
    }

    /**
     * What came of an example.
     *
     * @param differences none when it gave what it promised
     */
    public record Result(String name, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    /** Runs all examples of all indicators of a vertical. */
    public List<Result> test(Vertical vertical) {
        List<Result> results = new ArrayList<>();
        for (IndicatorSpec indicator : vertical.indicators()) {
            for (IndicatorExample example : indicator.examples()) {
                List<String> differences;
                try {
                    differences = differences(vertical, indicator, example);
                } catch (Problem e) {
                    differences = List.of(e.explanation());
                }
                results.add(new Result(indicator.id() + ": " + example.name(), differences));
            }
        }
        return results;
    }

    private List<String> differences(Vertical vertical, IndicatorSpec indicator, IndicatorExample example) {
        MemoryCity city = new MemoryCity(contexts.compile(vertical.models().context()));
        long now = example.on().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        PastNumbers past = new PastNumbers();
        String type = type(vertical, indicator.computation());
        for (int i = 0; i < example.entities().size(); i++) {
            var entity =
                    city.say(type, Integer.toString(i + 1), example.entities().get(i), now);
            if (indicator.computation() instanceof Computation.Past computation) {
                entity.findValue(computation.attribute())
                        .ifPresent(value -> past.numbers(new long[1], new double[] {value.asDouble()}, 0, 1));
            }
        }
        OptionalDouble value = new Calculator(city, (computation, _) -> past.result(computation.method()))
                .value(indicator, new TreeMap<>(example.indicators()), now);
        List<String> differences = new ArrayList<>();
        Double expected = example.value();
        boolean same = expected == null
                ? value.isEmpty()
                : value.isPresent() && Math.abs(value.getAsDouble() - expected) <= TOLERANCE;
        if (!same) {
            differences.add("value: expected " + (expected == null ? "none" : expected) + ", found "
                    + (value.isPresent() ? value.getAsDouble() : "none"));
        }
        String status = Judgement.of(indicator, value, example.on()).status().term();
        if (!example.status().isEmpty() && !example.status().equals(status)) {
            differences.add("status: expected " + example.status() + ", found " + status);
        }
        return differences;
    }

    private static String type(Vertical vertical, Computation computation) {
        String iri =
                switch (computation) {
                    case Computation.Current current -> current.type();
                    case Computation.Past past -> past.type();
                    case Computation.Calculated _, Computation.Manual _ -> "";
                };
        return vertical.models().types().stream()
                .filter(type -> type.iri().equals(iri))
                .map(type -> type.term())
                .findFirst()
                .orElse("Entity");
    }
}
