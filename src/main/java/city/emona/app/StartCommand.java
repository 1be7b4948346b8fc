package city.emona.app;

import city.emona.config.Configuration;
import city.emona.portal.door.Door;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The command {@code start}. */
final class StartCommand {
    static final Command COMMAND = new Command("starts the server", """
            emona start [--demo] [--host ADDRESS] [--port N] [--data DIR] [--config FILE] [--open]

              --demo           a small Ljubljana with made-up values, in the folder data/demo unless --data says otherwise
              --host ADDRESS   the address to listen on, by default 127.0.0.1
              --port N         the port, by default 8080; 0 for any that is free
              --data DIR       the folder of the data, by default data
              --config FILE    a file with settings; see docs/configuration.md
              --open           without access control: everybody on this machine may do everything""", StartCommand::run);

    private StartCommand() {}

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options =
                Options.parse(arguments, Set.of("--demo", "--open"), Set.of("--host", "--port", "--data", "--config"));
        if (!options.rest().isEmpty()) {
            throw new UsageException(
                    "start takes no argument »" + options.rest().getFirst() + "«.");
        }
        Configuration configuration = configuration(options);
        requireLoopback(configuration.get(Settings.HOST), options.has("--open"));
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        boolean open = options.has("--open");
        try (EmonaServer server =
                EmonaServer.start(configuration, options.has("--demo"), open, () -> configuration(options))) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stopped.countDown();
                                await(closed);
                            },
                            "stop"));
            out.println("Emona " + Version.current() + " is at " + server.address());
            out.println(open ? "Access control is off: everybody on this machine may do everything." : who(server));
            out.println("Ctrl-C stops it.");
            stopped.await();
            out.println("Stopping: what was accepted is finished first.");
        } catch (IllegalStateException e) {
            err.println(e.getMessage());
            return 1;
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** Who may do what, with the link for the first administrator while there is none. */
    private static String who(EmonaServer server) {
        return server.access()
                .accounts()
                .drawFirstLink()
                .map(secret -> """
                        Reading needs no account, and there is none yet. This link makes the administrator, once and within a day:
                          %s
                        Started with --open, it asks nobody for an account.""".formatted(
                                server.address() + Door.welcomePath(secret).substring(1)))
                .orElse("Reading needs no account; everything else does.");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Configuration configuration(Options options) {
        Map<String, String> overrides = new HashMap<>();
        options.find("--host").ifPresent(host -> overrides.put(Settings.HOST.key(), host));
        options.find("--port").ifPresent(port -> overrides.put(Settings.PORT.key(), port));
        options.find("--data").ifPresent(data -> overrides.put(Settings.DATA.key(), data));
        if (options.has("--demo")) {
            overrides.putIfAbsent(Settings.DATA.key(), "data/demo");
        }
        Path file = options.find("--config").map(Path::of).orElse(null);
        return Configuration.read(Settings.ALL, file, overrides);
    }

    private static void requireLoopback(String host, boolean open) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new UsageException("The address »" + host + "« is not known. Use 127.0.0.1.");
        }
        throw new UsageException("The address " + host + " can be reached from other machines"
                + (open
                        ? ", where --open would let everybody do everything. Use 127.0.0.1."
                        : ", to which passwords would go without TLS. Use 127.0.0.1, and a proxy that speaks TLS."));
    }
}
