package city.emona.vertical.demo;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.Findings;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.DocumentWriter;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.mapping.Expression;
import city.emona.vertical.mapping.RecordRejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents of one source of the demo city. An expression is compiled when its document is asked for the first time. Safe for use by many
 * threads.
 */
public final class DemoFeed {
    /** The longest that one document may take. */
    private static final int MAX_MILLIS = 5_000;

    private static final Pattern LINE = Pattern.compile("\\(line (\\d+)\\)");

    private final DemoSpec spec;
    private final Object data;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    public DemoFeed(DemoSpec spec) {
        this.spec = spec;
        this.data = Json.toPlain(spec.data());
    }

    /** What is declared of it. */
    public DemoSpec spec() {
        return spec;
    }

    /** Adds what is wrong with expressions and with the names of documents. */
    public static void check(DemoSpec spec, Findings findings) {
        spec.documents().forEach((name, expression) -> {
            if (!DocumentWriter.knows(name)) {
                findings.add(
                        expression.file(),
                        0,
                        "What »" + name + "« is cannot be told from its ending.",
                        "End the name of the document with one of " + DocumentWriter.endings() + ".");
            }
            try {
                Expression.compile(expression.expression());
            } catch (Problem e) {
                Matcher line = LINE.matcher(e.detail());
                int at = line.find() ? Integer.parseInt(line.group(1)) : 0;
                findings.add(expression.file(), at, e.detail(), e.remedy());
            }
        });
    }

    /** Whether there is such a document. */
    public boolean has(String name) {
        return spec.documents().containsKey(name);
    }

    /**
     * A document as it stands at a moment, to the second.
     *
     * @param name one of those that are declared
     * @param base the address of the folder of the documents, with a slash at its end
     * @throws SourceFailure when the expression makes no such document
     */
    public byte[] document(String name, Instant at, String base) throws SourceFailure {
        SourceSpec.MappingSpec declared = spec.documents().get(name);
        if (declared == null) {
            throw failure(name, "Dokumenta ni.", "There is no such document.");
        }
        Instant moment = at.truncatedTo(ChronoUnit.SECONDS);
        try {
            Object made = compiled.computeIfAbsent(name, _ -> Expression.compile(declared.expression()))
                    .evaluate(
                            data,
                            Map.of("at", moment.toString(), "base", base),
                            new DemoFunctions(moment).all(),
                            MAX_MILLIS,
                            new ArrayList<>());
            if (made == null) {
                throw failure(declared.file(), "Izraz ne da ničesar.", "The expression gives nothing.");
            }
            return DocumentWriter.bytes(name, made);
        } catch (RecordRejected e) {
            throw failure(declared.file(), e.reason().sl(), e.reason().en());
        } catch (IllegalArgumentException e) {
            throw failure(declared.file(), e.getMessage() + ".", e.getMessage() + ".");
        } catch (Problem e) {
            throw failure(declared.file(), e.detail(), e.detail());
        }
    }

    private static SourceFailure failure(String file, String sl, String en) {
        return new SourceFailure(file + ": " + sl, file + ": " + en);
    }
}
