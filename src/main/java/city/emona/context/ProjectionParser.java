package city.emona.context;

import city.emona.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the projection language of clause 4.21: terms := term (("," | "|") term)*; term := name ["{" terms "}"]. */
final class ProjectionParser {
    /** Deeper nesting than any answer has. */
    private static final int MAX_DEPTH = 50;

    private static final String SPECIAL = ",|{}";

    private final String parameter;
    private final String text;
    private final UnaryOperator<String> expand;
    private int at;

    /**
     * A member that was named.
     *
     * @param linked the members of the linked entities that stand in its braces; null without braces
     */
    record Term(@Nullable Map<String, Term> linked) {}

    private ProjectionParser(String parameter, String text, UnaryOperator<String> expand) {
        this.parameter = parameter;
        this.text = text;
        this.expand = expand;
    }

    static Map<String, Term> parse(String parameter, String text, UnaryOperator<String> expand) {
        ProjectionParser parser = new ProjectionParser(parameter, text, expand);
        Map<String, Term> terms = parser.terms(0);
        if (parser.at < text.length()) {
            throw parser.invalid();
        }
        return terms;
    }

    private Map<String, Term> terms(int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid();
        }
        Map<String, Term> terms = new LinkedHashMap<>();
        do {
            String name = name();
            Map<String, Term> linked = null;
            if (at < text.length() && text.charAt(at) == '{') {
                at++;
                linked = terms(depth + 1);
                if (at == text.length() || text.charAt(at) != '}' || Projection.IDENTITY.contains(name)) {
                    throw invalid();
                }
                at++;
            }
            Term term = new Term(linked);
            Term before = terms.put(name, term);
            if (before != null && !before.equals(term)) {
                throw Problem.badRequestData(
                        "A member occurs in different ways in " + parameter + ".", "Name it once.");
            }
        } while (nextFollows());
        return terms;
    }

    private boolean nextFollows() {
        if (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '|')) {
            at++;
            return true;
        }
        return false;
    }

    private String name() {
        int start = at;
        while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw invalid();
        }
        String name = text.substring(start, at);
        return Projection.IDENTITY.contains(name)
                ? name
                : expand.apply(Names.requireName(name, "In " + parameter + ", the member"));
    }

    private Problem invalid() {
        return Problem.badRequestData(
                "The text of " + parameter + " is not a list of members.",
                "Write a,b for members, and relationship{a,b} for those of linked entities.");
    }
}
