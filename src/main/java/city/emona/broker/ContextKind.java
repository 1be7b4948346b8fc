package city.emona.broker;

import java.util.Optional;

/** Why the broker holds a JSON-LD context (ETSI GS CIM 009 clause 5.13.1). */
public enum ContextKind {
    /** A client gave it, to have it served. */
    HOSTED("Hosted"),
    /** Another server has it; this is the broker's copy, which is not served. */
    CACHED("Cached"),
    /** The broker made it, because an answer needed the address of a context that had none. */
    IMPLICITLY_CREATED("ImplicitlyCreated");

    private final String term;

    ContextKind(String term) {
        this.term = term;
    }

    /** The name in JSON. */
    public String term() {
        return term;
    }

    /** The kind of a name in JSON. */
    public static Optional<ContextKind> find(String term) {
        for (ContextKind kind : values()) {
            if (kind.term.equals(term)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
