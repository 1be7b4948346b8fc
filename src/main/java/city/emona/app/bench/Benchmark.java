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

/** One run: the servers are started, loaded in turns, and stopped. */
final class Benchmark {
    private static final String FIRST_PAGE = "/";
    private static final String READY = "/health/ready";
    /** Most entities are ten times as many as a peer gets. */
    private static final int GROWTH_PATIENCE = 4;

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
        Map<String, Loader.Loaded> loaded = new LinkedHashMap<>();
        List<Contestant> foreign = peers.stream()
                .map(peer -> new Contestant(peer, CpuClock.UNKNOWN, plan, progress))
                .toList();
        try (ServerProcess floor = ServerProcess.startFloor(cores, folder);
                ServerProcess emona = ServerProcess.startEmona(cores, folder.resolve("load"))) {
            floor.awaitAnswer(client, FloorServer.SMALL_PATH);
            emona.awaitAnswer(client, READY);
            List<Contestant> contestants = new ArrayList<>(foreign);
            contestants.addFirst(new Contestant(emona.endpoint(), emona.clock(), plan, progress));
            for (Contestant contestant : contestants) {
                contestant.load(plan.fewEntities());
            }
            runRounds(Task.at(Task.Stage.FEW), floor, contestants);
            for (Contestant contestant : contestants) {
                progress.println("Loading " + plan.manyEntities() + " entities into " + contestant.name() + ".");
                loaded.put(contestant.name(), contestant.load(plan.manyEntities()));
            }
            runRounds(Task.at(Task.Stage.MANY), floor, contestants);
            for (Contestant contestant : contestants) {
                loadHistories(contestant);
            }
            runRounds(Task.at(Task.Stage.HISTORY), floor, contestants);
        } finally {
            for (Contestant peer : foreign) {
                peer.clean(client);
            }
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
        Path data = folder.resolve("memory");
        Loader.Loaded loaded;
        double loadedMegabytes;
        try (ServerProcess emona = ServerProcess.startEmona(Cores.SHARED, data)) {
            emona.awaitAnswer(client, READY);
            BenchPlan patient = plan.withMostLoadMillis(GROWTH_PATIENCE * plan.mostLoadMillis());
            loaded = measureGrowth(new Contestant(emona.endpoint(), emona.clock(), patient, progress));
            loadedMegabytes = restedMegabytes(emona);
        }
        progress.println("Starting again with " + loaded.entities() + " entities.");
        try (ServerProcess emona = ServerProcess.startEmona(Cores.SHARED, data)) {
            double restart = emona.awaitAnswer(client, "/ngsi-ld/v1/entities/" + loaded.lastId());
            return new Processes(
                    seconds, megabytes, loaded.entities(), loadedMegabytes, restart, restedMegabytes(emona));
        }
    }

    /** Measures creating with a thousand entities, reads on all cores with many, and creating with most. */
    private Loader.Loaded measureGrowth(Contestant emona) throws IOException, InterruptedException {
        emona.load(plan.thousandEntities());
        measureAlone(emona, Task.CREATE, Comparison.WITH_A_THOUSAND, 2 * plan.rounds());
        emona.load(plan.manyEntities());
        for (Task task : Comparison.READS_ON_ALL_CORES) {
            measureAlone(emona, task, Comparison.ON_ALL_CORES, plan.rounds());
        }
        progress.println("Loading " + plan.mostEntities() + " entities.");
        Loader.Loaded loaded = emona.load(plan.mostEntities());
        measureAlone(emona, Task.CREATE, Comparison.WITH_MOST, plan.rounds());
        return loaded;
    }

    /** The rounds before do not count: in them the server compiles what is called most. */
    private void measureAlone(Contestant contestant, Task task, String as, int roundsBefore)
            throws IOException, InterruptedException {
        progress.println(as + ": " + task.title() + ".");
        for (int round = 1 - roundsBefore; round <= plan.rounds(); round++) {
            note(round, task, as, contestant.measure(task, client));
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
     * Each round measures each task on each server, so that a change of the machine's speed meets all of them. What comes before the first
     * does not count: the servers compile what is called most, and it shows what a peer lacks.
     */
    private void runRounds(List<Task> tasks, ServerProcess floor, List<Contestant> contestants)
            throws IOException, InterruptedException {
        for (int round = 0; round <= plan.rounds(); round++) {
            progress.println(round == 0 ? "Warming up." : "Round " + round + " of " + plan.rounds() + ".");
            Collections.rotate(contestants, 1);
            for (Task task : tasks) {
                if (task.hasFloor()) {
                    measure(round, task, FloorServer.NAME, () -> measureFloor(task, floor));
                }
                for (Contestant contestant : contestants) {
                    if (round == 0 && !measurements.lacks(task).containsKey(contestant.name())) {
                        probe(task, contestant);
                    }
                    if (!measurements.lacks(task).containsKey(contestant.name())) {
                        measure(round, task, contestant.name(), () -> contestant.measure(task, client));
                    }
                }
            }
        }
    }

    /** Measures once, or, before the first round, until the server has had its time. */
    private void measure(int round, Task task, String server, Measurement measurement)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + (round == 0 ? plan.compileMillis() * 1_000_000 : 0);
        do {
            note(round, task, server, measurement.run());
        } while (System.nanoTime() < until);
    }

    /** One load of one server. */
    @FunctionalInterface
    private interface Measurement {
        LoadResult run() throws IOException, InterruptedException;
    }

    private void loadHistories(Contestant contestant) throws IOException {
        progress.println("Loading histories into " + contestant.name() + ".");
        contestant
                .loadHistories()
                .ifPresent(reason -> Task.at(Task.Stage.HISTORY)
                        .forEach(task -> measurements.addLack(task, contestant.name(), reason)));
    }

    private void probe(Task task, Contestant contestant) throws IOException {
        contestant.findLack(task).ifPresent(reason -> measurements.addLack(task, contestant.name(), reason));
        if (task == Task.RETRIEVE_BESIDE_HEAVY && contestant.refusesHeavyQuery()) {
            measurements.addRefusal(contestant.name());
        }
    }

    private LoadResult measureFloor(Task task, ServerProcess floor) throws IOException {
        Work constant = new Constant(floor.endpoint(), FloorServer.pathFor(task), FloorServer.bytesFor(task));
        return LoadGenerator.runFor(
                floor.endpoint().address(),
                constant,
                plan.connections(),
                plan.warmMillis(),
                plan.measureMillis(),
                floor.clock());
    }

    private void note(int round, Task task, String server, LoadResult result) {
        if (round > 0 || result.fault().isPresent()) {
            measurements.add(task, server, result);
        }
    }
}
