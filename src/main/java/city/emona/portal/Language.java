package city.emona.portal;

import city.emona.vertical.LocalizedText;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A language of the pages. Slovene lives at {@code /…}, English at {@code /en/…}. */
public enum Language {
    SLOVENE("sl", "", "Slovenščina", Locale.of("sl")),
    ENGLISH("en", "/en", "English", Locale.UK);

    private final String tag;
    private final String prefix;
    private final String ownName;
    private final Locale locale;

    Language(String tag, String prefix, String ownName, Locale locale) {
        this.tag = tag;
        this.prefix = prefix;
        this.ownName = ownName;
        this.locale = locale;
    }

    /** The language tag of BCP 47. */
    public String tag() {
        return tag;
    }

    /** What stands before every path in this language. */
    public String prefix() {
        return prefix;
    }

    /** What the language calls itself. */
    public String ownName() {
        return ownName;
    }

    public Locale locale() {
        return locale;
    }

    /** The language of a tag of BCP 47. */
    public static Optional<Language> find(String tag) {
        return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
    }

    /** The other one. */
    public Language other() {
        return switch (this) {
            case SLOVENE -> ENGLISH;
            case ENGLISH -> SLOVENE;
        };
    }

    /** The address of a path in this language; the path is the same in both, and begins with a slash. */
    public String href(String path) {
        if (this == SLOVENE) {
            return path;
        }
        return path.equals("/") ? prefix : prefix + path;
    }

    /** A text in this language. */
    public String pick(LocalizedText text) {
        return text.in(tag);
    }
}
