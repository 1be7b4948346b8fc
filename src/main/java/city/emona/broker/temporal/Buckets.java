package city.emona.broker.temporal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one series, of which only those exist that hold a value. Times come mostly in order, so the last bucket is tried first; the
 * others are found by the numbers of their periods, in a table without an object for each number. Not thread safe.
 */
final class Buckets {
    private final Periods periods;
    private final boolean countsDistinct;
    private long[] indexes = new long[16];
    private @Nullable Bucket[] table = new Bucket[16];
    private int size;
    private @Nullable Bucket last;

    Buckets(Periods periods, boolean countsDistinct) {
        this.periods = periods;
        this.countsDistinct = countsDistinct;
    }

    /** The bucket of a time. */
    Bucket at(long micros) {
        Bucket found = last;
        if (found == null || !found.holds(micros)) {
            found = find(periods.index(micros));
            last = found;
        }
        return found;
    }

    private Bucket find(long index) {
        int at = place(indexes, table, index);
        Bucket found = table[at];
        if (found == null) {
            found = new Bucket(periods.start(index), periods.start(index + 1), countsDistinct);
            indexes[at] = index;
            table[at] = found;
            size++;
            if (size * 2 > table.length) {
                grow();
            }
        }
        return found;
    }

    private static int place(long[] indexes, @Nullable Bucket[] table, long index) {
        int at = (int) ((index * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (table.length - 1);
        while (table[at] != null && indexes[at] != index) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] moreIndexes = new long[indexes.length * 2];
        @Nullable Bucket[] more = new Bucket[table.length * 2];
        for (int i = 0; i < table.length; i++) {
            if (table[i] != null) {
                int at = place(moreIndexes, more, indexes[i]);
                moreIndexes[at] = indexes[i];
                more[at] = table[i];
            }
        }
        indexes = moreIndexes;
        table = more;
    }

    /** All buckets, in the order of time. */
    List<Bucket> inOrder() {
        List<Bucket> all = new ArrayList<>(size);
        for (Bucket bucket : table) {
            if (bucket != null) {
                all.add(Objects.requireNonNull(bucket));
            }
        }
        all.sort(Comparator.comparingLong(Bucket::start));
        return all;
    }
}
