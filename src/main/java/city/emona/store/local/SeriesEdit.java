package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.InstanceId;
import city.emona.store.local.HistoryKeys.Place;
import city.emona.store.local.HistoryKeys.SeriesName;
import city.emona.store.local.RocksFiles.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A change of the blocks of one series: it opens those that it needs, and says at the end how all that it opened is to be written. */
final class SeriesEdit {
    /** No id stands before it. */
    private static final InstanceId FIRST = new InstanceId(0, 0, 0);

    /** In the place of the block of a series that has none. */
    private static final Place NOWHERE = new Place(Long.MIN_VALUE, FIRST);

    private final RocksView view;
    private final SeriesName name;
    private final byte[] series;
    private final TreeMap<Place, Opened> opened = new TreeMap<>();

    /** The block that was asked for last, and where the next one begins; most that follow belong to the same. */
    private @Nullable Opened last;

    private @Nullable Place lastFrom;
    private @Nullable Place lastTo;

    /** A block; the key is empty where there is none yet. */
    private record Opened(byte[] key, List<HistoryPoint> points) {}

    SeriesEdit(RocksView view, byte[] entity, SeriesName name) {
        this.view = view;
        this.name = name;
        this.series = HistoryKeys.series(entity, name);
    }

    /** Adds an instance where it belongs. */
    void add(HistoryPoint point) {
        open(HistoryBlock.placeOf(point)).points.add(point);
    }

    /** Adds an instance where it belongs, unless it is there. */
    void addIfAbsent(HistoryPoint point) {
        List<HistoryPoint> points = open(HistoryBlock.placeOf(point)).points;
        if (points.stream().noneMatch(present -> present.id().equals(point.id()))) {
            points.add(point);
        }
    }

    /**
     * Removes instances from the blocks in which some of the times of others may be.
     *
     * @param points in the order of their places
     */
    @SuppressWarnings("ReferenceEquality") // because: each block is opened once
    void removeAround(List<HistoryPoint> points, Predicate<HistoryPoint> which) {
        Opened done = null;
        for (HistoryPoint point : points) {
            Place to = HistoryBlock.placeOf(point);
            Place next = new Place(to.micros(), FIRST);
            // those of one time may lie in several blocks
            while (next != null && next.compareTo(to) <= 0) {
                Opened block = open(next);
                if (block != done) {
                    block.points.removeIf(which);
                    done = block;
                }
                next = lastTo;
            }
        }
    }

    /** Removes an instance, and says what it was. */
    Optional<HistoryPoint> remove(InstanceId id) {
        last = null;
        HistoryPoint[] found = {null};
        view.forEach(Family.HISTORY, series, series, (key, value) -> {
            HistoryBlock block = HistoryBlock.of(value);
            if (block.mayHold(id)) {
                List<HistoryPoint> points = new ArrayList<>(block.points(name.datasetId()));
                points.stream()
                        .filter(point -> point.id().equals(id))
                        .findFirst()
                        .ifPresent(point -> {
                            found[0] = point;
                            points.remove(point);
                            opened.put(HistoryKeys.place(key), new Opened(key, points));
                        });
            }
            return found[0] == null;
        });
        return Optional.ofNullable(found[0]);
    }

    /** The block to which a place belongs: the last that begins at or before it, or else the first. */
    private Opened open(Place place) {
        boolean same =
                lastFrom != null && lastFrom.compareTo(place) <= 0 && (lastTo == null || place.compareTo(lastTo) < 0);
        if (last != null && same) {
            return last;
        }
        Opened[] found = {null};
        RocksView.Visitor first = (key, value) -> {
            Opened present = opened.get(HistoryKeys.place(key));
            found[0] = present != null
                    ? present
                    : new Opened(key, new ArrayList<>(HistoryBlock.of(value).points(name.datasetId())));
            return false;
        };
        view.forEachBackwards(Family.HISTORY, HistoryKeys.behind(HistoryKeys.block(series, place)), series, first);
        lastFrom = found[0] == null ? NOWHERE : HistoryKeys.place(found[0].key);
        if (found[0] == null) {
            view.forEach(Family.HISTORY, series, series, first);
        }
        Opened block = found[0] == null ? new Opened(new byte[0], new ArrayList<>()) : found[0];
        opened.put(block.key.length == 0 ? NOWHERE : HistoryKeys.place(block.key), block);
        last = block;
        lastTo = placeBehind(block.key);
        return block;
    }

    /** Where the block behind one begins; null where there is none. */
    private @Nullable Place placeBehind(byte[] key) {
        Place[] next = {null};
        if (key.length > 0) {
            view.forEach(Family.HISTORY, HistoryKeys.behind(key), series, (behind, _) -> {
                next[0] = HistoryKeys.place(behind);
                return false;
            });
        }
        return next[0];
    }

    /** Adds what is to be written and deleted. */
    void addTo(RawWrites writes) {
        opened.forEach((place, block) -> {
            boolean atTheEnd = place.equals(opened.lastKey()) && placeBehind(block.key) == null;
            addTo(writes, block, atTheEnd);
        });
    }

    /** Writes a block as one or several: full ones at the end of the series, where more will come; elsewhere of equal sizes. */
    private void addTo(RawWrites writes, Opened block, boolean full) {
        if (block.key.length > 0) {
            writes.delete(Family.HISTORY, block.key);
        }
        List<HistoryPoint> points = block.points;
        if (points.isEmpty()) {
            return;
        }
        points.sort(Comparator.comparing(HistoryBlock::placeOf));
        int pieces = Math.ceilDiv(points.size(), HistoryBlock.CAPACITY);
        int each = full ? HistoryBlock.CAPACITY : Math.ceilDiv(points.size(), pieces);
        for (int from = 0; from < points.size(); from += each) {
            List<HistoryPoint> piece = points.subList(from, Math.min(points.size(), from + each));
            Place first = HistoryBlock.placeOf(piece.getFirst());
            writes.put(Family.HISTORY, HistoryKeys.block(series, first), HistoryBlock.pack(piece));
        }
    }
}
