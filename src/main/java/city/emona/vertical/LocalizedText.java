package city.emona.vertical;

/** A text in the two languages of the portal. */
public record LocalizedText(String sl, String en) {
    public LocalizedText {
        if (sl.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a text needs both languages: sl »" + sl + "«, en »" + en + "«");
        }
    }

    /** The same text in both languages, for names that are not translated. */
    public static LocalizedText same(String text) {
        return new LocalizedText(text, text);
    }

    /**
     * The text in a language.
     *
     * @param languageTag {@code sl} or {@code en}
     */
    public String in(String languageTag) {
        return languageTag.equals("en") ? en : sl;
    }
}
