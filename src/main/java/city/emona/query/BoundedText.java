package city.emona.query;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;

/** A text that lets itself be read only so often: patterns can be written that would read a short text for years. */
final class BoundedText implements CharSequence {
    private final String text;
    private final String what;
    private int stepsLeft;

    /** @param what what reads the text, as the subject of an error's sentence */
    BoundedText(String text, int steps, String what) {
        this.text = text;
        this.what = what;
        this.stepsLeft = steps;
    }

    @Override
    public char charAt(int index) {
        if (--stepsLeft < 0) {
            throw tooManySteps(what);
        }
        return text.charAt(index);
    }

    static Problem tooManySteps(String what) {
        return new Problem(ProblemType.TOO_COMPLEX_QUERY, what + " takes too many steps.", "Use a simpler pattern.");
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
