package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import city.emona.geo.Bounds;
import city.emona.query.GeoQuery;
import city.emona.query.ScopeQuery;
import java.util.Arrays;
import java.util.List;

/** A condition that one column decides for most entities. */
sealed interface ColumnTest {
    /** The column. */
    ColumnKey key();

    /** The same condition, for one query over one list, by one thread. */
    default ColumnTest forOneList() {
        return this;
    }

    /** Clears the bits of places whose entities do not fulfil the condition. */
    void retain(Column column, ColumnBook book, long[] places);

    /** Whether an entity certainly fulfils the condition, as far as can be told without unpacking it. */
    boolean isProvedBy(PackedEntity entity);

    /**
     * The number of a property lies between two, both included.
     *
     * @param all whether that is all that is asked for, rather than being one of some numbers between
     */
    record Numbers(ColumnKey key, long from, long to, boolean all) implements ColumnTest {
        @Override
        public void retain(Column column, ColumnBook book, long[] places) {
            ((NumberColumn) column).retain(from, to, places);
        }

        /** What is between the limits after rounding is so before; what is equal to one may be on either side. */
        @Override
        public boolean isProvedBy(PackedEntity entity) {
            long value = NumberColumn.valueOf(entity.look(key.attribute()));
            return all && value > from && value < to && value != NumberColumn.UNKNOWN;
        }
    }

    /** The text of a property, or the object of a relationship, is one of some texts. */
    record Texts(ColumnKey key, List<String> texts, int[] hashes) implements ColumnTest {
        Texts(ColumnKey key, List<String> texts) {
            this(key, texts, texts.stream().mapToInt(TextColumn::hashOf).toArray());
        }

        @Override
        public void retain(Column column, ColumnBook book, long[] places) {
            ((TextColumn) column).retain(hashes, places);
        }

        @Override
        public boolean isProvedBy(PackedEntity entity) {
            PackedValue value = entity.look(key.attribute());
            return TextColumn.isPlain(value) && value.isText() && texts.contains(value.text());
        }
    }

    /** The box around a geometry meets one of the boxes of a query, and a point is not too far from its position. */
    record Meeting(ColumnKey key, GeoQuery query, List<Bounds> boxes) implements ColumnTest {
        Meeting(ColumnKey key, GeoQuery query) {
            this(key, query, query.bounds());
        }

        @Override
        public void retain(Column column, ColumnBook book, long[] places) {
            BoxColumn box = (BoxColumn) column;
            long[] meeting = new long[places.length];
            for (Bounds bounds : boxes) {
                box.addMeeting(bounds, meeting);
            }
            for (int word = 0; word < places.length; word++) {
                places[word] &= meeting[word];
            }
            if (query.georel() instanceof GeoQuery.Georel.Near(double meters)
                    && query.reference().isPoint()) {
                retainNear(box, query.reference().bounds(), meters, places);
            }
        }

        @Override
        public boolean isProvedBy(PackedEntity entity) {
            return query.georel() instanceof GeoQuery.Georel.Near(double meters)
                    && query.reference().isPoint()
                    && BoxColumn.isNearPoint(
                            entity.look(key.attribute()), query.reference().bounds(), meters);
        }

        private static void retainNear(BoxColumn box, Bounds position, double meters, long[] places) {
            for (int word = 0; word < places.length; word++) {
                for (long rest = places[word]; rest != 0; rest &= rest - 1) {
                    int place = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    if (box.isFarther(place, position.west(), position.south(), meters)) {
                        places[word] &= ~Long.lowestOneBit(rest);
                    }
                }
            }
        }
    }

    /** The scopes of an entity are among those asked for. Each list of scopes that occurs is compared once. */
    final class Scoped implements ColumnTest {
        private static final byte FITS = 1;
        private static final byte FAILS = 2;

        private final ColumnKey key;
        private final ScopeQuery query;
        private byte[] verdicts = new byte[16];

        Scoped(ColumnKey key, ScopeQuery query) {
            this.key = key;
            this.query = query;
        }

        @Override
        public ColumnKey key() {
            return key;
        }

        /** Another list gives other numbers to the same scopes. */
        @Override
        public ColumnTest forOneList() {
            return new Scoped(key, query);
        }

        @Override
        public void retain(Column column, ColumnBook book, long[] places) {
            ScopeColumn scopes = (ScopeColumn) column;
            for (int word = 0; word < places.length; word++) {
                for (long rest = places[word]; rest != 0; rest &= rest - 1) {
                    int place = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    if (!fits(scopes.number(place), book)) {
                        places[word] &= ~Long.lowestOneBit(rest);
                    }
                }
            }
        }

        @Override
        public boolean isProvedBy(PackedEntity entity) {
            return query.matches(entity.scopes());
        }

        private boolean fits(int number, ColumnBook book) {
            if (number == ColumnBook.MOST_SCOPES) {
                return true;
            }
            if (number >= verdicts.length) {
                verdicts = Arrays.copyOf(verdicts, Math.max(number + 1, 2 * verdicts.length));
            }
            if (verdicts[number] == 0) {
                verdicts[number] = query.matches(book.scopes(number)) ? FITS : FAILS;
            }
            return verdicts[number] == FITS;
        }
    }
}
