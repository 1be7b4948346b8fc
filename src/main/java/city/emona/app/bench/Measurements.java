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
    private final List<String> refusals = new ArrayList<>();
    private final Map<Task, Map<String, String>> lacks = new EnumMap<>(Task.class);

    /** Notes that a server cannot do a task, with the answer that says so. */
    void addLack(Task task, String server, String reason) {
        lacks.computeIfAbsent(task, key -> new LinkedHashMap<>()).put(server, reason);
    }

    /** Notes that a server refuses the heavy query. */
    void addRefusal(String server) {
        refusals.add(server);
    }

    /** The servers that refuse the heavy query. */
    List<String> refusals() {
        return refusals;
    }

    /** Which servers cannot do a task, and why. */
    Map<String, String> lacks(Task task) {
        return lacks.getOrDefault(task, Map.of());
    }

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
        return medianRatio(perSecond(task, server), perSecond(task, other));
    }

    /** The median over the rounds of one server's speed at a task divided by its speed at another in the same round. */
    double medianRatio(String server, Task task, Task other) {
        return medianRatio(perSecond(task, server), perSecond(other, server));
    }

    private static double medianRatio(double[] mine, double[] theirs) {
        double[] ratios = new double[Math.min(mine.length, theirs.length)];
        Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
        return median(ratios);
    }

    /** The median over the rounds of the share of time in which the load generator worked. */
    double medianGeneratorBusy(Task task, String server) {
        return median(
                of(task, server).stream().mapToDouble(LoadResult::generatorBusy).toArray());
    }

    /** The median over the rounds of the processor time for an answer, in microseconds; not a number where it is not known. */
    double medianCpuMicros(Task task, String server) {
        return median(
                of(task, server).stream().mapToDouble(LoadResult::cpuMicros).toArray());
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
