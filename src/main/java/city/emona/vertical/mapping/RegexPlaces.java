package city.emona.vertical.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds regular expressions of a JSONata text that stand elsewhere than among the arguments of a function that takes them, where their
 * time would not be bounded.
 */
final class RegexPlaces {
    private static final Set<String> TAKERS = Set.of("$match", "$contains", "$replace", "$split");
    private static final Pattern OTHER_USE =
            Pattern.compile("\\$(?:match|contains|replace|split)\\b(?!\\s*\\()", Pattern.UNICODE_CASE);
    private static final String BEFORE_REGEX = "([{,:;=<>?&|~!+-*%^";

    private final String text;
    private final StringBuilder code = new StringBuilder();
    private final Deque<String> calls = new ArrayDeque<>();
    private int at;

    private RegexPlaces(String text) {
        this.text = text;
    }

    /** The position of the first that stands elsewhere, or of another use of such a function; empty when all are in order. */
    static OptionalInt findOutside(String text) {
        return new RegexPlaces(text).find();
    }

    private OptionalInt find() {
        while (at < text.length()) {
            char c = text.charAt(at);
            int start = at;
            if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
                code.append(' ');
            } else if (c == '"' || c == '\'' || c == '`') {
                skipTo(c);
                code.append("''");
            } else if (c == '/' && beginsRegex()) {
                if (calls.isEmpty() || !TAKERS.contains(calls.peek())) {
                    return OptionalInt.of(start);
                }
                skipTo('/');
                code.append("''");
            } else {
                take(c);
            }
        }
        return OTHER_USE.matcher(code).find() ? OptionalInt.of(0) : OptionalInt.empty();
    }

    private void take(char c) {
        if (c == '(') {
            calls.push(lastWord());
        } else if (c == ')' && !calls.isEmpty()) {
            calls.pop();
        }
        code.append(c);
        at++;
    }

    private void skipTo(char end) {
        at++;
        while (at < text.length() && text.charAt(at) != end) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private boolean beginsRegex() {
        String before = code.toString().stripTrailing();
        return before.isEmpty()
                || BEFORE_REGEX.indexOf(before.charAt(before.length() - 1)) >= 0
                || before.matches("(?s).*\\b(and|or|in)");
    }

    private String lastWord() {
        String before = code.toString().stripTrailing();
        int start = before.length();
        while (start > 0
                && (Character.isLetterOrDigit(before.charAt(start - 1))
                        || "$_".indexOf(before.charAt(start - 1)) >= 0)) {
            start--;
        }
        return before.substring(start);
    }
}
