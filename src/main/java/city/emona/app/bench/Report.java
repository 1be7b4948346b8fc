package city.emona.app.bench;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one run found.
 *
 * @param machine its cores, and how busy it was before
 * @param loaded how the entities came into each broker, by its name
 */
record Report(
        String machine,
        BenchPlan plan,
        Cores cores,
        List<Endpoint> peers,
        Processes processes,
        Measurements measurements,
        Map<String, Loader.Loaded> loaded) {
    private static final double START_TARGET_SECONDS = 1.0;
    private static final double MEMORY_TARGET_MEGABYTES = 250;
    private static final int MILLION = 1_000_000;
    private static final double MILLION_MEGABYTES = 2_500;
    private static final double MILLION_RESTART_SECONDS = 20;
    private static final String LACKING = "—";
    private static final double GENERATOR_LIMIT = 0.95;

    /** A server of constant bytes that varies by more than this shows that the machine was not left alone. */
    private static final double STEADY = 0.8;

    /** The first wrong answer of Emona, if there was one: then a figure is void. */
    Optional<String> findFault() {
        return Arrays.stream(Task.values())
                .flatMap(task -> measurements.servers(task).stream()
                        .filter(server -> server.startsWith(ServerProcess.EMONA))
                        .flatMap(server -> findFault(task, server).stream()))
                .findFirst();
    }

    /** Why there is no figure, or a void one. */
    private Optional<String> findFault(Task task, String server) {
        return Optional.ofNullable(measurements.lacks(task).get(server)).or(() -> measurements.findFault(task, server));
    }

    /** The tables in Markdown, with the conditions before and the reservations behind them. */
    String text() {
        return conditions() + "\n" + processTable() + "\n" + taskTable() + "\n" + comparisonTable() + "\n" + loading()
                + reservations();
    }

    private String conditions() {
        return format(
                Locale.ROOT,
                "%s, Java %s; %s; %d connections; %d rounds of %.1f s, of which the median is shown.%n",
                machine,
                Runtime.version(),
                cores.description(),
                plan.connections(),
                plan.rounds(),
                plan.measureMillis() / 1e3);
    }

    private String processTable() {
        double[] starts = processes.demoStartSeconds();
        double start = Measurements.median(starts);
        double demo = processes.demoMegabytes();
        MarkdownTable table = new MarkdownTable(List.of("Emona as a process", "median", "least – most", "target", ""));
        table.add(List.of(
                "start to the first answer of the home page, demo data",
                seconds(start),
                range(starts, "%.2f"),
                "≤ " + seconds(START_TARGET_SECONDS),
                verdict(start <= START_TARGET_SECONDS)));
        table.add(List.of(
                "resident memory, demo",
                megabytes(demo),
                "",
                "≤ " + megabytes(MEMORY_TARGET_MEGABYTES),
                verdict(demo <= MEMORY_TARGET_MEGABYTES)));
        boolean isMillion = processes.entities() >= MILLION;
        String most = format(Locale.ROOT, "%,d entities", processes.entities());
        String memoryTarget = isMillion ? "≤ " + megabytes(MILLION_MEGABYTES) : "";
        double loadedMegabytes = processes.loadedMegabytes();
        double restartedMegabytes = processes.restartedMegabytes();
        table.add(List.of(
                "resident memory, " + most + " just loaded",
                megabytes(loadedMegabytes),
                "",
                memoryTarget,
                isMillion ? verdict(loadedMegabytes <= MILLION_MEGABYTES) : ""));
        table.add(List.of(
                "start to an answer with " + most,
                seconds(processes.restartSeconds()),
                "",
                isMillion ? "≤ " + seconds(MILLION_RESTART_SECONDS) : "",
                isMillion ? verdict(processes.restartSeconds() <= MILLION_RESTART_SECONDS) : ""));
        table.add(List.of(
                "resident memory after that",
                megabytes(restartedMegabytes),
                "",
                memoryTarget,
                isMillion ? verdict(restartedMegabytes <= MILLION_MEGABYTES) : ""));
        return table.text();
    }

    private String taskTable() {
        List<String> titles = new ArrayList<>(List.of(
                "work over HTTP",
                "Emona/s",
                "least – most",
                "p50 ms",
                "p99 ms",
                "CPU µs",
                FloorServer.NAME + "/s",
                "share",
                "CPU share"));
        for (Endpoint peer : peers) {
            titles.addAll(List.of(peer.name() + "/s", "Emona ÷ " + peer.name()));
        }
        titles.addAll(List.of("target", ""));
        MarkdownTable table = new MarkdownTable(titles);
        for (Task task : Task.values()) {
            table.add(taskRow(task));
        }
        return table.text();
    }

    private List<String> taskRow(Task task) {
        double[] rounds = Arrays.stream(measurements.perSecond(task, ServerProcess.EMONA))
                .map(requests -> requests * task.unitsPerRequest())
                .toArray();
        double share = measurements.medianRatio(task, ServerProcess.EMONA, FloorServer.NAME);
        double cpu = measurements.medianCpuMicros(task, ServerProcess.EMONA);
        boolean isRight = findFault(task, ServerProcess.EMONA).isEmpty();
        List<String> row = new ArrayList<>(List.of(
                task.title(plan),
                perSecond(task, ServerProcess.EMONA),
                isRight ? range(rounds, "%,.0f") : "",
                isRight ? milliseconds(task, 0.50) : "",
                isRight ? milliseconds(task, 0.99) : "",
                isRight && !Double.isNaN(cpu) ? format(Locale.ROOT, "%,.0f", cpu / task.unitsPerRequest()) : "",
                task.hasFloor()
                        ? format(Locale.ROOT, "%,.0f", measurements.medianPerSecond(task, FloorServer.NAME))
                        : "",
                task.hasFloor() && isRight ? percent(share) : "",
                task.hasFloor() && isRight ? percent(measurements.medianCpuMicros(task, FloorServer.NAME) / cpu) : ""));
        for (Endpoint peer : peers) {
            row.add(perSecond(task, peer.name()));
            row.add(
                    isRight && findFault(task, peer.name()).isEmpty()
                            ? ratio(measurements.medianRatio(task, ServerProcess.EMONA, peer.name()))
                            : LACKING);
        }
        row.add(task.target().text());
        row.add(
                task.target().equals(Target.NONE)
                        ? ""
                        : verdict(isRight
                                && task.target()
                                        .isMet(
                                                Measurements.median(rounds),
                                                share,
                                                measurements.medianPercentileMillis(task, ServerProcess.EMONA, 0.50))));
        return row;
    }

    private String comparisonTable() {
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(Comparison.besideHeavyQuery(ServerProcess.EMONA));
        peers.forEach(peer -> comparisons.add(Comparison.besideHeavyQuery(peer.name())));
        comparisons.add(Comparison.ofCreating(plan));
        comparisons.add(Comparison.ofHistory(ServerProcess.EMONA));
        peers.forEach(peer -> comparisons.add(Comparison.ofHistory(peer.name())));
        Comparison.READS_ON_ALL_CORES.forEach(task -> comparisons.add(Comparison.onAllCores(task, plan)));
        MarkdownTable table = new MarkdownTable(List.of("comparison", "from/s", "to/s", "share", "target", ""));
        comparisons.forEach(comparison -> table.add(comparisonRow(comparison)));
        return table.text();
    }

    private List<String> comparisonRow(Comparison comparison) {
        String from = perSecond(comparison.base(), comparison.baseServer());
        String to = perSecond(comparison.task(), comparison.server());
        boolean isRight = findFault(comparison.task(), comparison.server()).isEmpty()
                && findFault(comparison.base(), comparison.baseServer()).isEmpty();
        boolean hasTarget = comparison.least() > 0;
        double share = isRight ? comparison.share(measurements) : Double.NaN;
        return List.of(
                comparison.title(),
                from,
                to,
                isRight ? percent(share) : LACKING,
                hasTarget ? "≥ " + percent(comparison.least()) : "",
                hasTarget && comparison.server().startsWith(ServerProcess.EMONA)
                        ? verdict(isRight && share >= comparison.least())
                        : "");
    }

    private String perSecond(Task task, String server) {
        if (measurements.lacks(task).containsKey(server)) {
            return LACKING;
        }
        double perSecond = measurements.medianPerSecond(task, server) * task.unitsPerRequest();
        return measurements.findFault(task, server).isPresent()
                ? "void"
                : format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    private static String percent(double share) {
        return format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static String ratio(double ratio) {
        return format(Locale.ROOT, ratio < 10 ? "%.2f" : "%,.0f", ratio);
    }

    private String milliseconds(Task task, double share) {
        return format(Locale.ROOT, "%.2f", measurements.medianPercentileMillis(task, ServerProcess.EMONA, share));
    }

    private String loading() {
        return loaded.entrySet().stream()
                .map(entry -> loading(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private String loading(String server, Loader.Loaded loading) {
        String shortfall = loading.entities() < plan.manyEntities()
                ? format(Locale.ROOT, " The time was over then, so »%,d entities« means these.", plan.manyEntities())
                : "";
        return format(
                Locale.ROOT,
                "Loaded into %s: %,d entities, %,.0f/s in batches of %d.%s%n",
                server,
                loading.entities(),
                loading.perSecond(),
                plan.loadBatch(),
                shortfall);
    }

    private String reservations() {
        StringBuilder text = new StringBuilder();
        for (String server : measurements.refusals()) {
            text.append(server).append(" refuses the heavy query as too complex, so that it costs nothing.\n");
        }
        if (Runtime.getRuntime().availableProcessors() < 3) {
            text.append("All cores: the load took a part of them, as there are not more than two.\n");
        }
        for (Task task : Task.values()) {
            DoubleSummaryStatistics floor = Arrays.stream(measurements.perSecond(task, FloorServer.NAME))
                    .summaryStatistics();
            if (floor.getMin() < floor.getMax() * STEADY) {
                text.append(format(
                        Locale.ROOT,
                        "%s: something else used the machine, as %s went from %,.0f to %,.0f/s; trust the share.%n",
                        task.title(plan),
                        FloorServer.NAME,
                        floor.getMin(),
                        floor.getMax()));
            }
            measurements
                    .lacks(task)
                    .forEach((server, reason) -> text.append("— ")
                            .append(server)
                            .append(" lacks: ")
                            .append(task.title(plan))
                            .append(", as ")
                            .append(reason)
                            .append('\n'));
            for (String server : measurements.servers(task)) {
                String where = task.title(plan) + ", " + server + ": ";
                if (measurements.medianGeneratorBusy(task, server) > GENERATOR_LIMIT) {
                    text.append(where).append("the load generator had no time left; the server may be faster.\n");
                }
                measurements
                        .findFault(task, server)
                        .ifPresent(fault -> text.append("Void: ")
                                .append(where)
                                .append(fault)
                                .append('\n'));
            }
        }
        return text.toString();
    }

    private static String range(double[] values, String pattern) {
        double least = Arrays.stream(values).min().orElse(Double.NaN);
        double most = Arrays.stream(values).max().orElse(Double.NaN);
        return format(Locale.ROOT, pattern + " – " + pattern, least, most);
    }

    private static String seconds(double seconds) {
        return format(Locale.ROOT, "%.2f s", seconds);
    }

    private static String megabytes(double megabytes) {
        return format(Locale.ROOT, "%.0f MB", megabytes);
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }
}
