package city.emona.vertical.mapping;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.LocalizedText;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSONata expression that turns a record into entities. It sees the record as its input, the variables that it is given, and the
 * functions of {@link MappingFunctions}. Safe for use by many threads.
 */
public final class Mapping {
    /** The longest that one record may take. */
    public static final int MAX_MILLIS = 1_000;

    /** How deep calls may nest. */
    public static final int MAX_DEPTH = 300;

    private final Jsonata expression;

    private Mapping(Jsonata expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression.
     *
     * @throws Problem of type BadRequestData with the line of the error
     */
    public static Mapping compile(String text) {
        RegexPlaces.findOutside(text).ifPresent(at -> {
            throw Problem.badRequestData(
                    "A regular expression, or a function that takes one, is used where its time is not bounded (line "
                            + lineOf(text, at) + ").",
                    "Use them only as in $match(text, /…/), $contains, $replace and $split.");
        });
        try {
            return new Mapping(Jsonata.jsonata(text));
        } catch (JException e) {
            int line = lineOf(text, e.getLocation());
            throw Problem.badRequestData(
                    "The mapping is not valid JSONata: " + message(e) + " (line " + line + ").", "Correct it.");
        }
    }

    private static int lineOf(String text, int position) {
        int end = Math.clamp(position, 0, text.length());
        return (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceFirst("^JSONataException ", "");
    }

    /**
     * Applies the mapping to a record of maps, lists, strings, numbers, booleans and nulls.
     *
     * @throws RecordRejected when the mapping fails, runs too long, rejects the record, or makes something that is no entity
     */
    public MappedRecord apply(Object input, Map<String, @Nullable Object> variables) {
        List<LocalizedText> notes = new ArrayList<>();
        Jsonata.Frame frame = expression.createFrame();
        frame.setRuntimeBounds(MAX_MILLIS, MAX_DEPTH);
        MappingFunctions.bind(frame, notes);
        RegexFunctions.bind(frame);
        variables.forEach(frame::bind);
        Object result;
        try {
            result = expression.evaluate(input, frame);
        } catch (RecordRejected e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RecordRejected(
                    "Preslikava ni uspela: " + message(e) + ".", "The mapping failed: " + message(e) + ".");
        } catch (StackOverflowError _) {
            throw new RecordRejected("Preslikava gnezdi pregloboko.", "The mapping nests too deep.");
        }
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
