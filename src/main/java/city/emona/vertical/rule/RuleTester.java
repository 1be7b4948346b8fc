package city.emona.vertical.rule;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.vertical.RuleExample;
import city.emona.vertical.RuleExample.Expectation;
import city.emona.vertical.RuleExample.Step;
import city.emona.vertical.RuleSpec;
import city.emona.vertical.Vertical;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs the examples of rules: the same machine as in the city, with a clock that the example moves. */
public final class RuleTester {
    private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final Contexts contexts;

    public RuleTester(Contexts contexts) {
        this.contexts = contexts;
    }

    /**
     * What came of an example.
     *
     * @param differences none when it went as promised
     */
    public record Result(String name, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    /** Runs all examples of all rules of a vertical. */
    public List<Result> test(Vertical vertical) {
        List<Result> results = new ArrayList<>();
        for (RuleSpec rule : vertical.rules()) {
            for (RuleExample example : rule.examples()) {
                results.add(new Result(rule.id() + ": " + example.name(), differences(vertical, rule, example)));
            }
        }
        return results;
    }

    private List<String> differences(Vertical vertical, RuleSpec rule, RuleExample example) {
        List<Expectation> happened;
        try {
            happened = new Story(vertical, rule).play(example);
        } catch (Problem e) {
            return List.of(e.explanation());
        }
        List<String> differences = new ArrayList<>();
        example.expected().stream()
                .filter(expected -> !happened.contains(expected))
                .forEach(expected -> differences.add("expected, but did not happen: " + expected));
        happened.stream()
                .filter(one -> !example.expected().contains(one))
                .forEach(one -> differences.add("happened, but was not expected: " + one));
        return differences;
    }

    /** One example at play. */
    private final class Story implements RuleEvents {
        private final RuleSpec rule;
        private final MemoryCity city;
        private final RuleMachine machine;
        private final List<Expectation> happened = new ArrayList<>();

        Story(Vertical vertical, RuleSpec rule) {
            this.rule = rule;
            this.city = new MemoryCity(contexts.compile(vertical.models().context()));
            this.machine = new RuleMachine(List.of(new Watch(vertical, rule)), city, this);
        }

        List<Expectation> play(RuleExample example) {
            for (Step step : example.steps()) {
                long at = BEGIN + step.at().toMillis();
                passUntil(at - 1);
                if (step.removed()) {
                    String id = MemoryCity.id(step.type(), step.entity());
                    city.remove(id);
                    machine.gone(id, at);
                } else {
                    machine.observe(city.say(step.type(), step.entity(), step.set(), at), at);
                }
                machine.tick(at);
            }
            passUntil(BEGIN + example.until().toMillis());
            return happened;
        }

        private void passUntil(long end) {
            while (machine.nextDue() <= end) {
                machine.tick(machine.nextDue());
            }
        }

        private void note(String entityId, long at, boolean raised) {
            String prefix = MemoryCity.id(rule.typeTerm(), "");
            String name = entityId.startsWith(prefix) ? entityId.substring(prefix.length()) : entityId;
            // what is due just behind a moment counts as at that moment
            Duration since = Duration.ofSeconds((at - BEGIN) / 1_000);
            happened.add(new Expectation(since, name, raised));
        }

        @Override
        public void began(Watch watch, String entityId, long since) {
            // an example tells of alerts only
        }

        @Override
        public void ceased(Watch watch, String entityId) {
            // an example tells of alerts only
        }

        @Override
        public void raised(Watch watch, Entity entity, long since, long at) {
            note(entity.id(), at, true);
        }

        @Override
        public void cleared(Watch watch, String entityId, boolean gone, long at) {
            note(entityId, at, false);
        }
    }
}
