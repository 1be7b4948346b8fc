package city.emona.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the names that occur in an entity, in the order in which they occur. */
final class NameNumbers {
    /** So few names are looked through sooner than hashed. */
    private static final int FEW = 16;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> rest = new HashMap<>(0);

    int numberOf(String name) {
        int few = Math.min(FEW, names.size());
        for (int i = 0; i < few; i++) {
            if (names.get(i).equals(name)) {
                return i;
            }
        }
        Integer known = rest.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        names.add(name);
        if (number >= FEW) {
            rest.put(name, number);
        }
        return number;
    }

    List<String> inOrder() {
        return names;
    }
}
