package city.emona.vertical.rule;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.Literal;
import city.emona.time.Timestamps;
import city.emona.vertical.RuleTest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured when an alert was raised, and against what: the reasons of an alert, kept with it. */
final class Evidence {
    private final RuleJudge judge;
    private final Entity entity;
    private final ArrayNode reasons = Json.array();

    private Evidence(RuleJudge judge, Entity entity) {
        this.judge = judge;
        this.entity = entity;
    }

    /**
     * The reasons, each with the kind of test, the attribute, its value and times, and the bound. Of the terms of a condition those are
     * told that hold.
     */
    static ArrayNode of(Watch watch, Entity entity, RuleJudge judge) {
        Evidence evidence = new Evidence(judge, entity);
        watch.rule().tests().forEach(evidence::add);
        return evidence.reasons;
    }

    private void add(RuleTest test) {
        switch (test) {
            case RuleTest.Matches matches ->
                matches.condition().terms().stream()
                        .filter(term -> judge.matches(term, entity))
                        .forEach(this::term);
            case RuleTest.Changes changes ->
                measured(changes.rises() ? "rise" : "fall", changes.attribute())
                        .put("by", changes.by())
                        .put("within", changes.within().toString());
            case RuleTest.Absent absent ->
                measured("absent", absent.attribute())
                        .put("after", absent.after().toString());
            case RuleTest.Lies lies -> {
                ObjectNode reason = reason(lies.inside() ? "inside" : "outside");
                if (lies.fence() instanceof RuleTest.Fence.Around(var id, double meters)) {
                    reason.put("fence", id).put("meters", meters);
                }
            }
            case RuleTest.Compares compares -> {
                ObjectNode reason = measured(compares.above() ? "above" : "below", compares.attribute())
                        .put("factor", compares.factor())
                        .put("by", compares.by())
                        .put("aggregate", compares.reference().kind().name().toLowerCase(java.util.Locale.ROOT));
                OptionalDouble others = judge.reference(compares.reference(), entity);
                others.ifPresent(number -> reason.put("reference", number));
            }
        }
    }

    private void term(Condition term) {
        if (term instanceof Condition.Comparison(var path, var operator, var operand) && isOwn(path)) {
            measured("condition", path.attributes().getFirst())
                    .put("operator", operator.text())
                    .put("bound", bound(operand));
        } else if (term instanceof Condition.Exists(var path) && isOwn(path)) {
            measured("condition", path.attributes().getFirst());
        }
    }

    private static boolean isOwn(AttributePath path) {
        return path.links().isEmpty() && !path.attributes().isEmpty();
    }

    private static String bound(Condition.Operand operand) {
        return switch (operand) {
            case Condition.Operand.OneOf(var literals) ->
                literals.stream().map(Evidence::text).collect(Collectors.joining(", "));
            case Condition.Operand.Range(var least, var most) -> text(least) + ".." + text(most);
            case Condition.Operand.Matching(var pattern) -> pattern.toString();
        };
    }

    private static String text(Literal literal) {
        return switch (literal) {
            case Literal.Numeric number -> number.value().toPlainString();
            case Literal.Text text -> text.value();
            case Literal.Truth(boolean truth) -> Boolean.toString(truth);
            case Literal.Temporal temporal -> temporal.text();
        };
    }

    private ObjectNode reason(String kind) {
        return reasons.addObject().put("kind", kind);
    }

    private ObjectNode measured(String kind, String attribute) {
        ObjectNode reason = reason(kind).put("attribute", attribute);
        Optional<AttributeInstance> instance = entity.findAttribute(attribute).map(Attribute::main);
        instance.ifPresent(found -> {
            reason.set("value", found.value());
            reason.put("saidAt", Timestamps.format(RuleJudge.saidAt(found)));
            String unitCode = found.unitCode();
            if (unitCode != null) {
                reason.put("unitCode", unitCode);
            }
        });
        return reason;
    }
}
