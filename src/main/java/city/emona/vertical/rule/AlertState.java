package city.emona.vertical.rule;

import java.util.Locale;
import java.util.Optional;

/** Where an alert is in its life. */
public enum AlertState {
    /** Nobody has said that it was seen. */
    RAISED,
    /** Somebody looks after it; what it tells of goes on. */
    ACKNOWLEDGED,
    /** It is over. */
    CLEARED;

    /** The word in data. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a word. */
    public static Optional<AlertState> find(String term) {
        for (AlertState state : values()) {
            if (state.term().equals(term)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
