package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.HistorySink;
import city.emona.store.RollUp;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import city.emona.store.local.HistoryKeys.SeriesName;
import city.emona.store.local.RocksFiles.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the history of one entity as it was at one moment: blocks, and what is not packed yet. For use by one thread. */
final class HistoryReader {
    private final RocksView view;
    private final byte[] entity;
    private final HistoryTail tail;

    HistoryReader(RocksView view, byte[] entity) {
        this.view = view;
        this.entity = entity;
        this.tail = HistoryTail.read(view, entity);
    }

    HistoryTail tail() {
        return tail;
    }

    /** The series that there are. */
    Set<SeriesName> series(SeriesSelector selector) {
        Set<SeriesName> found = new LinkedHashSet<>();
        tail.series().stream()
                .filter(name -> selector.selects(name.attribute(), name.datasetId()))
                .forEach(found::add);
        addPacked(HistoryKeys.BLOCK, selector, found);
        return found;
    }

    /** The series of which instances, hours or days are packed. */
    Set<SeriesName> packedSeries() {
        Set<SeriesName> found = new LinkedHashSet<>();
        for (byte kind : new byte[] {HistoryKeys.BLOCK, HistoryKeys.HOURS, HistoryKeys.DAYS}) {
            addPacked(kind, SeriesSelector.ALL, found);
        }
        return found;
    }

    private void addPacked(byte kind, SeriesSelector selector, Set<SeriesName> found) {
        if (selector.attributes().isEmpty()) {
            addPacked(HistoryKeys.all(entity, kind), kind, selector, found);
        }
        selector.attributes().stream()
                .sorted()
                .forEach(attribute -> addPacked(HistoryKeys.attribute(entity, kind, attribute), kind, selector, found));
    }

    /** Goes from series to series, over what there is of each. */
    private void addPacked(byte[] prefix, byte kind, SeriesSelector selector, Set<SeriesName> found) {
        byte[] from = prefix;
        while (from != null) {
            SeriesName name = firstSeries(from, prefix).orElse(null);
            if (name == null) {
                return;
            }
            if (selector.selects(name.attribute(), name.datasetId())) {
                found.add(name);
            }
            from = HistoryKeys.behind(HistoryKeys.series(entity, kind, name));
        }
    }

    private Optional<SeriesName> firstSeries(byte[] from, byte[] prefix) {
        SeriesName[] first = {null};
        view.forEach(Family.HISTORY, from, prefix, (key, _) -> {
            first[0] = HistoryKeys.seriesName(key, entity.length);
            return false;
        });
        return Optional.ofNullable(first[0]);
    }

    List<Series> read(SeriesSelector selector, HistoryRange range) {
        List<Series> all = new ArrayList<>();
        for (SeriesName name : series(selector)) {
            List<HistoryPoint> points = read(name, range);
            if (!points.isEmpty()) {
                all.add(new Series(name.attribute(), name.datasetId(), points));
            }
        }
        return all;
    }

    /** The instances of a series in a range, in the order of the time asked for. */
    private List<HistoryPoint> read(SeriesName name, HistoryRange range) {
        TimeProperty property = range.property();
        List<HistoryPoint> found = new ArrayList<>();
        HistoryRange ofBlock = tail.replacesAny(name) ? range.last(0) : range;
        forEachBlock(name, range, block -> {
            for (HistoryPoint point : block.points(name.datasetId(), ofBlock)) {
                if (range.holds(point.micros(property)) && !tail.replaces(name, point)) {
                    found.add(point);
                }
            }
            return range.lastN() == 0 || property != TimeProperty.OBSERVED_AT || found.size() < range.lastN();
        });
        for (HistoryPoint point : tail.points(name)) {
            if (range.holds(point.micros(property))) {
                found.add(point);
            }
        }
        found.sort(Comparator.<HistoryPoint>comparingLong(point -> point.micros(property))
                .thenComparing(HistoryBlock::placeOf));
        int excess = range.lastN() == 0 ? 0 : found.size() - range.lastN();
        return excess > 0 ? found.subList(excess, found.size()) : found;
    }

