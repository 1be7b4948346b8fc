package city.emona.governance.council;

import java.util.Arrays;
import java.util.Optional;

/** What a councillor may put to the city. */
public enum InitiativeKind {
    /** A proposal (pobuda). */
    INITIATIVE("initiative", "Pobuda"),
    /** A question (vprašanje). */
    QUESTION("question", "Vprašanje"),
    /** A written question whose author asks for the floor (pisno vprašanje z zahtevo za ustno predstavitev). */
    ORAL_QUESTION("oralQuestion", "Vprašanje");

    private final String code;
    private final String slovene;

    InitiativeKind(String code, String slovene) {
        this.code = code;
        this.slovene = slovene;
    }

    /** The value of the attribute {@code kind}. */
    public String code() {
        return code;
    }

    /** The Slovene noun with which a title begins. */
    String slovene() {
        return slovene;
    }

    /** The kind with a code. */
    public static Optional<InitiativeKind> find(String code) {
        return Arrays.stream(values()).filter(k -> k.code.equals(code)).findFirst();
    }
}
