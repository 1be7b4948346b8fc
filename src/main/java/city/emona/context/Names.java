package city.emona.context;

import city.emona.problem.Problem;
import java.util.regex.Pattern;

/** Checks the identifiers and names of the information model (ETSI GS CIM 009 clauses 4.6.2 and 5.2.4). */
public final class Names {
    private static final int MAX_LENGTH = 2_000;
    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{N}_-]*");

    /** Characters that nobody can see or that Unicode assigns to nothing. */
    private static final String INVISIBLE =
            "\\p{C}\\p{Z}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}\\x{180B}-\\x{180F}\\x{034F}"
                    + "\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{2800}\\x{3164}\\x{FFA0}";

    private static final String FORBIDDEN = "<>\"{}|\\^`";

    /** Which characters of ASCII a URI may hold behind its colon. */
    private static final boolean[] PLAIN = new boolean[0x7F];

    static {
        for (char c = '!'; c < PLAIN.length; c++) {
            PLAIN[c] = FORBIDDEN.indexOf(c) < 0;
        }
    }

    private static final Pattern URI =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^" + Pattern.quote(FORBIDDEN) + INVISIBLE + "]+");
    private static final Pattern SCOPE = Pattern.compile("/?\\p{L}[\\p{L}\\p{N}_]*(/\\p{L}[\\p{L}\\p{N}_]*)*");

    private Names() {}

    /** Whether a text is an absolute URI or URN. */
    public static boolean isUri(String text) {
        return text.length() <= MAX_LENGTH
                && (isPlainUri(text) || URI.matcher(text).matches());
    }

    /** Whether the text is a URI of ASCII alone, as nearly all are; then the pattern need not ask Unicode about each character. */
    private static boolean isPlainUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1 || !isAsciiLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < colon; i++) {
            if (!isAsciiLetter(text.charAt(i)) && "0123456789+.-".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /**
     * The text, when it is a URI.
     *
     * @param what what the text stands for, as the subject of the error's sentence
     * @throws Problem of type BadRequestData otherwise
     */
    public static String requireUri(String text, String what) {
        if (!isUri(text)) {
            throw Problem.badRequestData(
                    what + " »" + shorten(text) + "« is not a URI.", "Use a URI, for example urn:ngsi-ld:Type:name.");
        }
        return text;
    }

    /**
     * The text, when it can be the name of a type or an attribute: letters, digits and underscores after a letter, with an optional
     * prefix, or a URI.
     *
     * @param what what the text stands for, as the subject of the error's sentence
     * @throws Problem of type BadRequestData otherwise
     */
    public static String requireName(String text, String what) {
        int colon = text.indexOf(':');
        boolean valid = colon < 0 ? isSimple(text) : isUri(text);
        if (!valid || text.length() > MAX_LENGTH) {
            throw Problem.badRequestData(
                    what + " »" + shorten(text) + "« is not a valid name.",
                    "Use letters, digits and underscores after a letter, a prefix:name or a URI.");
        }
        return text;
    }

    /** Whether a text is a name without a prefix: letters, digits, underscores and hyphens after a letter. */
    public static boolean isName(String text) {
        return text.length() <= MAX_LENGTH && isSimple(text);
    }

    private static boolean isSimple(String text) {
        return isPlainName(text) || NAME.matcher(text).matches();
    }

    private static boolean isPlainName(String text) {
        if (text.isEmpty() || !isAsciiLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAsciiLetter(c) && (c < '0' || c > '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /**
     * The scope with its leading slash (clause 4.18).
     *
     * @throws Problem of type BadRequestData when the text is no scope
     */
    public static String requireScope(String text) {
        if (text.length() > MAX_LENGTH || !SCOPE.matcher(text).matches()) {
            throw Problem.badRequestData(
                    "The scope »" + shorten(text) + "« is not valid.", "Write it as /Level or /Level/Level.");
        }
        return text.startsWith("/") ? text : "/" + text;
    }

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
