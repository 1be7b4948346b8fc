package city.emona.store.local;

import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The latest observed instance of each series of the entities that were asked for last, kept for as long as nothing changes the entity: a page that
 * shows the latest values of many sensors finds most of them unchanged when it looks again. Safe for use by many threads.
 */
final class LatestInstances {
    private static final int MOST_SERIES = 50_000;
    private static final int STAMPS = 1 << 16;

    /** How often something was changed, by a part of the hash of what it was. */
    private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);

    private final LinkedHashMap<CommitGroup.Key, Known> known = new LinkedHashMap<>(1_024, 0.75f, true);
    private int series;

    /** The latest instances of an entity, and the stamp that they were read under. */
    private record Known(int stamp, List<Series> latest) {}

    private static int place(CommitGroup.Key entity) {
        int hash = entity.hashCode();
        return (hash ^ hash >>> 16) & STAMPS - 1;
    }

    /** Takes note that an entity or its history was changed; to be called before anybody is told so. */
    void changed(CommitGroup.Key entity) {
        stamps.incrementAndGet(place(entity));
    }

    /**
     * The latest observed instances of an entity in a range.
     *
     * @param read reads the latest instance of all its series, whatever the range
     * @return nothing where the latest of all times are not those of the range
     */
    Optional<List<Series>> find(
            CommitGroup.Key entity, SeriesSelector selector, HistoryRange range, Supplier<List<Series>> read) {
        int stamp = stamps.get(place(entity));
        Known present = known(entity);
        if (present == null || present.stamp != stamp) {
            present = new Known(stamp, List.copyOf(read.get()));
            keep(entity, present);
        }
        List<Series> found = new ArrayList<>(present.latest.size());
        for (Series one : present.latest) {
            if (selector.selects(one.attribute(), one.datasetId())) {
                HistoryPoint last = one.points().getLast();
                long micros = last.micros(TimeProperty.OBSERVED_AT);
                if (micros >= range.to()) {
                    return Optional.empty();
                }
                if (micros >= range.from()) {
                    found.add(one);
                }
            }
        }
        return Optional.of(found);
    }

    private synchronized @Nullable Known known(CommitGroup.Key entity) {
        return known.get(entity);
    }

    private synchronized void keep(CommitGroup.Key entity, Known latest) {
        Known before = known.put(entity, latest);
        series += latest.latest.size() - (before == null ? 0 : before.latest.size());
        while (series > MOST_SERIES && known.size() > 1) {
            series -= known.pollFirstEntry().getValue().latest.size();
        }
    }
}
