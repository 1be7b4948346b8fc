package city.emona.vertical.format;

import java.nio.charset.Charset;

/** Which of the encodings of one byte a text is probably in, where it is not UTF-8 and nothing says so. */
final class Encodings {
    /** č, š, ž and ć in windows-1250; of these, š and ž are the same in windows-1252. */
    private static final String SOUTH_SLAVIC = "\u00e8\u009a\u009e\u00c8\u008a\u008e\u00e6\u00c6";
    /** č, š, ž in ISO 8859-2 at places that are signs in the encodings of Windows. */
    private static final String ISO_8859_2 = "\u00b9\u00be\u00a9\u00ae";
    /** Letters of French and German that stand for none of Slovene's. */
    private static final String WESTERN =
            "\u00e9\u00ea\u00e0\u00e7\u00f4\u00fb\u00fc\u00e4\u00f6\u00df\u00dc\u00d6\u00c4";

    private Encodings() {}

    static Charset likely(byte[] bytes) {
        int southSlavic = 0;
        int iso = 0;
        int western = 0;
        for (byte b : bytes) {
            char c = (char) (b & 0xFF);
            if (c >= 0x80) {
                southSlavic += SOUTH_SLAVIC.indexOf(c) >= 0 ? 1 : 0;
                iso += ISO_8859_2.indexOf(c) >= 0 ? 1 : 0;
                western += WESTERN.indexOf(c) >= 0 ? 1 : 0;
            }
        }
        if (western > southSlavic) {
            return Charset.forName("windows-1252");
        }
        return iso > southSlavic ? Charset.forName("ISO-8859-2") : Charset.forName("windows-1250");
    }
}
