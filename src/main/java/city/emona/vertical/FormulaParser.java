package city.emona.vertical;

import city.emona.vertical.Formula.Operator;

/** Reads a {@link Formula} by descent: a sum of products of signed numbers, names and parentheses. */
final class FormulaParser {
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_DEPTH = 50;

    private final String text;
    private int at;

    FormulaParser(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the expression has more than " + MAX_LENGTH + " characters");
        }
        this.text = text;
    }

    Formula parse() {
        Formula formula = sum(0);
        if (at < text.length()) {
            throw unexpected("an operator");
        }
        return formula;
    }

    private Formula sum(int depth) {
        Formula formula = product(depth);
        while (true) {
            if (take('+')) {
                formula = new Formula.Operation(Operator.PLUS, formula, product(depth));
            } else if (take('-')) {
                formula = new Formula.Operation(Operator.MINUS, formula, product(depth));
            } else {
                return formula;
            }
        }
    }

    private Formula product(int depth) {
        Formula formula = signed(depth);
        while (true) {
            if (take('*')) {
                formula = new Formula.Operation(Operator.TIMES, formula, signed(depth));
            } else if (take('/')) {
                formula = new Formula.Operation(Operator.DIVIDED_BY, formula, signed(depth));
            } else {
                return formula;
            }
        }
    }

    private Formula signed(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the expression nests deeper than " + MAX_DEPTH + " levels");
        }
        if (take('-')) {
            return new Formula.Negated(signed(depth + 1));
        }
        if (take('(')) {
            Formula inner = sum(depth + 1);
            if (!take(')')) {
                throw unexpected("a closing parenthesis");
            }
            return inner;
        }
        return single();
    }

    private Formula single() {
        passSpaces();
        int start = at;
        boolean isNumber = at < text.length() && isDigit(text.charAt(at));
        while (at < text.length() && (isNumber ? isOfNumber(text.charAt(at)) : isOfName(text.charAt(at)))) {
            at++;
        }
        String word = text.substring(start, at);
        passSpaces();
        if (word.isEmpty()) {
            throw unexpected("a number or the id of an indicator");
        }
        if (!isNumber) {
            return new Formula.Name(word);
        }
        try {
            return new Formula.Constant(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("»" + word + "« is no number", e);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOfNumber(char c) {
        return isDigit(c) || c == '.';
    }

    /** A hyphen belongs to a name when there are letters or digits on both sides of it. */
    private boolean isOfName(char c) {
        return isLetterOrDigit(c) || (c == '-' && at > 0 && isAt(at - 1) && isAt(at + 1));
    }

    private boolean isAt(int place) {
        return place < text.length() && isLetterOrDigit(text.charAt(place));
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private boolean take(char wanted) {
        passSpaces();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            passSpaces();
            return true;
        }
        return false;
    }

    private void passSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unexpected(String wanted) {
        String found = at < text.length() ? "»" + text.charAt(at) + "«" : "the end";
        return new IllegalArgumentException(
                "at character " + (at + 1) + " of the expression " + wanted + " is expected, not " + found);
    }
}
