package city.emona.app.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was measured, by task and server, in the order of the rounds. */
final class Measurements {
    private final Map<Task, Map<String, List<LoadResult>>> results = new EnumMap<>(Task.class);

    void add(Task task, String server, LoadResult result) {
        results.computeIfAbsent(task, key -> new LinkedHashMap<>())
                .computeIfAbsent(server, key -> new ArrayList<>())
                .add(result);
    }

    private List<LoadResult> of(Task task, String server) {
        return results.getOrDefault(task, Map.of()).getOrDefault(server, List.of());
    }

    Set<String> servers(Task task) {
        return results.getOrDefault(task, Map.of()).keySet();
    }

    /** Requests per second in each round. */
    double[] perSecond(Task task, String server) {
        return of(task, server).stream().mapToDouble(LoadResult::perSecond).toArray();
    }

    double medianPerSecond(Task task, String server) {
        return median(perSecond(task, server));
    }

    /** The median over the rounds of a percentile of the latency. */
    double medianPercentileMillis(Task task, String server, double share) {
        return median(of(task, server).stream()
                .mapToDouble(result -> result.latencies().percentileMillis(share))
                .toArray());
    }

    /** The median over the rounds of one server's speed divided by another's in the same round. */
    double medianRatio(Task task, String server, String other) {
        double[] mine = perSecond(task, server);
        double[] theirs = perSecond(task, other);
        double[] ratios = new double[Math.min(mine.length, theirs.length)];
        Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
        return median(ratios);
    }

    /** The median over the rounds of the share of time in which the load generator worked. */
    double medianGeneratorBusy(Task task, String server) {
        return median(
                of(task, server).stream().mapToDouble(LoadResult::generatorBusy).toArray());
    }

    /** What voids a figure: the first wrong answer in any round. */
    Optional<String> findFault(Task task, String server) {
        return of(task, server).stream()
                .flatMap(result -> result.fault().stream())
                .findFirst();
    }

    /** The middle value; not a number when there are none. */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
