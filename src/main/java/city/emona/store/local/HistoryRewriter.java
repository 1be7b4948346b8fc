package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.HistoryWrite;
import city.emona.store.InstanceId;
import city.emona.store.RollUp;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.local.HistoryKeys.SeriesName;
import city.emona.store.local.RocksFiles.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which records have to be written and deleted to pack the history of an entity, or to change what is packed. Only one may be at work
 * for an entity, from the look to the commit; what is recorded meanwhile is not touched.
 */
final class HistoryRewriter {
    /** How many instances are packed at once. */
    private static final int AT_ONCE = 20_000;

    private final RocksView view;
    private final byte[] entity;
    private boolean packedAll;

    HistoryRewriter(RocksView view, byte[] entity) {
        this.view = view;
        this.entity = entity;
    }

    /** Moves what is recorded into blocks, as far as it is held in memory at once: the rest waits for the next time. */
    RawWrites pack() {
        HistoryTail tail = HistoryTail.read(view, entity, AT_ONCE);
        RawWrites writes = new RawWrites();
        for (SeriesName name : tail.series()) {
            SeriesEdit edit = new SeriesEdit(view, entity, name);
            List<HistoryPoint> points = tail.points(name);
            if (tail.replacesAny(name)) {
                edit.removeAround(points, packed -> tail.replaces(name, packed));
            }
            points.forEach(edit::add);
            edit.addTo(writes);
        }
        tail.keys().forEach(key -> writes.delete(Family.HISTORY, key));
        packedAll = tail.isWhole();
        return writes;
    }

    /** Whether nothing was left by the last time that it packed. */
    boolean packedAll() {
        return packedAll;
    }

    /** Carries a change out on a history of which all is packed. */
    RawWrites change(HistoryWrite write) {
        RawWrites writes = new RawWrites();
        switch (write) {
            case HistoryWrite.Append _ -> throw new IllegalArgumentException("what is added is recorded");
            case HistoryWrite.ReplaceInstance(String _, String attribute, InstanceId id, var instance) -> {
                for (SeriesName name : seriesOf(attribute)) {
                    SeriesEdit edit = new SeriesEdit(view, entity, name);
                    edit.remove(id)
                            .ifPresent(_ ->
                                    edit.add(new HistoryPoint(id, HistoryRecord.recorded(instance, id.recordedAt()))));
                    edit.addTo(writes);
                }
            }
            case HistoryWrite.DeleteInstance(String _, String attribute, InstanceId id) -> {
                for (SeriesName name : seriesOf(attribute)) {
                    SeriesEdit edit = new SeriesEdit(view, entity, name);
                    edit.remove(id);
                    edit.addTo(writes);
                }
            }
            case HistoryWrite.DeleteSeries(String _, String attribute, String dataset) -> {
                for (SeriesName name : seriesOf(attribute)) {
                    if (dataset == null || dataset.equals(name.datasetId())) {
                        deleteAll(HistoryKeys.series(entity, name), writes);
                    }
                }
            }
            case HistoryWrite.Restore restore -> restore(restore, writes);
            case HistoryWrite.DeleteEntity _ -> deleteAll(entity, writes);
        }
        return writes;
    }

    private void restore(HistoryWrite.Restore restore, RawWrites writes) {
        Map<SeriesName, SeriesEdit> edits = new LinkedHashMap<>();
        for (Series series : restore.series()) {
            SeriesName name = new SeriesName(series.attribute(), series.datasetId());
            SeriesEdit edit = edits.computeIfAbsent(name, one -> new SeriesEdit(view, entity, one));
            for (HistoryPoint point : series.points()) {
                InstanceId id = point.id();
                edit.addIfAbsent(new HistoryPoint(id, HistoryRecord.recorded(point.instance(), id.recordedAt())));
            }
        }
        edits.values().forEach(edit -> edit.addTo(writes));
        Map<RollUpRecord, RollUps> records = new LinkedHashMap<>();
        for (HistoryWrite.RestoredTimes times : restore.times()) {
            SeriesName name = new SeriesName(times.attribute(), times.datasetId());
            for (RollUp one : times.rollUps()) {
                RollUps.Level level = RollUps.Level.of(one);
                records.computeIfAbsent(new RollUpRecord(name, level, level.recordOf(one.from())), this::rollUps)
                        .addIfAbsent(one);
            }
        }
        records.forEach((record, rollUps) -> writes.put(Family.HISTORY, record.key(entity), rollUps.bytes()));
    }

    /**
     * Hours or days that are on disk together.
     *
     * @param from the time at which they begin
     */
    private record RollUpRecord(SeriesName series, RollUps.Level level, long from) {
        byte[] key(byte[] entity) {
            return HistoryKeys.blockAt(HistoryKeys.series(entity, level.kind(), series), from);
        }
    }

    private RollUps rollUps(RollUpRecord record) {
        return view.find(Family.HISTORY, record.key(entity)).map(RollUps::read).orElseGet(RollUps::new);
    }

    private Set<SeriesName> seriesOf(String attribute) {
        return new HistoryReader(view, entity).series(new SeriesSelector(Set.of(attribute), null));
    }

    private void deleteAll(byte[] prefix, RawWrites writes) {
        view.forEach(Family.HISTORY, prefix, prefix, (key, _) -> {
            writes.delete(Family.HISTORY, key);
            return true;
        });
    }
}
