package city.emona.store.local;

import city.emona.store.InstanceId;
import city.emona.store.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the history on disk. All keys of an entity begin alike: tenant, zero, id, zero. Then comes a byte that tells what it is:
 * {@link #CHANGE} or {@link #APPEND}, when it was recorded and its number in that millisecond, for what was written and not packed yet; {@link
 * #BLOCK}, attribute, zero, dataset, zero, and the place of the first instance, for packed instances. Numbers are ordered as their bytes.
 */
final class HistoryKeys {
    /** What a change of current state left. */
    static final byte CHANGE = 0x10;

    /** What was added to the history alone; it takes the place of what was observed at the same time. */
    static final byte APPEND = 0x11;

    /** Instances of one series, packed. */
    static final byte BLOCK = 0x20;

    /** The hours of one series of which the instances are no longer kept. */
    static final byte HOURS = 0x21;

    /** The days of one series of which the hours are no longer kept. */
    static final byte DAYS = 0x22;

    private static final int PLACE_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private HistoryKeys() {}

    /** One dataset of one attribute. */
    record SeriesName(String attribute, String datasetId) {}

    /**
     * Where an instance stands in its series: by when it was observed, or else recorded, and among equals by its id.
     *
     * @param micros epoch microseconds
     */
    record Place(long micros, InstanceId id) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(micros, other.micros);
            order = order == 0 ? Long.compare(id.recordedAt(), other.id.recordedAt()) : order;
            order = order == 0 ? Integer.compare(id.number(), other.id.number()) : order;
            return order == 0 ? Integer.compare(id.index(), other.id.index()) : order;
        }
    }

    /** How all keys of an entity begin. */
    static byte[] entity(Tenant tenant, String id) {
        return (tenant.key() + '\0' + id + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** The key of what was not packed yet; {@link InstanceId#index} does not count. */
    static byte[] record(byte[] entity, byte kind, InstanceId id) {
        return ByteBuffer.allocate(entity.length + 1 + Long.BYTES + Integer.BYTES)
                .put(entity)
                .put(kind)
                .putLong(id.recordedAt())
                .putInt(id.number())
                .array();
    }

    /** The id of the first instance of a record. */
    static InstanceId recordId(byte[] key, int entityLength) {
        ByteBuffer rest = ByteBuffer.wrap(key, entityLength + 1, key.length - entityLength - 1);
        return new InstanceId(rest.getLong(), rest.getInt(), 0);
    }

    /** How the keys of all blocks, hours or days of an entity begin. */
    static byte[] all(byte[] entity, byte kind) {
        byte[] prefix = Arrays.copyOf(entity, entity.length + 1);
        prefix[entity.length] = kind;
        return prefix;
    }

    /** How the keys of a series' blocks begin. */
    static byte[] series(byte[] entity, SeriesName series) {
        return series(entity, BLOCK, series);
    }

    /** How the keys of what there is of a series begin: blocks, hours or days. */
    static byte[] series(byte[] entity, byte kind, SeriesName series) {
        return joined(
                all(entity, kind),
                (series.attribute + '\0' + series.datasetId + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** How the keys of all blocks, hours or days of an attribute begin. */
    static byte[] attribute(byte[] entity, byte kind, String attribute) {
        return joined(all(entity, kind), (attribute + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** The key of a block. */
    static byte[] block(byte[] series, Place first) {
        return ByteBuffer.allocate(series.length + PLACE_BYTES)
                .put(series)
                .putLong(first.micros ^ Long.MIN_VALUE)
                .putLong(first.id.recordedAt())
                .putInt(first.id.number())
                .putInt(first.id.index())
                .array();
    }

    /** Behind the keys of all blocks of a series that begin before a time; the key of the hours or days that begin then. */
    static byte[] blockAt(byte[] series, long micros) {
        return ByteBuffer.allocate(series.length + Long.BYTES)
                .put(series)
                .putLong(micros ^ Long.MIN_VALUE)
                .array();
    }

    /** The time with which a key of hours or days ends. */
    static long timeAtEnd(byte[] key) {
        return ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong() ^ Long.MIN_VALUE;
    }

    /** Where the block of a key begins. */
    static Place place(byte[] key) {
        ByteBuffer place = ByteBuffer.wrap(key, key.length - PLACE_BYTES, PLACE_BYTES);
        return new Place(
                place.getLong() ^ Long.MIN_VALUE, new InstanceId(place.getLong(), place.getInt(), place.getInt()));
    }

    /** The series of a block, of hours or of days. */
    static SeriesName seriesName(byte[] key, int entityLength) {
        int from = entityLength + 1;
        int end = key.length - (key[entityLength] == BLOCK ? PLACE_BYTES : Long.BYTES);
        String text = new String(key, from, end - from, StandardCharsets.UTF_8);
        int separator = text.indexOf('\0');
        return new SeriesName(text.substring(0, separator), text.substring(separator + 1, text.length() - 1));
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** A key behind all that begin with a prefix, and before all others behind it. */
    static byte[] behind(byte[] prefix) {
        byte[] behind = Arrays.copyOf(prefix, prefix.length + PLACE_BYTES + 1);
        Arrays.fill(behind, prefix.length, behind.length, (byte) 0xFF);
        return behind;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
