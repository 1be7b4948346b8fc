package city.emona.vertical;

import java.util.Locale;
import java.util.Optional;

/** How much an alert matters, the least first. In data it is written with the words of the Smart Data Models. */
public enum Severity {
    INFORMATION("informational"),
    MINOR("low"),
    MAJOR("high"),
    CRITICAL("critical");

    private final String term;

    Severity(String term) {
        this.term = term;
    }

    /** The word of the Smart Data Models' Alert. */
    public String term() {
        return term;
    }

    /** The word in a vertical's description. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity that a word of the Smart Data Models stands for. */
    public static Optional<Severity> find(String term) {
        for (Severity severity : values()) {
            if (severity.term.equals(term)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
