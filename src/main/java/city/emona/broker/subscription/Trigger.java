package city.emona.broker.subscription;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of change that a subscription can ask to be told of (ETSI GS CIM 009 clause 5.2.12). */
public enum Trigger {
    ENTITY_CREATED(1, "entityCreated"),
    ENTITY_DELETED(1 << 1, "entityDeleted"),
    ATTRIBUTE_CREATED(1 << 2, "attributeCreated"),
    ATTRIBUTE_UPDATED(1 << 3, "attributeUpdated"),
    ATTRIBUTE_DELETED(1 << 4, "attributeDeleted");

    /** What a subscription is told of where it does not say. */
    public static final Set<Trigger> DEFAULT = Set.of(ATTRIBUTE_CREATED, ATTRIBUTE_UPDATED);

    /** The name that stands for all changes of attributes. */
    private static final String ENTITY_UPDATED = "entityUpdated";

    private final int bit;
    private final String term;

    Trigger(int bit, String term) {
        this.bit = bit;
        this.term = term;
    }

    /** The name in JSON. */
    public String term() {
        return term;
    }

    /** What a name stands for; empty when it is none. */
    static Optional<Set<Trigger>> find(String name) {
        if (name.equals(ENTITY_UPDATED)) {
            return Optional.of(EnumSet.of(ATTRIBUTE_CREATED, ATTRIBUTE_UPDATED, ATTRIBUTE_DELETED));
        }
        return Stream.of(values())
                .filter(trigger -> trigger.term.equals(name))
                .findFirst()
                .map(EnumSet::of);
    }

    /** The bit that stands for it in sets of triggers. */
    int bit() {
        return bit;
    }

    static int bits(Set<Trigger> triggers) {
        return triggers.stream().mapToInt(Trigger::bit).reduce(0, (a, b) -> a | b);
    }
}
