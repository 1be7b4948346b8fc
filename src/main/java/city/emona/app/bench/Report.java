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
        Map<String, Contestant.Loaded> loaded) {
    private static final double START_TARGET_SECONDS = 1.0;
    private static final double MEMORY_TARGET_MEGABYTES = 250;
    private static final double GENERATOR_LIMIT = 0.95;

    /** A server of constant bytes that varies by more than this shows that the machine was not left alone. */
    private static final double STEADY = 0.8;

    /** The first wrong answer of Emona, if there was one: then a figure is void. */
    Optional<String> findFault() {
        return Arrays.stream(Task.values())
                .flatMap(task -> measurements.findFault(task, ServerProcess.EMONA).stream())
                .findFirst();
    }

    /** The tables in Markdown, with the conditions before and the reservations behind them. */
    String text() {
        return conditions() + "\n" + processTable() + "\n" + taskTable() + "\n" + loading() + reservations();
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
        String many = format(Locale.ROOT, "%,d entities", plan.manyEntities());
        table.add(List.of(
                "resident memory, " + many + " just loaded", megabytes(processes.loadedMegabytes()), "", "", ""));
        table.add(List.of("start to an answer with " + many, seconds(processes.restartSeconds()), "", "", ""));
        table.add(List.of("resident memory after that", megabytes(processes.restartedMegabytes()), "", "", ""));
        return table.text();
    }

    private String taskTable() {
        List<String> titles = new ArrayList<>(List.of(
                "work over HTTP", "Emona/s", "least – most", "p50 ms", "p99 ms", FloorServer.NAME + "/s", "share"));
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
        boolean isRight = measurements.findFault(task, ServerProcess.EMONA).isEmpty();
        List<String> row = new ArrayList<>(List.of(
                task.title(plan),
                perSecond(task, ServerProcess.EMONA),
                range(rounds, "%,.0f"),
                milliseconds(task, 0.50),
                milliseconds(task, 0.99),
                format(Locale.ROOT, "%,.0f", measurements.medianPerSecond(task, FloorServer.NAME)),
                format(Locale.ROOT, "%.0f %%", share * 100)));
        for (Endpoint peer : peers) {
            row.add(perSecond(task, peer.name()));
            row.add(format(Locale.ROOT, "%.1f", measurements.medianRatio(task, ServerProcess.EMONA, peer.name())));
        }
        row.add(task.target());
        row.add(verdict(isRight && task.meetsTarget(Measurements.median(rounds), share)));
        return row;
    }

    private String perSecond(Task task, String server) {
        return measurements.findFault(task, server).isPresent()
                ? "void"
                : format(Locale.ROOT, "%,.0f", measurements.medianPerSecond(task, server) * task.unitsPerRequest());
    }

    private String milliseconds(Task task, double share) {
        return format(Locale.ROOT, "%.2f", measurements.medianPercentileMillis(task, ServerProcess.EMONA, share));
    }

    private String loading() {
        return loaded.entrySet().stream()
                .map(entry -> format(
                        Locale.ROOT,
                        "Loaded into %s: %,d entities, %,.0f/s in batches of %d.%n",
                        entry.getKey(),
                        entry.getValue().entities(),
                        entry.getValue().perSecond(),
                        Contestant.LOAD_BATCH))
                .collect(Collectors.joining());
    }

    private String reservations() {
        StringBuilder text = new StringBuilder();
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
