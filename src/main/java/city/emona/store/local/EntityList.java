package city.emona.store.local;

import city.emona.store.StoredEntity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one type in the order of their ids, cut into {@link Block}s. One thread changes it; any number read it without waiting:
 * a reader sees every change that ended before it began, and each entity at most once.
 */
final class EntityList {
    private static final VarHandle BLOCKS = MethodHandles.arrayElementVarHandle(Block[].class);

    /** In the order of their ids; a reader keeps the array that it began with. */
    private volatile Block[] blocks = {};

    private final ColumnBook columns = new ColumnBook();
    private volatile int size;

    int size() {
        return size;
    }

    /** Which columns its blocks keep. */
    ColumnBook columns() {
        return columns;
    }

    /** Adds an entity, or puts it in the place of the one of its id. */
    void put(StoredEntity entity) {
        Block[] present = blocks;
        int before = size;
        if (present.length == 0) {
            blocks = new Block[] {Block.of(entity)};
            size = 1;
            return;
        }
        int at = indexOfBlock(present, entity.id());
        Block block = present[at];
        int place = block.placeOf(entity.id());
        if (place >= 0) {
            block.replace(place, entity);
            return;
        }
        int gap = -place - 1;
        if (gap == block.size() && block.hasRoom()) {
            block.append(entity);
        } else if (block.size() < Block.CAPACITY) {
            BLOCKS.setRelease(present, at, block.withInserted(gap, entity));
            blocks = present;
        } else if (gap == block.size() && at == present.length - 1) {
            blocks = spliced(present, at, block, Block.of(entity));
        } else {
            blocks = split(present, at, gap, entity);
        }
        size = before + 1;
    }

    private static Block[] split(Block[] present, int at, int gap, StoredEntity entity) {
        int half = Block.CAPACITY / 2;
        Block left = present[at].part(0, half);
        Block right = present[at].part(half, Block.CAPACITY);
        return gap <= half
                ? spliced(present, at, left.withInserted(gap, entity), right)
                : spliced(present, at, left, right.withInserted(gap - half, entity));
    }

    /** The blocks with others in the place of one. */
    private static Block[] spliced(Block[] present, int at, Block... others) {
        Block[] next = Arrays.copyOf(present, present.length - 1 + others.length);
        System.arraycopy(present, at + 1, next, at + others.length, present.length - at - 1);
        System.arraycopy(others, 0, next, at, others.length);
        return next;
    }

    /** Takes an entity out, if it is there. */
    void remove(String id) {
        Block[] present = blocks;
        int before = size;
        if (before == 0) {
            return;
        }
        int at = indexOfBlock(present, id);
        Block block = present[at];
        int place = block.placeOf(id);
        if (place < 0) {
            return;
        }
        if (block.size() == 1) {
            blocks = spliced(present, at);
        } else {
            BLOCKS.setRelease(present, at, block.without(place));
            blocks = present;
        }
        size = before - 1;
    }

    /** The last block that begins at or before an id; the first where none does. */
    private static int indexOfBlock(Block[] blocks, String id) {
        int low = 0;
        int high = blocks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks[middle].firstId().compareTo(id) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The entities that a filter does not rule out, in the order of their ids. */
    Iterator<StoredEntity> iterator(BlockFilter filter) {
        return new Scan(blocks, filter);
    }

    /** Goes over blocks, and in each over the places that are left. */
    private static final class Scan implements Iterator<StoredEntity> {
        private final Block[] blocks;
        private final BlockFilter filter;
        private final long[] places = new long[Block.CAPACITY / Long.SIZE];
        private int nextBlock;
        private int word = places.length;
        private @Nullable Block block;
        private @Nullable StoredEntity next;

        Scan(Block[] blocks, BlockFilter filter) {
            this.blocks = blocks;
            this.filter = filter;
            advance();
        }

        private void advance() {
            while (true) {
                while (word < places.length) {
                    long left = places[word];
                    if (left != 0 && block != null) {
                        places[word] = left & (left - 1);
                        next = block.get(word * Long.SIZE + Long.numberOfTrailingZeros(left));
                        return;
                    }
                    word++;
                }
                if (nextBlock == blocks.length) {
                    next = null;
                    return;
                }
                block = (Block) BLOCKS.getAcquire(blocks, nextBlock++);
                block.selectAll(places);
                filter.retain(block, places);
                word = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public StoredEntity next() {
            StoredEntity found = next;
            if (found == null) {
                throw new NoSuchElementException();
            }
            advance();
            return found;
        }
    }
}
