package city.emona.app.bench;

import city.emona.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command {@code bench}: measures Emona on this machine, and peers beside it, and prints a table. */
public final class BenchCommand {
    /** How the command is called. */
    public static final String USAGE = """
            emona bench [--quick] [--peer NAME=URL]… | --sources [GTFS.zip] | --micro [PATTERN]

              --quick          a first look, in about two minutes
              --peer NAME=URL  measures another NGSI-LD broker on this machine in the same run, as in other=http://localhost:9090
              --sources        measures instead how fast documents of sources become entities, with a GTFS feed of its own or the one given
              --micro          measures single operations inside one process instead, those whose names match the pattern""";

    private BenchCommand() {}

    /**
     * Runs the command.
     *
     * @param arguments what follows the command's name
     * @param out where the table goes
     * @param err where progress and errors go
     * @return 0 when all was measured, 1 when something failed or answered wrongly, 2 on wrong use
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (!arguments.isEmpty() && arguments.getFirst().equals("--sources") && arguments.size() <= 2) {
            return sources(arguments.stream().skip(1).findFirst().map(Path::of), out, err);
        }
        BenchPlan plan = BenchPlan.full();
        List<Endpoint> peers = new ArrayList<>();
        try {
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case "--quick" -> plan = BenchPlan.quick();
                    case "--peer" -> peers.add(peer(++i < arguments.size() ? arguments.get(i) : ""));
                    default -> throw new IllegalArgumentException("»" + arguments.get(i) + "« is no option of bench.");
                }
            }
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("Usage: " + USAGE);
            return 2;
        }
        return run(plan, peers, out, err);
    }

    private static int sources(Optional<Path> gtfs, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            Path folder = dataFolder();
            try {
                new SourceBench(folder, out).run(gtfs);
            } finally {
                delete(folder);
            }
            return 0;
        } catch (IOException | Problem e) {
            err.println("The sources could not be measured: " + e.getMessage());
            return 1;
        }
    }

    private static Endpoint peer(String nameAndUrl) {
        int equals = nameAndUrl.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--peer wants NAME=URL, as in --peer other=http://localhost:9090.");
        }
        return new Endpoint(nameAndUrl.substring(0, equals), URI.create(nameAndUrl.substring(equals + 1)));
    }

    static int run(BenchPlan plan, List<Endpoint> peers, PrintStream out, PrintStream err) throws InterruptedException {
        try (Client client = new Client()) {
            Path folder = dataFolder();
            try {
                err.println("The servers keep their data in " + folder + " ("
                        + Files.getFileStore(folder).type() + ").");
                Report report = new Benchmark(plan, peers, folder, err, client).run();
                out.print(report.text());
                return report.findFault().isPresent() ? 1 : 0;
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            err.println("The benchmark ended: " + e.getMessage());
            return 1;
        }
    }

    /** A new folder on the disk that the program is on; folders for temporary files may be in memory, where syncing costs nothing. */
    private static Path dataFolder() throws IOException {
        @Nullable String home = System.getProperty("emona.home");
        if (home == null) {
            return Files.createTempDirectory("emona-bench");
        }
        return Files.createTempDirectory(Files.createDirectories(Path.of(home, "target")), "bench");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
