package city.emona.query;

import city.emona.context.Names;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Operand;
import city.emona.query.Condition.Operator;
import city.emona.query.Condition.Or;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the NGSI-LD query language (ETSI GS CIM 009 clause 4.9): the parameter {@code q}, and {@code csf}.
 *
 * <p>Where the grammar leaves a choice, this reads what is written in practice: a pattern with or without quotes, an unquoted word as a
 * text (which {@code expandValues} may expand), a name with a prefix, and a full IRI with {@code ://} as the name of an attribute without
 * sub-attributes.
 */
public final class ConditionParser {
    /** How long a condition may be, in characters. */
    public static final int MAX_LENGTH = 20_000;

    /** How many terms a condition may have. */
    public static final int MAX_TERMS = 200;

    /** How deep parentheses may nest. */
    public static final int MAX_NESTING = 20;

    /** How many literals a list may have. */
    public static final int MAX_LITERALS = 1_000;

    private final Cursor in;
    private final QueryNames names;
    private final PathParser paths;
    private final LiteralParser literals;
    private int terms;

    private ConditionParser(String text, QueryNames names) {
        this.in = new Cursor(text, "The query");
        this.names = names;
        this.paths = new PathParser(in, names);
        this.literals = new LiteralParser(in);
    }

    /**
     * Reads a condition.
     *
     * @param names what the names in it mean
     * @throws Problem of type BadRequestData when the text is no condition, TooComplexQuery when it exceeds a bound
     */
    public static Condition parse(String text, QueryNames names) {
        if (text.length() > MAX_LENGTH) {
            throw tooComplex("longer than " + MAX_LENGTH + " characters");
        }
        ConditionParser parser = new ConditionParser(text, names);
        Condition condition = parser.or(0);
        parser.in.requireEnd();
        return condition;
    }

    private Condition or(int depth) {
        List<Condition> any = new ArrayList<>();
        do {
            any.add(and(depth));
        } while (in.take('|'));
        return any.size() == 1 ? any.getFirst() : new Or(any);
    }

    private Condition and(int depth) {
        List<Condition> all = new ArrayList<>();
        do {
            all.add(one(depth));
        } while (in.take(';'));
        return all.size() == 1 ? all.getFirst() : new And(all);
    }

    private Condition one(int depth) {
        if (!in.take('(')) {
            return term();
        }
        if (depth == MAX_NESTING) {
            throw tooComplex("nested deeper than " + MAX_NESTING + " parentheses");
        }
        Condition inner = or(depth + 1);
        in.require(')', "closes the parenthesis");
        return inner;
    }

    private Condition term() {
        if (++terms > MAX_TERMS) {
            throw tooComplex("made of more than " + MAX_TERMS + " terms");
        }
        AttributePath path = paths.path();
        Operator operator = operator();
        if (operator == null) {
            return new Exists(path);
        }
        if (operator.takesPattern()) {
            return new Comparison(
                    path, operator, new Operand.Matching(TextPattern.parse(literals.pattern(), "The pattern")));
        }
        return new Comparison(path, operator, operator.isOrdering() ? ordered(operator) : equated(path));
    }

    private @Nullable Operator operator() {
        // the longer before those that they begin with
        if (in.take("==")) {
            return Operator.EQUAL;
        } else if (in.take("!=")) {
            return Operator.UNEQUAL;
        } else if (in.take("!~=")) {
            return Operator.MATCHES_NOT;
        } else if (in.take("~=")) {
            return Operator.MATCHES;
        } else if (in.take(">=")) {
            return Operator.GREATER_OR_EQUAL;
        } else if (in.take("<=")) {
            return Operator.LESS_OR_EQUAL;
        } else if (in.take('>')) {
            return Operator.GREATER;
        } else if (in.take('<')) {
            return Operator.LESS;
        }
        return null;
    }

    private Operand ordered(Operator operator) {
        Literal literal = literals.literal();
        if (in.lookingAt("..") || in.lookingAt(",")) {
            throw in.unexpected(
                    "the operator " + operator.text() + " takes one value.", "Use == for ranges and lists.");
        }
        if (literal instanceof Literal.Truth) {
            throw in.unexpected("the operator " + operator.text() + " does not order true and false.", "Use == or !=.");
        }
        return new Operand.OneOf(List.of(literal));
    }

    private Operand equated(AttributePath path) {
        Literal first = literals.literal();
        if (in.take("..")) {
            Literal last = literals.literal();
            if (!first.isSameKind(last) || first instanceof Literal.Truth) {
                throw in.unexpected(
                        "the ends of the range are not of the same kind.",
                        "Use two numbers, texts, dates, times or date-times.");
            }
            return new Operand.Range(first, last);
        }
        List<Literal> list = new ArrayList<>();
        list.add(names.coerced(path, first));
        while (in.take(',')) {
            if (list.size() == MAX_LITERALS) {
                throw tooComplex("a list of more than " + MAX_LITERALS + " values");
            }
            list.add(names.coerced(path, literals.literal()));
        }
        return new Operand.OneOf(list);
    }

    static Problem tooComplex(String what) {
        return new Problem(
                ProblemType.TOO_COMPLEX_QUERY, "The query is " + what + ".", "Ask for less, or in several requests.");
    }

    /** Whether an unquoted text can be read as a word or a URI. */
    static boolean isWord(String text) {
        return Names.isUri(text) || Names.isName(text);
    }
}
