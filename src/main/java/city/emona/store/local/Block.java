package city.emona.store.local;

import city.emona.store.StoredEntity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entities that follow each other in an {@link EntityList}, and columns of what filters have asked for. An id keeps its place in a
 * block: entities are replaced in place and added at the end, all else makes a new block. Columns are made at their first use and from
 * then on kept with each change.
 *
 * <p>One thread changes it, any number read it. Readers never wait for a change: columns are read between two looks at the {@link #stamp},
 * and where it moved meanwhile, what they said does not count. What columns leave is looked at again, for an entity may be newer than they
 * are. Who makes a column waits for the writer, or the writer for him, only for this block.
 */
final class Block {
    /** How many entities a block holds at most. */
    static final int CAPACITY = 256;

    private static final int SMALLEST = 8;
    private static final VarHandle ENTITIES = MethodHandles.arrayElementVarHandle(StoredEntity[].class);

    private final @Nullable StoredEntity[] entities;

    /** Only ever more: names that no entity has any longer may stay. */
    private volatile NameSets names;

    /** Written last with every change and read first: what was changed before is then visible. */
    private volatile int size;

    private volatile Column[] columns = {};

    /** How often a change began or ended: odd while columns change. */
    private volatile int stamp;

    private Block(@Nullable StoredEntity[] entities, int size, NameSets names) {
        this.entities = entities;
        this.names = names;
        this.size = size;
    }

    static Block of(StoredEntity entity) {
        @Nullable StoredEntity[] entities = new StoredEntity[SMALLEST];
        entities[0] = entity;
        return new Block(entities, 1, NameSets.NONE.with(entity.packed().names()));
    }

    int size() {
        return size;
    }

    /** Whether an entity can be added at the end without making a new block. */
    boolean hasRoom() {
        return size < entities.length;
    }

    StoredEntity get(int place) {
        StoredEntity entity = (StoredEntity) ENTITIES.getAcquire(entities, place);
        if (entity == null) {
            throw new IndexOutOfBoundsException(place);
        }
        return entity;
    }

    String firstId() {
        return get(0).id();
    }

    /** Where an id is; below zero, the complement of where it would be inserted. */
    int placeOf(String id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    synchronized void replace(int place, StoredEntity entity) {
        set(place, entity);
        size = size();
    }

    synchronized void append(StoredEntity entity) {
        int place = size;
        set(place, entity);
        size = place + 1;
    }

    private void set(int place, StoredEntity entity) {
        ENTITIES.setRelease(entities, place, entity);
        names = names.with(entity.packed().names());
        int before = stamp;
        stamp = before + 1;
        VarHandle.storeStoreFence();
        for (Column column : columns) {
            column.set(place, entity.packed());
        }
        stamp = before + 2;
    }

    /** Which state the columns are in. */
    int stamp() {
        return stamp;
    }

    /** Whether all that was read from columns since a look at the {@link #stamp} belongs to one state. */
    boolean isStill(int since) {
        VarHandle.loadLoadFence();
        return (since & 1) == 0 && stamp == since;
    }

    Block withInserted(int gap, StoredEntity entity) {
        int count = size;
        int room = count < entities.length ? entities.length : Math.min(CAPACITY, 2 * count);
        @Nullable StoredEntity[] next = Arrays.copyOf(entities, room);
        System.arraycopy(entities, gap, next, gap + 1, count - gap);
        next[gap] = entity;
        return new Block(next, count + 1, names.with(entity.packed().names()));
    }

    Block without(int place) {
        int count = size;
        @Nullable StoredEntity[] next = Arrays.copyOf(entities, entities.length);
        System.arraycopy(entities, place + 1, next, place, count - place - 1);
        next[count - 1] = null;
        return new Block(next, count - 1, names);
    }

    /** The entities of some places alone, with room for more. */
    Block part(int from, int to) {
        @Nullable StoredEntity[] next = Arrays.copyOf(Arrays.copyOfRange(entities, from, to), CAPACITY);
        return new Block(next, to - from, names);
    }

    /** Sets the bits of all places that have an entity. */
    void selectAll(long[] places) {
        int count = size;
        for (int word = 0; word < places.length; word++) {
            int rest = count - word * Long.SIZE;
            places[word] = rest >= Long.SIZE ? -1L : rest <= 0 ? 0 : (1L << rest) - 1;
        }
    }

    /** Which sets of names occur in its entities. */
    NameSets names() {
        return names;
    }

    /**
     * A column, made now if it is not there.
     *
     * @param book says which columns are kept when one more is made
     */
    Column column(ColumnKey key, ColumnBook book) {
        Column present = find(key, columns);
        return present == null ? make(key, book) : present;
    }

    private static @Nullable Column find(ColumnKey key, Column[] columns) {
        for (Column column : columns) {
            if (column.key().equals(key)) {
                return column;
            }
        }
        return null;
    }

    private synchronized Column make(ColumnKey key, ColumnBook book) {
        Column present = find(key, columns);
        if (present != null) {
            return present;
        }
        Column made = Column.of(key, book, entities.length);
        for (int place = 0; place < size; place++) {
            made.set(place, get(place).packed());
        }
        List<Column> kept =
                Arrays.stream(columns).filter(c -> book.keeps(c.key())).toList();
        Column[] next = kept.toArray(new Column[kept.size() + 1]);
        next[kept.size()] = made;
        columns = next;
        return made;
    }
}
