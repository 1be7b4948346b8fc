package city.emona.app.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One run: the servers are started, loaded in turns, and stopped. */
final class Benchmark {
    private static final String FIRST_PAGE = "/";

    private final BenchPlan plan;
    private final List<Endpoint> peers;
    private final Path folder;
    private final PrintStream progress;
    private final Client client;
    private final Measurements measurements = new Measurements();

    /**
     * @param folder where the servers keep their data and logs
     * @param progress where it tells what it does
     */
    Benchmark(BenchPlan plan, List<Endpoint> peers, Path folder, PrintStream progress, Client client) {
        this.plan = plan;
        this.peers = List.copyOf(peers);
        this.folder = folder;
        this.progress = progress;
        this.client = client;
    }

    Report run() throws IOException, InterruptedException {
        String machine = describeMachine();
        Processes processes = measureProcesses();
        Cores cores = plan.pinned() ? Cores.pinLoadGenerator() : Cores.SHARED;
        progress.println("Load: " + plan.connections() + " connections, " + cores.description() + ".");
        Map<String, Contestant.Loaded> loaded = new LinkedHashMap<>();
        try (ServerProcess floor = ServerProcess.startFloor(cores, folder);
                ServerProcess emona = ServerProcess.startEmona(cores, folder.resolve("load"))) {
            floor.awaitAnswer(client, FloorServer.SMALL_PATH);
            emona.awaitAnswer(client, "/health/ready");
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(new Contestant(emona.endpoint(), plan));
            peers.forEach(peer -> contestants.add(new Contestant(peer, plan)));
            for (Contestant contestant : contestants) {
                contestant.load(plan.fewEntities());
            }
            runRounds(Task.withFew(), floor.endpoint(), contestants);
            for (Contestant contestant : contestants) {
                progress.println("Loading " + plan.manyEntities() + " entities into " + contestant.name() + ".");
                loaded.put(contestant.name(), contestant.load(plan.manyEntities()));
            }
            runRounds(Task.withMany(), floor.endpoint(), contestants);
        }
        return new Report(machine, plan, cores, peers, processes, measurements, loaded);
    }

    private static String describeMachine() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores, load average before the run %.1f",
                system.getAvailableProcessors(),
                system.getSystemLoadAverage());
    }

    private Processes measureProcesses() throws IOException, InterruptedException {
        try (ServerProcess first = startDemo("demo-first")) {
            first.awaitAnswer(client, FIRST_PAGE);
        }
        double[] seconds = new double[plan.startRuns()];
        double megabytes = 0;
        for (int run = 0; run < plan.startRuns(); run++) {
            progress.println("Starting the demo city, " + (run + 1) + " of " + plan.startRuns() + ".");
            try (ServerProcess demo = startDemo("demo-" + run)) {
                seconds[run] = demo.awaitAnswer(client, FIRST_PAGE);
                if (run == plan.startRuns() - 1) {
                    megabytes = restedMegabytes(demo);
                }
            }
        }
        progress.println("Loading " + plan.manyEntities() + " entities, and starting again with them.");
        double loadedMegabytes;
        Path data = folder.resolve("memory");
        Contestant.Loaded loaded;
        try (ServerProcess emona = ServerProcess.startEmona(Cores.SHARED, data)) {
            emona.awaitAnswer(client, "/health/ready");
            loaded = new Contestant(emona.endpoint(), plan).load(plan.manyEntities());
            loadedMegabytes = restedMegabytes(emona);
        }
        try (ServerProcess emona = ServerProcess.startEmona(Cores.SHARED, data)) {
            double restart = emona.awaitAnswer(client, "/ngsi-ld/v1/entities/" + loaded.lastId());
            return new Processes(seconds, megabytes, loadedMegabytes, restart, restedMegabytes(emona));
        }
    }

    private ServerProcess startDemo(String name) throws IOException {
        return ServerProcess.startEmona(Cores.SHARED, folder.resolve(name));
    }

    private double restedMegabytes(ServerProcess server) throws InterruptedException {
        Thread.sleep(plan.settleMillis());
        return server.residentMegabytes();
    }

    /**
     * Each round measures each task on each server, so that a change of the machine's speed meets all of them. The first round does not count:
     * in it the servers compile what is called most.
     */
    private void runRounds(Set<Task> tasks, Endpoint floor, List<Contestant> contestants)
            throws IOException, InterruptedException {
        for (int round = 0; round <= plan.rounds(); round++) {
            progress.println(round == 0 ? "Warming up." : "Round " + round + " of " + plan.rounds() + ".");
            Collections.rotate(contestants, 1);
            for (Task task : tasks) {
                byte[] bytes = FloorServer.bytesFor(task);
                Work constant = new Constant(floor, FloorServer.pathFor(task), bytes);
                note(
                        round,
                        task,
                        floor.name(),
                        LoadGenerator.runFor(
                                floor.address(),
                                constant,
                                plan.connections(),
                                plan.warmMillis(),
                                plan.measureMillis()));
                for (Contestant contestant : contestants) {
                    note(round, task, contestant.name(), contestant.measure(task, client));
                }
            }
        }
    }

    private void note(int round, Task task, String server, LoadResult result) {
        if (round > 0 || result.fault().isPresent()) {
            measurements.add(task, server, result);
        }
    }
}
