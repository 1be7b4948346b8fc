package city.emona.access;

import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is for the city. Everybody is at least {@link #ANONYMOUS}; all others are given, for a domain or for all of them. */
public enum Role {
    ANONYMOUS("anonymous"),
    READER("reader"),
    EDITOR("editor"),
    STEWARD("steward"),
    OPERATOR("operator"),
    ADMINISTRATOR("administrator"),
    COUNCIL_OFFICE("council-office"),
    COUNCILLOR("councillor"),
    BODY_MEMBER("body-member");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The name in the policy and in documents. */
    public String word() {
        return word;
    }

    /** The role of a name. */
    public static Optional<Role> find(String word) {
        return Stream.of(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
