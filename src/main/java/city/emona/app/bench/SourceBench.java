package city.emona.app.bench;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.Vertical;
import city.emona.vertical.source.Secrets;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceSupervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How fast documents of sources are read, mapped, checked and committed; in this process, with a store on the disk. */
final class SourceBench {
    private static final int RECORDS = 50_000;
    private static final int WARM_ROUNDS = 3;
    private static final int ROUNDS = 3;

    private final Path folder;
    private final PrintStream out;

    /** @param folder for the data; it must be empty */
    SourceBench(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** @param gtfs a feed; empty to make one of a mid-sized city */
    void run(Optional<Path> gtfs) throws IOException, InterruptedException {
        Contexts contexts = new Contexts(url -> {
            throw Problem.badRequestData("The benchmark needs no context of " + url + ".", "Leave it out.");
        });
        Vertical vertical = SourceBenchVertical.write(folder.resolve("bench"), contexts);
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 0, Clock.systemUTC())) {
            var surroundings = new SourceSupervisor.Surroundings(
                    contexts,
                    new Broker(store, Clock.systemUTC()),
                    store,
                    Clock.systemUTC(),
                    Secrets.none(),
                    InstallSecrets.NONE,
                    OutgoingGate.PUBLIC_ONLY,
                    folder.resolve("inbox"),
                    "bench");
            try (var supervisor = new SourceSupervisor(surroundings, _ -> List.of())) {
                supervisor.add(vertical);
                out.println("| work | records | seconds | records/s | records/s of a core |");
                out.println("| --- | ---: | ---: | ---: | ---: |");
                json(supervisor);
                gtfs(supervisor, store, gtfs);
            }
        }
    }

    private void json(SourceSupervisor supervisor) {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            supervisor.bring("bench", "json", SourceBenchVertical.json(RECORDS / 5, round));
        }
        for (int round = 0; round < ROUNDS; round++) {
            byte[] document = SourceBenchVertical.json(RECORDS, WARM_ROUNDS + round);
            measure(
                    "JSON feed, every entity " + (round == 0 ? "new or changed" : "changed"),
                    () -> supervisor.bring("bench", "json", document));
        }
        byte[] same = SourceBenchVertical.json(RECORDS, WARM_ROUNDS + ROUNDS - 1);
        measure("JSON feed, nothing changed", () -> supervisor.bring("bench", "json", same));
    }

    private void gtfs(SourceSupervisor supervisor, LocalStore store, Optional<Path> given) throws IOException {
        byte[] feed = given.isPresent() ? Files.readAllBytes(given.get()) : GtfsCity.feed();
        String name = given.map(path -> path.getFileName().toString())
                .orElse("1,500 stops, 60 routes, 30,000 trips, 1,020,000 stop times");
        long before = store.countEntities(Tenant.DEFAULT);
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            long start = System.nanoTime();
            var progress = timer.scheduleAtFixedRate(
                    () -> out.printf(
                            Locale.ROOT,
                            "GTFS: %,d entities after %d s%n",
                            store.countEntities(Tenant.DEFAULT) - before,
                            Duration.ofNanos(System.nanoTime() - start).toSeconds()),
                    2,
                    2,
                    TimeUnit.SECONDS);
            measure("GTFS feed: " + name, () -> supervisor.bring("bench", "gtfs", feed));
            progress.cancel(false);
        }
    }

    /** Brings a document. */
    @FunctionalInterface
    private interface Bringing {
        SourceHealth.Counts bring();
    }

    private void measure(String work, Bringing bringing) {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        SourceHealth.Counts counts = bringing.bring();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        int records = counts.accepted() + counts.rejected();
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %,.0f | %,.0f |%n",
                work,
                records,
                seconds,
                records / seconds,
                records / cpuSeconds);
        if (counts.rejected() > 0) {
            out.printf(Locale.ROOT, "%,d records were rejected.%n", counts.rejected());
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Text as UTF-8. */
    static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
