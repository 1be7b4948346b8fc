package city.emona.store.local;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import java.util.Arrays;

/** Numbers of a property, rounded to doubles, as whole numbers of the same order. */
final class NumberColumn implements Column {
    /** There is no number: no comparison with one holds. */
    static final long NONE = Long.MIN_VALUE;

    /** The entity is to be looked at. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private final ColumnKey key;
    private final long[] values;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
    private boolean anyUnknown;

    NumberColumn(ColumnKey key, int places) {
        this.key = key;
        this.values = new long[places];
    }

    @Override
    public ColumnKey key() {
        return key;
    }

    @Override
    public void set(int place, PackedEntity entity) {
        long value = valueOf(entity.look(key.attribute()));
        values[place] = value;
        if (value == UNKNOWN) {
            anyUnknown = true;
        } else if (value != NONE) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
    }

    /** The number of a property; {@link #NONE} or {@link #UNKNOWN}. */
    static long valueOf(PackedValue value) {
        if (value == PackedValue.ABSENT) {
            return NONE;
        }
        if (value.type() != AttributeType.PROPERTY || value.isJson()) {
            return UNKNOWN;
        }
        return value.isNumber() ? ordered(value.number()) : NONE;
    }

    /** A whole number by which doubles are ordered as by their values. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** Clears the bits of places whose numbers lie outside of limits. */
    void retain(long from, long to, long[] places) {
        boolean unknown = anyUnknown;
        if (!unknown && (least > to || most < from)) {
            Arrays.fill(places, 0);
            return;
        }
        for (int word = 0; word < places.length; word++) {
            if (places[word] != 0) {
                long found = within(from, to, word * Long.SIZE);
                places[word] &= unknown ? found | within(UNKNOWN, UNKNOWN, word * Long.SIZE) : found;
            }
        }
    }

    private long within(long from, long to, int start) {
        long found = 0;
        int end = Math.min(values.length, start + Long.SIZE);
        for (int place = start; place < end; place++) {
            long value = values[place];
            found |= (value >= from && value <= to ? 1L : 0L) << place;
        }
        return found;
    }
}
