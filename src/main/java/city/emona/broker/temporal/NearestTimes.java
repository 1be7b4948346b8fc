package city.emona.broker.temporal;

import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the instances of attributes have to be cut off so that of none there are more than a bound: it keeps the earliest times of
 * each, one more than the bound. Not thread safe.
 */
final class NearestTimes implements SeriesScan {
    private final int most;
    private final Map<String, PriorityQueue<Long>> earliest = new LinkedHashMap<>();
    private final Set<SeriesKey> series = new LinkedHashSet<>();
    private @Nullable PriorityQueue<Long> current;
    private @Nullable SeriesKey key;

    NearestTimes(int most) {
        this.most = most;
    }

    @Override
    public void begin(String attribute, String datasetId) {
        key = new SeriesKey(attribute, datasetId);
        current = earliest.computeIfAbsent(attribute, _ -> new PriorityQueue<>(Comparator.reverseOrder()));
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            add(micros[i]);
        }
    }

    @Override
    public void rolledUp(RollUp rollUp) {
        // none of its instances is left to be shown
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        add(micros);
    }

    private void add(long micros) {
        if (current == null || key == null) {
            throw new IllegalStateException("an instance came before its series");
        }
        series.add(key);
        Long last = current.peek();
        if (current.size() <= most) {
            current.add(micros);
        } else if (last != null && micros < last) {
            current.poll();
            current.add(micros);
        }
    }

    /** The series that have instances. */
    Set<SeriesKey> series() {
        return series;
    }

    /** The last time before which no attribute has too many instances; empty where none has. */
    OptionalLong cut() {
        return earliest.values().stream()
                .filter(times -> times.size() > most)
                .mapToLong(times -> {
                    times.poll();
                    Long last = times.peek();
                    return last == null ? Long.MIN_VALUE : last;
                })
                .min();
    }
}
