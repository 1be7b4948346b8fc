package city.emona.broker.temporal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Counts different values; numbers are kept without an object for each. Not thread safe. */
final class DistinctValues {
    /** Stands for no number: the bits of one of the many values that are no number. */
    private static final long EMPTY = 0x7FF8_0000_0000_0001L;

    private final Set<JsonNode> others = new HashSet<>();
    private long[] numbers = empty(16);
    private int numberCount;

    private static long[] empty(int size) {
        long[] table = new long[size];
        Arrays.fill(table, EMPTY);
        return table;
    }

    void add(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        if (insert(numbers, bits)) {
            numberCount++;
            if (numberCount * 2 > numbers.length) {
                long[] larger = empty(numbers.length * 2);
                for (long present : numbers) {
                    if (present != EMPTY) {
                        insert(larger, present);
                    }
                }
                numbers = larger;
            }
        }
    }

    private static boolean insert(long[] table, long bits) {
        int at = (int) ((bits * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (table.length - 1);
        while (table[at] != EMPTY) {
            if (table[at] == bits) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = bits;
        return true;
    }

    void add(JsonNode value) {
        others.add(value);
    }

    long count() {
        return (long) numberCount + others.size();
    }
}
