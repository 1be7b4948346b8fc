package city.emona.query;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;

/** A text that lets itself be read only so often: patterns can be written that would read a short text for years. */
final class BoundedText implements CharSequence {
    private final String text;
    private int stepsLeft;

    BoundedText(String text, int steps) {
        this.text = text;
        this.stepsLeft = steps;
    }

    @Override
    public char charAt(int index) {
        if (--stepsLeft < 0) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY, "The idPattern takes too many steps.", "Use a simpler pattern.");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
