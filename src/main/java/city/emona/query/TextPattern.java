package city.emona.query;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a query, as {@code idPattern} and the operators {@code ~=} and {@code !~=} have it: it fits a text in which it
 * occurs. It looks at no more than {@value #MAX_STEPS} characters of a text, those it looks at again included, so that no pattern can be
 * written that reads a short text for years.
 */
public final class TextPattern {
    /** How long a pattern may be, in characters. */
    public static final int MAX_LENGTH = 200;

    /** How many characters of one text a pattern looks at. */
    static final int MAX_STEPS = 100_000;

    private final String what;
    private final Pattern pattern;

    private TextPattern(String what, Pattern pattern) {
        this.what = what;
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @param what what the pattern stands for, as the subject of an error's sentence
     * @throws Problem of type BadRequestData when the text is no regular expression, TooComplexQuery when it is too long
     */
    public static TextPattern parse(String text, String what) {
        if (text.length() > MAX_LENGTH) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY,
                    what + " is longer than " + MAX_LENGTH + " characters.",
                    "Use a shorter one.");
        }
        try {
            return new TextPattern(what, Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw Problem.badRequestData(
                    what + " is no regular expression: " + e.getDescription() + ".", "Correct it.");
        }
    }

    /**
     * Whether the pattern occurs in a text.
     *
     * @throws Problem of type TooComplexQuery when that takes too many steps
     */
    public boolean occursIn(String text) {
        try {
            return pattern.matcher(new BoundedText(text, MAX_STEPS, what)).find();
        } catch (StackOverflowError e) {
            // the library repeats alternatives by calling itself
            throw BoundedText.tooManySteps(what);
        }
    }

    /** What every text begins with in which the pattern occurs, as far as that is easily told; empty where it is not. */
    public String literalStart() {
        String text = text();
        if (!text.startsWith("^") || text.indexOf('|') >= 0) {
            return "";
        }
        int end = 1;
        while (end < text.length() && text.charAt(end) < 0x80 && "\\[](){}.*+?^$".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean lastIsOptional = end < text.length() && "*?{".indexOf(text.charAt(end)) >= 0;
        return text.substring(1, lastIsOptional ? Math.max(1, end - 1) : end);
    }

    /** The text of the pattern. */
    public String text() {
        return pattern.pattern();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPattern pattern && pattern.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
