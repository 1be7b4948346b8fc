package city.emona.vertical.rule;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.geo.Geometry;
import city.emona.geo.Relation;
import city.emona.problem.Problem;
import city.emona.query.Condition;
import city.emona.query.ConditionEvaluator;
import city.emona.time.Timestamps;
import city.emona.vertical.RuleSpec;
import city.emona.vertical.RuleTest;
import city.emona.vertical.RuleTest.Reference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/** Tells whether a rule's tests hold of an entity at a time. It remembers nothing. */
final class RuleJudge {
    private final CityView city;
    private final ConditionEvaluator conditions;

    RuleJudge(CityView city) {
        this.city = city;
        this.conditions = new ConditionEvaluator(id -> city.find(id).orElse(null), null);
    }

    Verdict judge(RuleSpec rule, Entity entity, long now) {
        Verdict verdict = new Verdict(true, Verdict.NEVER);
        for (RuleTest test : rule.tests()) {
            verdict = verdict.and(judge(test, entity, now));
        }
        return verdict;
    }

    private Verdict judge(RuleTest test, Entity entity, long now) {
        return switch (test) {
            case RuleTest.Matches matches -> new Verdict(matches(matches.condition(), entity), Verdict.NEVER);
            case RuleTest.Changes changes -> changes(changes, entity, now);
            case RuleTest.Absent absent -> absent(absent, entity, now);
            case RuleTest.Lies lies -> new Verdict(lies(lies, entity), Verdict.NEVER);
            case RuleTest.Compares compares -> new Verdict(compares(compares, entity), Verdict.NEVER);
        };
    }

    /** Whether an entity fulfils a condition; one that costs too much does not hold. */
    boolean matches(Condition condition, Entity entity) {
        try {
            return conditions.matches(condition, entity);
        } catch (Problem tooComplex) {
            return false;
        }
    }

    private Verdict changes(RuleTest.Changes test, Entity entity, long now) {
        Optional<AttributeInstance> instance =
                entity.findAttribute(test.attribute()).map(Attribute::main);
        OptionalDouble value = number(entity, test.attribute());
        if (instance.isEmpty() || value.isEmpty()) {
            return new Verdict(false, Verdict.NEVER);
        }
        long window = test.within().toMillis();
        boolean observed = instance.get().observedAt() != null;
        double sign = test.rises() ? 1 : -1;
        long holdsUntil = Long.MIN_VALUE;
        for (CityView.Reading earlier : city.numbers(entity.id(), test.attribute(), observed, now - window, now)) {
            if (sign * (value.getAsDouble() - earlier.value()) >= test.by()) {
                holdsUntil = Math.max(holdsUntil, earlier.until() + window);
            }
        }
        return holdsUntil < now ? new Verdict(false, Verdict.NEVER) : new Verdict(true, holdsUntil + 1);
    }

    private Verdict absent(RuleTest.Absent test, Entity entity, long now) {
        long until = lastSaid(entity, test.attribute()) + test.after().toMillis();
        return until <= now ? new Verdict(true, Verdict.NEVER) : new Verdict(false, until);
    }

    private long lastSaid(Entity entity, String attribute) {
        return entity.findAttribute(attribute)
                .map(present -> saidAt(present.main()))
                .orElseGet(() -> city.lastSaid(entity.id(), attribute).orElse(entity.createdAt()));
    }

    /** When an instance was observed; where that is not told, when it was written. */
    static long saidAt(AttributeInstance instance) {
        String observedAt = instance.observedAt();
        return observedAt == null
                ? instance.modifiedAt()
                : Timestamps.parse(observedAt).orElse(instance.modifiedAt());
    }

    private boolean lies(RuleTest.Lies test, Entity entity) {
        Optional<Geometry> place = place(entity);
        Optional<Boolean> within = place.flatMap(found -> isWithin(found, test.fence()));
        return within.filter(isInside -> isInside == test.inside()).isPresent();
    }

    private Optional<Boolean> isWithin(Geometry place, RuleTest.Fence fence) {
        return switch (fence) {
            case RuleTest.Fence.Area(var geometry) -> Optional.of(Relation.WITHIN.holds(place, geometry));
            case RuleTest.Fence.Around(var id, double meters) ->
                city.find(id)
                        .flatMap(RuleJudge::place)
                        .map(other -> meters == 0
                                ? Relation.WITHIN.holds(place, other)
                                : place.isWithinMeters(other, meters));
        };
    }

    /** Where an entity lies. */
    static Optional<Geometry> place(Entity entity) {
        return entity.findValue(AlertTerms.LOCATION).filter(JsonNode::isObject).map(Geometry::of);
    }

    private boolean compares(RuleTest.Compares test, Entity entity) {
        OptionalDouble own = number(entity, test.attribute());
        OptionalDouble others = reference(test.reference(), entity);
        if (own.isEmpty() || others.isEmpty()) {
            return false;
        }
        double bound = test.factor() * others.getAsDouble() + test.by();
        return test.above() ? own.getAsDouble() > bound : own.getAsDouble() < bound;
    }

    /** The number that the others have; empty where none of them has one. */
    OptionalDouble reference(Reference reference, Entity entity) {
        List<Entity> others = city.ofType(reference.type()).stream()
                .filter(other -> !other.id().equals(entity.id()))
                .filter(other -> number(other, reference.attribute()).isPresent())
                .toList();
        if (reference.kind() == Reference.Kind.NEAREST) {
            return place(entity).stream()
                    .flatMap(here -> others.stream()
                            .filter(other -> place(other).isPresent())
                            .min(Comparator.comparingDouble(
                                    other -> place(other).orElseThrow().distanceMeters(here)))
                            .stream())
                    .mapToDouble(
                            nearest -> number(nearest, reference.attribute()).orElseThrow())
                    .findFirst();
        }
        double[] numbers = others.stream()
                .mapToDouble(other -> number(other, reference.attribute()).orElseThrow())
                .sorted()
                .toArray();
        return numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(of(reference.kind(), numbers));
    }

    private static double of(Reference.Kind kind, double[] sorted) {
        return switch (kind) {
            case AVERAGE -> DoubleStream.of(sorted).average().orElseThrow();
            case MINIMUM -> sorted[0];
            case MAXIMUM -> sorted[sorted.length - 1];
            case SUM -> DoubleStream.of(sorted).sum();
            case MEDIAN -> (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            case NEAREST -> throw new IllegalArgumentException("the nearest is one entity");
        };
    }

    /** The number that an attribute has. */
    static OptionalDouble number(Entity entity, String attribute) {
        return entity.findValue(attribute)
                .filter(JsonNode::isNumber)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }
}
