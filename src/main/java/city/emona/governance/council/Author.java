package city.emona.governance.council;

import org.jspecify.annotations.Nullable;

/** Who put an initiative or a question to the city: a councillor or a council group. */
public sealed interface Author {

    /** How the author is called, in the nominative. */
    String text();

    /** Whether the nominative is worked out from another case, since the letter never uses it. */
    boolean isDerived();

    /**
     * A councillor (svetnik, svetnica).
     *
     * @param gender as the form of the word says; null where it does not tell
     */
    record Councillor(PersonName name, @Nullable Gender gender, boolean isDerived) implements Author {
        @Override
        public String text() {
            return name.text();
        }
    }

    /**
     * A council group (svetniški klub).
     *
     * @param name without the words »svetniški klub«
     */
    record CouncilGroup(String name, boolean isDerived) implements Author {
        @Override
        public String text() {
            return "Svetniški klub " + name;
        }
    }

    /** The gender of a word's form. */
    enum Gender {
        FEMALE,
        MALE
    }
}
