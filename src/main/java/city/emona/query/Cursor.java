package city.emona.query;

import city.emona.problem.Problem;

/** Where the reading of a query stands. */
final class Cursor {
    private final String text;
    private final String what;
    private int at;

    /** @param what what the text is, as the subject of an error's sentence */
    Cursor(String text, String what) {
        this.text = text;
        this.what = what;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    int position() {
        return at;
    }

    /** The next character; 0 at the end. */
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    char next() {
        return text.charAt(at++);
    }

    void skip() {
        at++;
    }

    void skip(int count) {
        at += count;
    }

    boolean lookingAt(String expected) {
        return text.startsWith(expected, at);
    }

    /** Passes over a character if it is the next. */
    boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes over a text if it is the next. */
    boolean take(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    void require(char expected, String role) {
        if (!take(expected)) {
            throw unexpected("»" + expected + "« is missing, which " + role + ".", "Add it.");
        }
    }

    void requireEnd() {
        if (!atEnd()) {
            throw unexpected(
                    "»" + peek() + "« has no meaning there.", "Join conditions with ; or |, and put texts in quotes.");
        }
    }

    /** The text from a position to here. */
    String since(int start) {
        return text.substring(start, at);
    }

    /** The next characters until one of those; perhaps none. */
    String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** What {@link #until} would give, without going on. */
    String peekUntil(String ends) {
        int start = at;
        String found = until(ends);
        at = start;
        return found;
    }

    /** The error that the text is wrong here. */
    Problem unexpected(String explanation, String remedy) {
        String before = text.substring(Math.max(0, at - 30), Math.min(at, text.length()));
        String place = at == 0 ? "at its beginning" : "behind »" + before + "«";
        return Problem.badRequestData(what + " cannot be read " + place + ": " + explanation, remedy);
    }
}
