package city.emona.query;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads the values of a query: numbers, quoted texts, dates and times, truth values, and unquoted URIs and words. */
final class LiteralParser {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    /** Beyond this, a number has no use but to make arithmetic slow. */
    private static final int MAX_EXPONENT = 10_000;

    private final Cursor in;

    LiteralParser(Cursor in) {
        this.in = in;
    }

    Literal literal() {
        if (in.peek() == '"') {
            String text = quoted();
            return new Literal.Text(text, Moment.parse(text));
        }
        return unquoted(word());
    }

    /** An unquoted value: until a delimiter, or until the dots of a range where it begins with a digit or a sign. */
    private String word() {
        int start = in.position();
        boolean mayBeRange = in.peek() == '-' || Character.isDigit(in.peek());
        while (!in.atEnd() && ";|(),\"<>".indexOf(in.peek()) < 0 && !(mayBeRange && in.lookingAt(".."))) {
            in.skip();
        }
        return in.since(start);
    }

    private Literal unquoted(String word) {
        switch (word) {
            case "true" -> {
                return new Literal.Truth(true);
            }
            case "false" -> {
                return new Literal.Truth(false);
            }
            default -> {}
        }
        if (NUMBER.matcher(word).matches()) {
            return Literal.Numeric.of(number(word));
        }
        Moment moment = Moment.parse(word);
        if (moment != null) {
            return new Literal.Temporal(moment, word);
        }
        if (ConditionParser.isWord(word)) {
            return new Literal.Text(word, null);
        }
        throw in.unexpected(
                word.isEmpty() ? "a value is missing." : "it is no number, date, time, truth value or URI.",
                "Put texts in double quotes, and encode them for the address.");
    }

    private BigDecimal number(String digits) {
        try {
            BigDecimal number = new BigDecimal(digits);
            if (digits.length() <= Json.MAX_NUMBER_LENGTH && Math.abs((long) number.scale()) <= MAX_EXPONENT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the same words as a number that is merely too large
        }
        throw in.unexpected("the number is out of range.", "Use a number that fits the values asked for.");
    }

    /** A JSON string. */
    private String quoted() {
        String raw = rawQuoted();
        try {
            return Json.parse(raw).stringValue();
        } catch (Problem e) {
            throw in.unexpected(
                    "the text in quotes is no JSON string.", "Write \\\" for a quote and \\\\ for a backslash.");
        }
    }

    private String rawQuoted() {
        int start = in.position();
        in.skip();
        while (!in.atEnd()) {
            char c = in.next();
            if (c == '"') {
                return in.since(start);
            }
            if (c == '\\' && !in.atEnd()) {
                in.skip();
            }
        }
        throw in.unexpected("the quote is never closed.", "Close it with \".");
    }

    /**
     * A regular expression: in quotes, where only a quote has to be escaped, or without, until a delimiter that stands in none of its own
     * brackets.
     */
    String pattern() {
        if (in.peek() == '"') {
            String raw = rawQuoted();
            return raw.substring(1, raw.length() - 1).replace("\\\"", "\"");
        }
        int start = in.position();
        int open = 0;
        boolean inClass = false;
        while (!in.atEnd()) {
            char c = in.peek();
            if (c == '\\') {
                in.skip();
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(') {
                open++;
            } else if (open > 0 && c == ')') {
                open--;
            } else if (open == 0 && (c == ')' || c == ';' || c == '|')) {
                break;
            }
            if (!in.atEnd()) {
                in.skip();
            }
        }
        String pattern = in.since(start);
        if (pattern.isEmpty()) {
            throw in.unexpected("a pattern is missing.", "Write a regular expression, for example ~=\"^Slov\".");
        }
        return pattern;
    }
}
