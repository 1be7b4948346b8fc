package city.emona.governance.council;

import java.util.Arrays;
import java.util.Optional;

/**
 * A part that a letter does not have, or not in a usable form.
 *
 * @param found what stands in its place; empty when nothing does
 */
public record MissingPart(LetterPart part, Reason reason, String found) {

    /** Why a part is missing. */
    public enum Reason {
        /** Nothing like it stands in the letter. */
        ABSENT("absent"),
        /** Something stands in its place that cannot be read. */
        UNREADABLE("unreadable"),
        /** It contradicts another part of the letter. */
        CONTRADICTORY("contradictory");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The name in {@code missingParts}. */
        public String code() {
            return code;
        }

        /** The reason with a code. */
        public static Optional<Reason> find(String code) {
            return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
        }
    }

    static MissingPart absent(LetterPart part) {
        return new MissingPart(part, Reason.ABSENT, "");
    }

    static MissingPart unreadable(LetterPart part, String found) {
        return new MissingPart(part, Reason.UNREADABLE, found);
    }
}
