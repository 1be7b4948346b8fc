package city.emona.store.local;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;

/** Hashes of the texts of a property, or of the object of a relationship. */
final class TextColumn implements Column {
    private static final int NONE = 0;
    private static final int UNKNOWN = 1;

    private final ColumnKey key;
    private final int[] hashes;
    private boolean anyUnknown;

    TextColumn(ColumnKey key, int places) {
        this.key = key;
        this.hashes = new int[places];
    }

    @Override
    public ColumnKey key() {
        return key;
    }

    @Override
    public void set(int place, PackedEntity entity) {
        int hash = hashOf(entity.look(key.attribute()));
        hashes[place] = hash;
        anyUnknown |= hash == UNKNOWN;
    }

    private static int hashOf(PackedValue value) {
        if (value == PackedValue.ABSENT) {
            return NONE;
        }
        if (!isPlain(value)) {
            return UNKNOWN;
        }
        return value.isText() ? distinct(value.textHash()) : NONE;
    }

    /** Whether the value is one text, number or truth value of a kind of attribute that is compared as it is. */
    static boolean isPlain(PackedValue value) {
        boolean compared = value.type() == AttributeType.PROPERTY || value.type() == AttributeType.RELATIONSHIP;
        return compared && !value.isJson();
    }

    /** The hash of a text, as it stands in the column. */
    static int hashOf(String text) {
        return distinct(PackedValue.hash(text));
    }

    private static int distinct(int hash) {
        return hash == NONE || hash == UNKNOWN ? hash + 2 : hash;
    }

    /** Clears the bits of places whose texts have none of some hashes. */
    void retain(int[] wanted, long[] places) {
        for (int word = 0; word < places.length; word++) {
            if (places[word] != 0) {
                places[word] &= among(wanted, word * Long.SIZE);
            }
        }
    }

    private long among(int[] wanted, int start) {
        long found = anyUnknown ? equal(UNKNOWN, start) : 0;
        for (int hash : wanted) {
            found |= equal(hash, start);
        }
        return found;
    }

    private long equal(int hash, int start) {
        long found = 0;
        int end = Math.min(hashes.length, start + Long.SIZE);
        for (int place = start; place < end; place++) {
            found |= (hashes[place] == hash ? 1L : 0L) << place;
        }
        return found;
    }
}
