package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.Retention;
import city.emona.store.RollUp;
import city.emona.store.local.HistoryKeys.SeriesName;
import city.emona.store.local.RocksFiles.Family;
import city.emona.store.local.RollUps.Level;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Retention} asks to be removed of one series, and what is rolled up instead. Blocks go as a whole, when their last instance is
 * too old; hours and days when they have ended.
 */
final class SeriesRetention {
    private final RocksView view;
    private final byte[] entity;
    private final SeriesName name;
    private final Retention rule;
    private final ZoneId zone;
    private final long now;
    private final Map<Level, Map<Long, RollUps>> opened = new HashMap<>();
    private long instancesRemoved;
    private long rollUpsRemoved;

    /** @param now epoch milliseconds */
    SeriesRetention(RocksView view, byte[] entity, SeriesName name, Retention rule, ZoneId zone, long now) {
        this.view = view;
        this.entity = entity;
        this.name = name;
        this.rule = rule;
        this.zone = zone;
        this.now = now;
    }

    long instancesRemoved() {
        return instancesRemoved;
    }

    long rollUpsRemoved() {
        return rollUpsRemoved;
    }

    /** Adds what is to be written and deleted. */
    void addTo(RawWrites writes) {
        removeInstances(writes);
        if (rule.hours() != null) {
            removeRollUps(Level.HOUR, rule.hours(), rule.days() == null ? null : Level.DAY);
        }
        if (rule.days() != null) {
            removeRollUps(Level.DAY, rule.days(), null);
        }
        opened.forEach((level, records) -> records.forEach((from, rollUps) -> {
            byte[] key = HistoryKeys.blockAt(HistoryKeys.series(entity, level.kind(), name), from);
            if (rollUps.isEmpty()) {
                writes.delete(Family.HISTORY, key);
            } else {
                writes.put(Family.HISTORY, key, rollUps.bytes());
            }
        }));
    }

    private long before(Duration kept) {
        return 1_000 * (now - kept.toMillis());
    }

    private void removeInstances(RawWrites writes) {
        byte[] series = HistoryKeys.series(entity, name);
        long end = before(rule.instances());
        Level level = rule.hours() != null ? Level.HOUR : rule.days() != null ? Level.DAY : null;
        view.forEach(Family.HISTORY, series, series, (key, value) -> {
            if (HistoryKeys.place(key).micros() >= end) {
                return false;
            }
            List<HistoryPoint> points = HistoryBlock.of(value).points(name.datasetId());
            if (HistoryBlock.placeOf(points.getLast()).micros() < end) {
                writes.delete(Family.HISTORY, key);
                instancesRemoved += points.size();
                if (level != null) {
                    points.stream()
                            .filter(point -> !point.isDeleted())
                            .forEach(point -> add(level, RollUps.of(level, zone, point)));
                }
            }
            return true;
        });
    }

    private void add(Level level, RollUp rollUp) {
        record(level, rollUp.from()).add(rollUp);
    }

    /** The record that holds a time, as it is or will be. */
    private RollUps record(Level level, long micros) {
        long from = level.recordOf(micros);
        return opened.computeIfAbsent(level, _ -> new HashMap<>())
                .computeIfAbsent(
                        from,
                        _ -> view.find(
                                        Family.HISTORY,
                                        HistoryKeys.blockAt(HistoryKeys.series(entity, level.kind(), name), from))
                                .map(RollUps::read)
                                .orElseGet(RollUps::new));
    }

    /** @param into what the hours or days become when they are too old; null for nothing */
    private void removeRollUps(Level level, Duration kept, @Nullable Level into) {
        byte[] prefix = HistoryKeys.series(entity, level.kind(), name);
        long end = before(kept);
        List<Long> records = new ArrayList<>();
        view.forEach(Family.HISTORY, prefix, prefix, (key, _) -> {
            long from = HistoryKeys.timeAtEnd(key);
            records.add(from);
            return from < end;
        });
        opened.getOrDefault(level, Map.of()).keySet().stream()
                .filter(from -> !records.contains(from))
                .forEach(records::add);
        for (long from : records) {
            RollUps record = record(level, from);
            for (RollUp one : List.copyOf(record.all())) {
                if (one.to() <= end) {
                    record.remove(one);
                    rollUpsRemoved++;
                    if (into != null) {
                        add(into, into.around(one.from(), zone).with(one));
                    }
                }
            }
        }
    }
}
