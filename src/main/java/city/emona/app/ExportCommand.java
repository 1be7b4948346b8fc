package city.emona.app;

import city.emona.api.operations.ExportOperations;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import city.emona.store.transfer.CityExport;
import city.emona.store.transfer.CityImport;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command {@code export}, and the part of {@code import} that reads what it wrote. */
final class ExportCommand {
    static final Command COMMAND = new Command("writes everything as lines of JSON", """
            emona export [--to FILE] [--data DIR] [--config FILE]

              --to FILE        the file; without it, the standard output
              --data DIR       the folder of the data; without it the one of the running server, also of the demo city""", ExportCommand::run);

    /** What belongs to one installation and to positions in its log. */
    private static final Set<String> OF_ONE_STORE =
            Set.of("delivery", "deliveryEndpoint", "deadLetter", "deadLetterCount", "entityMap", "snapshot");

    /** What a city has of its own, and keeps. */
    private static final Set<String> OF_ONE_CITY = Set.of("platform");

    private static final long MEBI = 1024 * 1024;
    private static final long TELL_EVERY_BYTES = 256 * MEBI;

    private ExportCommand() {}

    /** The export of a store that is open. */
    static CityExport of(ContextStore store, Clock clock) {
        return new CityExport(store, OF_ONE_STORE, Version.current(), clock);
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options = Options.parse(arguments, Set.of(), Set.of("--to", "--data", "--config"));
        if (!options.rest().isEmpty()) {
            throw new UsageException(
                    "export takes no argument »" + options.rest().getFirst() + "«.");
        }
        CommandTarget target = CommandTarget.of(options);
        Optional<Path> file = options.find("--to").map(Path::of);
        try {
            if (file.isEmpty()) {
                write(target, out);
                out.flush();
                return out.checkError() ? 1 : 0;
            }
            Path part = file.get().resolveSibling(file.get().getFileName() + ".part");
            try (OutputStream sink = new Told(new BufferedOutputStream(Files.newOutputStream(part)), "written", out)) {
                write(target, sink);
            }
            Files.move(part, file.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            out.printf("  written    %s, %,d bytes%n", file.get(), Files.size(file.get()));
            return 0;
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The export was broken off: " + e + ".",
                    "Check the server, the path and the room on the disk, and try again.");
        }
    }

    private static void write(CommandTarget target, OutputStream sink) throws IOException, InterruptedException {
        if (target.server().isPresent()) {
            download(target.server().get(), sink);
            return;
        }
        target.requireData();
        Clock clock = Clock.systemUTC();
        try (ContextStore store = LocalStore.open(target.data(), target.reserveBytes(), clock)) {
            of(store, clock).write(sink);
        }
    }

    private static void download(RunningServer.Found server, OutputStream sink)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpRequest request = server.request(ExportOperations.PATH).build();
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream lines = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("the server answered with status " + answer.statusCode());
                }
                lines.transferTo(sink);
            }
        }
    }

    /** Whether a file is an export. */
    static boolean isExport(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            char[] begin = new char[("{\"kind\":\"" + CityExport.HEAD).length()];
            return in.read(begin) == begin.length && new String(begin).equals("{\"kind\":\"" + CityExport.HEAD);
        } catch (IOException e) {
            return false; // what is no UTF-8 is none, and whoever reads it next says what else is wrong
        }
    }

    /**
     * Brings an export into the data folder, which no server may have open meanwhile: what it holds in memory would not be what is there.
     *
     * @throws Problem when a server runs, or a line is not right
     */
    static void importInto(CommandTarget target, Path file, PrintStream out) {
        if (target.server().isPresent()) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "The server at " + target.server().get().url() + " has the folder open.",
                    "Stop it while everything is imported, or name another folder with --data.");
        }
        Clock clock = Clock.systemUTC();
        try (ContextStore store = LocalStore.open(target.data(), target.reserveBytes(), clock);
                BufferedReader in = Files.newBufferedReader(file)) {
            CityImport.Counts counts = new CityImport(store, OF_ONE_CITY).read(in);
            out.printf(
                    "  read       %d entities, %d documents, %d instances of history%n",
                    counts.entities(), counts.documents(), counts.instances());
            out.printf("  stored     %d entities and documents that were new or other%n", counts.changed());
        } catch (IOException e) {
            throw Problem.invalidRequest("The file cannot be read (" + e + ").", "Check its path and rights.");
        }
    }

    /** Tells how much has gone through. */
    private static final class Told extends OutputStream {
        private final OutputStream sink;
        private final String what;
        private final PrintStream out;
        private long bytes;
        private long told;

        Told(OutputStream sink, String what, PrintStream out) {
            this.sink = sink;
            this.what = what;
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            sink.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            sink.write(some, from, length);
            bytes += length;
            if (bytes - told >= TELL_EVERY_BYTES) {
                told = bytes;
                out.printf("  %-10s %,d MB so far%n", what, bytes / MEBI);
            }
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }
}
