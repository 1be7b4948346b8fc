package city.emona.vertical.mapping;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.LocalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSONata {@link Expression} that turns a record into entities. It sees the record as its input, the variables that it is given, and the
 * functions of {@link MappingFunctions}. Safe for use by many threads.
 */
public final class Mapping {
    /** The longest that one record may take. */
    public static final int MAX_MILLIS = 1_000;

    private final Expression expression;

    private Mapping(Expression expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression.
     *
     * @throws Problem of type BadRequestData with the line of the error
     */
    public static Mapping compile(String text) {
        return new Mapping(Expression.compile(text));
    }

    /**
     * Applies the mapping to a record of maps, lists, strings, numbers, booleans and nulls.
     *
     * @throws RecordRejected when the mapping fails, runs too long, rejects the record, or makes something that is no entity
     */
    public MappedRecord apply(Object input, Map<String, @Nullable Object> variables) {
        List<LocalizedText> notes = new ArrayList<>();
        Object result = expression.evaluate(input, variables, Map.of(), MAX_MILLIS, notes);
        return new MappedRecord(entities(result), notes);
    }

    private static List<ObjectNode> entities(@Nullable Object result) {
        if (result == null) {
            return List.of();
        }
        JsonNode json = Json.fromPlain(result);
        List<ObjectNode> entities = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(item -> entities.add(entity(item)));
        } else {
            entities.add(entity(json));
        }
        return entities;
    }

    private static ObjectNode entity(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new RecordRejected("Preslikava ni dala entitete.", "The mapping did not make an entity.");
    }
}
