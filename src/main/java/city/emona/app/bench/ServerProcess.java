package city.emona.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that the benchmark has started as a process of its own, and stops. */
final class ServerProcess implements AutoCloseable {
    /** What the table calls the server under test. */
    static final String EMONA = "Emona";

    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final Endpoint endpoint;
    private final long startedAt = System.nanoTime();

    private ServerProcess(Process process, Path log, Endpoint endpoint) {
        this.process = process;
        this.log = log;
        this.endpoint = endpoint;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * Starts Emona as its users do, through the launcher where this program was started by it. It is always the demo city, so that its
     * sources run as in operation and ask nobody but the server itself.
     */
    static ServerProcess startEmona(Cores cores, Path data) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(cores.serverPrefix());
        command.addAll(emonaCommand());
        command.addAll(List.of("start", "--demo", "--open", "--port", String.valueOf(port), "--data", data.toString()));
        return start(command, Endpoint.onPort(EMONA, port), data.resolveSibling(data.getFileName() + ".log"));
    }

    /** Starts the server of constant bytes. */
    static ServerProcess startFloor(Cores cores, Path folder) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(cores.serverPrefix());
        command.addAll(javaCommand());
        command.addAll(List.of(FloorServer.class.getName(), String.valueOf(port)));
        return start(command, Endpoint.onPort(FloorServer.NAME, port), folder.resolve("floor.log"));
    }

    private static ServerProcess start(List<String> command, Endpoint endpoint, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, log, endpoint);
    }

    private static List<String> emonaCommand() {
        @Nullable String home = System.getProperty("emona.home");
        if (home != null && Files.isExecutable(Path.of(home, "emona"))) {
            return List.of(Path.of(home, "emona").toString());
        }
        List<String> command = new ArrayList<>(javaCommand());
        command.add("city.emona.app.Main");
        return command;
    }

    private static List<String> javaCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--") || option.startsWith("-XX:+Use")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How long it has held a processor. */
    CpuClock clock() {
        return CpuClock.of(process.toHandle());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Waits for the first answer of status 200.
     *
     * @return seconds since the process was started
     * @throws IOException when the process ends or a minute and a half passes before
     */
    double awaitAnswer(Client client, String path) throws IOException, InterruptedException {
        while (client.status(endpoint, path) != 200) {
            if (!process.isAlive() || secondsSinceStart() > START_SECONDS) {
                throw new IOException(endpoint.name() + " does not answer " + path + ". Its log says: " + endOfLog());
            }
            Thread.sleep(2);
        }
        return secondsSinceStart();
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - startedAt) / 1e9;
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    /** The memory that the process occupies, in megabytes; not a number where the system does not tell. */
    double residentMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
            return Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Asks the server to stop and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(endpoint.name() + " did not stop within " + STOP_SECONDS + " s");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
