package city.emona.store.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The different sets of attribute names that occur among some entities. Entities of the same kind share theirs, so mostly there is one.
 * Immutable.
 *
 * @param different each once; of more than a few, none is remembered
 */
record NameSets(List<List<String>> different, boolean many) {
    static final NameSets NONE = new NameSets(List.of(), false);

    private static final int MOST = 8;

    @SuppressWarnings(
            "ReferenceEquality") // because: entities of the same kind share the list, and reading each is what this
    // saves
    NameSets with(List<String> names) {
        if (many) {
            return this;
        }
        for (List<String> known : different) {
            if (known == names) {
                return this;
            }
        }
        if (different.size() == MOST) {
            return new NameSets(List.of(), true);
        }
        List<List<String>> more = new ArrayList<>(different);
        more.add(names);
        return new NameSets(List.copyOf(more), false);
    }

    /** Whether there may be a set of which this holds. */
    boolean mayHold(Predicate<List<String>> condition) {
        if (many) {
            return true;
        }
        for (List<String> names : different) {
            if (condition.test(names)) {
                return true;
            }
        }
        return false;
    }
}
