package city.emona.governance.council;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Comparing words that people typed: without regard to case, to the marks on letters, or to one slip. */
final class Words {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_SLUG = Pattern.compile("[^a-z0-9]+");

    private Words() {}

    /** Small letters without marks: »Številka« is {@code stevilka}. */
    static String fold(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return bare.toLowerCase(Locale.ROOT).replace('đ', 'd');
    }

    /** The text as a part of an address: »Služba za digitalizacijo« is {@code sluzba-za-digitalizacijo}. */
    static String slug(String text) {
        String joined = NOT_SLUG.matcher(fold(text)).replaceAll("-");
        int start = joined.startsWith("-") ? 1 : 0;
        int end = joined.endsWith("-") && joined.length() > start ? joined.length() - 1 : joined.length();
        return joined.substring(start, end);
    }

    /** Whether a word is the expected one, up to one letter too many, too few, wrong, or swapped with its neighbour. */
    static boolean isAlmost(String word, String expected) {
        String folded = fold(word);
        if (folded.equals(expected)) {
            return true;
        }
        if (Math.abs(folded.length() - expected.length()) > 1) {
            return false;
        }
        int start = 0;
        int shorter = Math.min(folded.length(), expected.length());
        while (start < shorter && folded.charAt(start) == expected.charAt(start)) {
            start++;
        }
        String rest = folded.substring(start);
        String expectedRest = expected.substring(start);
        return tail(rest).equals(tail(expectedRest))
                || tail(rest).equals(expectedRest)
                || rest.equals(tail(expectedRest))
                || isSwapped(rest, expectedRest);
    }

    private static boolean isSwapped(String one, String other) {
        return one.length() > 1
                && one.length() == other.length()
                && one.charAt(0) == other.charAt(1)
                && one.charAt(1) == other.charAt(0)
                && one.substring(2).equals(other.substring(2));
    }

    private static String tail(String text) {
        return text.isEmpty() ? text : text.substring(1);
    }

    /** A name written in capitals only, in the usual letters: »ARIAN DEBELJAK« is »Arian Debeljak«. */
    static String withoutCapitals(String text) {
        if (text.length() < 3 || !text.equals(text.toUpperCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            out.append(start ? letter : Character.toLowerCase(letter));
            start = !Character.isLetter(letter);
        }
        return out.toString();
    }
}
