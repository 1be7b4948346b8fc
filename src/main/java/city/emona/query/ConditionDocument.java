package city.emona.query;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.AttributePath.Link;
import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Operand;
import city.emona.query.Condition.Operator;
import city.emona.query.Condition.Or;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Conditions as JSON documents that hold expanded names, so that what is kept of a condition means the same without the context that it was
 * written with.
 */
public final class ConditionDocument {
    private ConditionDocument() {}

    /** The document of a condition. */
    public static ObjectNode write(Condition condition) {
        ObjectNode json = Json.object();
        switch (condition) {
            case And(var all) -> json.set("and", array(all.stream().map(ConditionDocument::write)));
            case Or(var any) -> json.set("or", array(any.stream().map(ConditionDocument::write)));
            case Exists(var path) -> json.set("path", path(path));
            case Comparison(var path, var operator, var operand) -> {
                json.set("path", path(path));
                json.put("operator", operator.text());
                json.set("operand", operand(operand));
            }
        }
        return json;
    }

    private static ArrayNode array(Stream<? extends JsonNode> items) {
        ArrayNode array = Json.array();
        items.forEach(array::add);
        return array;
    }

    private static ArrayNode texts(Collection<String> texts) {
        return array(texts.stream().map(StringNode::valueOf));
    }

    private static ObjectNode path(AttributePath path) {
        ObjectNode json = Json.object();
        json.set("links", array(path.links().stream().map(link -> {
            ObjectNode one = Json.object();
            one.set("relationship", texts(link.relationship()));
            one.set("types", texts(link.types()));
            return one;
        })));
        json.set("attributes", texts(path.attributes()));
        if (path.member() != null) {
            json.put("member", path.member().name());
        }
        json.set("trailing", texts(path.trailing()));
        return json;
    }

    private static ObjectNode operand(Operand operand) {
        ObjectNode json = Json.object();
        switch (operand) {
            case Operand.OneOf(var literals) ->
                json.set("oneOf", array(literals.stream().map(ConditionDocument::literal)));
            case Operand.Range(var least, var most) ->
                json.set("range", array(Stream.of(least, most).map(ConditionDocument::literal)));
            case Operand.Matching(var pattern) -> json.put("pattern", pattern.text());
        }
        return json;
    }

    private static JsonNode literal(Literal literal) {
        return switch (literal) {
            case Literal.Numeric number -> DecimalNode.valueOf(number.value());
            case Literal.Truth(boolean truth) -> BooleanNode.valueOf(truth);
            case Literal.Text(var text, var moment) -> Json.object().put(moment == null ? "word" : "text", text);
            case Literal.Temporal temporal -> Json.object().put("time", temporal.text());
        };
    }

    /**
     * The condition of a document that {@link #write} made.
     *
     * @throws Problem of type InvalidRequest when it is none
     */
    public static Condition read(JsonNode json) {
        if (json.has("and")) {
            return new And(conditions(json.required("and")));
        }
        if (json.has("or")) {
            return new Or(conditions(json.required("or")));
        }
        AttributePath path = readPath(json.required("path"));
        return json.has("operator")
                ? new Comparison(
                        path, operator(json.required("operator").stringValue()), readOperand(json.required("operand")))
                : new Exists(path);
    }

    private static List<Condition> conditions(JsonNode array) {
        return array.valueStream().map(ConditionDocument::read).toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static AttributePath readPath(JsonNode json) {
        JsonNode member = json.get("member");
        return new AttributePath(
                json.required("links")
                        .valueStream()
                        .map(link -> new Link(
                                strings(link.required("relationship")), new HashSet<>(strings(link.required("types")))))
                        .toList(),
                strings(json.required("attributes")),
                member == null ? null : SystemMember.valueOf(member.stringValue()),
                strings(json.required("trailing")));
    }

    private static Operator operator(String text) {
        for (Operator operator : Operator.values()) {
            if (operator.text().equals(text)) {
                return operator;
            }
        }
        throw Problem.invalidRequest("»" + text + "« is no operator.", "");
    }

    private static Operand readOperand(JsonNode json) {
        if (json.has("pattern")) {
            return new Operand.Matching(
                    TextPattern.parse(json.required("pattern").stringValue(), "The pattern"));
        }
        if (json.has("range")) {
            JsonNode range = json.required("range");
            return new Operand.Range(readLiteral(range.required(0)), readLiteral(range.required(1)));
        }
        return new Operand.OneOf(json.required("oneOf")
                .valueStream()
                .map(ConditionDocument::readLiteral)
                .toList());
    }

    private static Literal readLiteral(JsonNode json) {
        if (json.isNumber()) {
            return Literal.Numeric.of(json.decimalValue());
        }
        if (json.isBoolean()) {
            return new Literal.Truth(json.booleanValue());
        }
        if (json.has("word")) {
            return new Literal.Text(json.required("word").stringValue(), null);
        }
        if (json.has("text")) {
            String text = json.required("text").stringValue();
            return new Literal.Text(text, Moment.parse(text));
        }
        String text = json.required("time").stringValue();
        Moment moment = Moment.parse(text);
        if (moment == null) {
            throw Problem.invalidRequest("»" + text + "« is no time.", "");
        }
        return new Literal.Temporal(moment, text);
    }
}