    void scan(SeriesSelector selector, HistoryRange range, SeriesScan scan) {
        ScanBuffers buffers = ScanBuffers.make();
        Set<SeriesName> all = series(selector);
        if (range.property() == TimeProperty.OBSERVED_AT) {
            addPacked(HistoryKeys.HOURS, selector, all);
            addPacked(HistoryKeys.DAYS, selector, all);
        }
        for (SeriesName name : all) {
            scan.begin(name.attribute(), name.datasetId());
            if (range.property() == TimeProperty.OBSERVED_AT) {
                scanRollUps(RollUps.Level.DAY, name, range, scan);
                scanRollUps(RollUps.Level.HOUR, name, range, scan);
            }
            NavigableSet<Long> replaced = tail.replacedTimes(name);
            forEachBlock(name, range, block -> {
                if (block.mayHoldAny(replaced, buffers) || !block.scanNumbers(range, buffers, scan)) {
                    for (HistoryPoint point : block.points(name.datasetId())) {
                        if (!tail.replaces(name, point)) {
                            hand(point, range, scan);
                        }
                    }
                }
                return true;
            });
            tail.points(name).forEach(point -> hand(point, range, scan));
        }
    }

    /** Hands everything over, block by block. */
    void export(HistorySink sink) {
        for (SeriesName name : series(SeriesSelector.ALL)) {
            byte[] series = HistoryKeys.series(entity, name);
            view.forEach(Family.HISTORY, series, series, (_, value) -> {
                List<HistoryPoint> points = HistoryBlock.of(value).points(name.datasetId()).stream()
                        .filter(point -> !tail.replaces(name, point))
                        .toList();
                sink.points(new Series(name.attribute(), name.datasetId(), points));
                return true;
            });
            sink.points(new Series(name.attribute(), name.datasetId(), tail.points(name)));
        }
        for (SeriesName name : packedSeries()) {
            for (RollUps.Level level : RollUps.Level.values()) {
                byte[] prefix = HistoryKeys.series(entity, level.kind(), name);
                view.forEach(Family.HISTORY, prefix, prefix, (_, value) -> {
                    sink.rollUps(
                            name.attribute(),
                            name.datasetId(),
                            List.copyOf(RollUps.read(value).all()));
                    return true;
                });
            }
        }
    }

    private void scanRollUps(RollUps.Level level, SeriesName name, HistoryRange range, SeriesScan scan) {
        byte[] prefix = HistoryKeys.series(entity, level.kind(), name);
        byte[] from = HistoryKeys.blockAt(prefix, level.recordOf(range.from()));
        view.forEach(Family.HISTORY, from, prefix, (key, value) -> {
            for (RollUp one : RollUps.read(value).all()) {
                if (one.to() > range.from() && one.from() < range.to()) {
                    scan.rolledUp(one);
                }
            }
            return HistoryKeys.timeAtEnd(key) < range.to();
        });
    }

    private static void hand(HistoryPoint point, HistoryRange range, SeriesScan scan) {
        long micros = point.micros(range.property());
        if (range.holds(micros)) {
            scan.point(micros, point);
        }
    }

    /** Takes blocks. */
    @FunctionalInterface
    private interface BlockVisitor {
        /** Takes one; false when no further one is wanted. */
        boolean take(HistoryBlock block);
    }

    /** The blocks in which something may be in a range: in the order of time, or against it where the last instances are asked for. */
    private void forEachBlock(SeriesName name, HistoryRange range, BlockVisitor visitor) {
        byte[] series = HistoryKeys.series(entity, name);
        RocksView.Visitor visit = (_, value) -> {
            HistoryBlock block = HistoryBlock.of(value);
            return !block.mayHold(range) || visitor.take(block);
        };
        if (range.property() != TimeProperty.OBSERVED_AT) {
            view.forEach(Family.HISTORY, series, series, visit);
        } else if (range.lastN() > 0) {
            view.forEachBackwards(Family.HISTORY, HistoryKeys.blockAt(series, range.to()), series, visit);
        } else {
            byte[] before = lastKeyBefore(HistoryKeys.blockAt(series, range.from()), series);
            view.forEach(
                    Family.HISTORY,
                    before == null ? series : before,
                    series,
                    (key, value) -> HistoryKeys.place(key).micros() < range.to() && visit.take(key, value));
        }
    }

    private byte @Nullable [] lastKeyBefore(byte[] key, byte[] prefix) {
        byte[][] found = {null};
        view.forEachBackwards(Family.HISTORY, key, prefix, (present, _) -> {
            found[0] = present;
            return false;
        });
        return found[0];
    }
}
