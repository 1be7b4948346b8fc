package city.emona.vertical.mapping;

/**
 * A text that can be looked at only so often. A pattern that a text makes try more and more ways, such as {@code (a+)+$}, thereby ends
 * after a bounded time. Not thread safe.
 */
final class BoundedText implements CharSequence {
    /** How many characters may be looked at: a tenth of a second's work, and far more than honest patterns need. */
    private static final int MAX_LOOKS = 5_000_000;

    private final CharSequence text;
    private final int[] looks;

    BoundedText(CharSequence text) {
        this(text, new int[] {MAX_LOOKS});
    }

    private BoundedText(CharSequence text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    @Override
    public int length() {
        return text.length();
    }

    /** @throws RecordRejected when it was looked at too often */
    @Override
    public char charAt(int index) {
        if (--looks[0] < 0) {
            throw new RecordRejected(
                    "Regularni izraz preizkuša preveč možnosti.", "A regular expression tries too many ways.");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
