package city.emona.store.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which columns the blocks of an {@link EntityList} keep, so that clients cannot fill the memory by asking for one attribute after the
 * other, and the lists of scopes that occur in it, each with a number. Safe for use by many threads.
 */
final class ColumnBook {
    /** How many columns are kept: those that were used last. */
    static final int MOST_COLUMNS = 16;

    /** How many lists of scopes get a number. */
    static final int MOST_SCOPES = 4_096;

    private final Map<ColumnKey, Long> lastUse = new ConcurrentHashMap<>();
    private final AtomicLong uses = new AtomicLong();
    private final Map<List<String>, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<List<String>> scopes = new AtomicReferenceArray<>(MOST_SCOPES);

    /** Notes that a query uses a column. */
    void use(ColumnKey key) {
        lastUse.put(key, uses.incrementAndGet());
        while (lastUse.size() > MOST_COLUMNS) {
            lastUse.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> lastUse.remove(oldest.getKey(), oldest.getValue()));
        }
    }

    /** Whether a column is among those that are kept. */
    boolean keeps(ColumnKey key) {
        return lastUse.containsKey(key);
    }

    /** The number of a list of scopes, from 0; {@link #MOST_SCOPES} where there are too many. */
    int numberOf(List<String> list) {
        Integer known = numbers.get(list);
        return known == null ? number(list) : known;
    }

    private synchronized int number(List<String> list) {
        int next = numbers.size();
        if (numbers.containsKey(list) || next == MOST_SCOPES) {
            return numbers.getOrDefault(list, MOST_SCOPES);
        }
        scopes.set(next, list);
        numbers.put(list, next);
        return next;
    }

    /** The list of scopes that has a number. */
    List<String> scopes(int number) {
        return scopes.get(number);
    }
}
