package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.TimeProperty;
import city.emona.store.local.HistoryKeys.SeriesName;
import city.emona.store.local.RocksFiles.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of an entity's history is not packed yet, by series. */
final class HistoryTail {
    private final Map<SeriesName, Part> parts = new LinkedHashMap<>();
    private final List<byte[]> keys = new ArrayList<>();
    private int size;

    /** The newest instances of one series, and which times they take over from older ones. */
    private static final class Part {
        final List<HistoryPoint> points = new ArrayList<>();

        /** Which instance that was added was the last of the time at which it was observed. */
        final NavigableMap<Long, HistoryPoint> replacing = new TreeMap<>();
    }

    private boolean whole = true;

    private HistoryTail() {}

    static HistoryTail read(RocksView view, byte[] entity) {
        return read(view, entity, Integer.MAX_VALUE);
    }

    /** Reads no more records when there are so many instances. */
    static HistoryTail read(RocksView view, byte[] entity, int most) {
        HistoryTail tail = new HistoryTail();
        view.forEach(Family.HISTORY, entity, entity, (key, value) -> {
            byte kind = key[entity.length];
            if (kind != HistoryKeys.CHANGE && kind != HistoryKeys.APPEND) {
                return false;
            }
            if (tail.size >= most) {
                tail.whole = false;
                return false;
            }
            tail.keys.add(key);
            HistoryRecord.read(
                    value,
                    HistoryKeys.recordId(key, entity.length),
                    (series, point) -> tail.add(series, point, kind == HistoryKeys.APPEND));
            return true;
        });
        return tail;
    }

    /** Whether anything that is not packed was recorded before a time in epoch milliseconds. */
    static boolean beginsBefore(RocksView view, byte[] entity, long millis) {
        boolean[] before = {false};
        for (byte kind : new byte[] {HistoryKeys.CHANGE, HistoryKeys.APPEND}) {
            byte[] prefix = HistoryKeys.all(entity, kind);
            view.forEach(Family.HISTORY, prefix, prefix, (key, _) -> {
                before[0] |= HistoryKeys.recordId(key, entity.length).recordedAt() < millis;
                return false;
            });
        }
        return before[0];
    }

    private void add(SeriesName series, HistoryPoint point, boolean replaces) {
        Part part = parts.computeIfAbsent(series, _ -> new Part());
        part.points.add(point);
        size++;
        long observed = point.micros(TimeProperty.OBSERVED_AT);
        if (replaces && observed != HistoryPoint.NONE) {
            part.replacing.put(observed, point);
        }
    }

    /** Whether all records were read. */
    boolean isWhole() {
        return whole;
    }

    /** The keys of all its records. */
    List<byte[]> keys() {
        return keys;
    }

    /** How many instances it has. */
    int size() {
        return size;
    }

    Set<SeriesName> series() {
        return parts.keySet();
    }

    /** The instances of a series, in the order of their places. */
    List<HistoryPoint> points(SeriesName series) {
        Part part = parts.get(series);
        return part == null
                ? List.of()
                : part.points.stream()
                        .filter(point -> !isReplaced(part, point))
                        .sorted(Comparator.comparing(HistoryBlock::placeOf))
                        .toList();
    }

    private static boolean isReplaced(Part part, HistoryPoint point) {
        HistoryPoint last =
                part.replacing.isEmpty() ? null : part.replacing.get(point.micros(TimeProperty.OBSERVED_AT));
        return last != null && HistoryBlock.placeOf(last).compareTo(HistoryBlock.placeOf(point)) > 0;
    }

    /** Whether an instance that is packed has lost its place to one of these. */
    boolean replaces(SeriesName series, HistoryPoint packed) {
        Part part = parts.get(series);
        return part != null && isReplaced(part, packed);
    }

    /** The times at which something was observed that may have lost its place, in epoch microseconds. */
    NavigableSet<Long> replacedTimes(SeriesName series) {
        Part part = parts.get(series);
        return part == null ? new TreeSet<>() : part.replacing.navigableKeySet();
    }

    /** Whether any instance that is packed may have lost its place. */
    boolean replacesAny(SeriesName series) {
        Part part = parts.get(series);
        return part != null && !part.replacing.isEmpty();
    }
}
