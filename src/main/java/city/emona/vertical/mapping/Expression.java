package city.emona.vertical.mapping;

import city.emona.problem.Problem;
import city.emona.vertical.LocalizedText;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression whose evaluation is bounded in time and depth. It has the functions of {@link MappingFunctions} besides those of
 * JSONata. Safe for use by many threads.
 */
public final class Expression {
    /** How deep calls may nest. */
    private static final int MAX_DEPTH = 300;

    private final Jsonata expression;

    private Expression(Jsonata expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression.
     *
     * @throws Problem of type BadRequestData with the line of the error
     */
    public static Expression compile(String text) {
        RegexPlaces.findOutside(text).ifPresent(at -> {
            throw Problem.badRequestData(
                    "A regular expression, or a function that takes one, is used where its time is not bounded (line "
                            + lineOf(text, at) + ").",
                    "Use them only as in $match(text, /…/), $contains, $replace and $split.");
        });
        try {
            return new Expression(Jsonata.jsonata(text));
        } catch (JException e) {
            int line = lineOf(text, e.getLocation());
            throw Problem.badRequestData(
                    "The expression is not valid JSONata: " + message(e) + " (line " + line + ").", "Correct it.");
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
     * Evaluates the expression over an input of maps, lists, strings, numbers, booleans and nulls; null for nothing.
     *
     * @param variables values by the names under which the expression has them
     * @param functions functions by their names, also in the place of those of JSONata
     * @param notes takes what the expression notes
     * @throws RecordRejected when the expression fails, runs too long, or rejects its input
     */
    public @Nullable Object evaluate(
            Object input,
            Map<String, ? extends @Nullable Object> variables,
            Map<String, ExpressionFunction> functions,
            int maxMillis,
            List<LocalizedText> notes) {
        Jsonata.Frame frame = expression.createFrame();
        bound(frame, maxMillis);
        MappingFunctions.bind(frame, notes);
        RegexFunctions.bind(frame);
        functions.forEach((name, body) -> frame.bind(name, MappingFunctions.function(body)));
        variables.forEach(frame::bind);
        try {
            return expression.evaluate(input, frame);
        } catch (RecordRejected e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RecordRejected(
                    "Izraz ni uspel: " + message(e) + ".", "The expression failed: " + message(e) + ".");
        } catch (StackOverflowError _) {
            throw tooDeep();
        }
    }

    /**
     * Counts calls that have begun and not ended. The library's own counter does not see the end of calls around the constructors of arrays
     * and objects, so that an honest loop over some hundred items would seem deep.
     */
    private static void bound(Jsonata.Frame frame, int maxMillis) {
        long end = System.nanoTime() + maxMillis * 1_000_000L;
        int[] depth = new int[1];
        frame.setEvaluateEntryCallback((_, _, _) -> {
            if (++depth[0] > MAX_DEPTH) {
                throw tooDeep();
            }
            if (System.nanoTime() > end) {
                throw new RecordRejected(
                        "Izraz teče dlje kot " + maxMillis + " ms.",
                        "The expression runs longer than " + maxMillis + " ms.");
            }
        });
        frame.setEvaluateExitCallback((_, _, _, _) -> depth[0]--);
    }

    private static RecordRejected tooDeep() {
        return new RecordRejected("Izraz gnezdi pregloboko.", "The expression nests too deep.");
    }
}
