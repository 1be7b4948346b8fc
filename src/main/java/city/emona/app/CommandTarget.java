package city.emona.app;

import city.emona.config.Configuration;
import city.emona.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command works on: the data folder that its options and settings name, and the server that has it open. Where no option names a
 * folder and its server does not run, it is the demo city's, if that runs.
 *
 * @param server empty when none runs; then the command opens the folder itself
 */
record CommandTarget(Configuration configuration, Path data, Optional<RunningServer.Found> server) {
    private static final Path DEMO_DATA = Path.of("data/demo");

    /** Looks at the options {@code --data} and {@code --config}, and for the server. */
    static CommandTarget of(Options options) throws InterruptedException {
        Configuration configuration = configuration(options);
        Path data = Path.of(configuration.get(Settings.DATA));
        Optional<RunningServer.Found> server = new RunningServer(data).find();
        if (server.isEmpty() && options.find("--data").isEmpty()) {
            Optional<RunningServer.Found> demo = new RunningServer(DEMO_DATA).find();
            if (demo.isPresent()) {
                return new CommandTarget(configuration, DEMO_DATA, demo);
            }
        }
        return new CommandTarget(configuration, data, server);
    }

    /** The settings, with what the options {@code --data} and {@code --config} say. */
    static Configuration configuration(Options options) {
        Map<String, String> overrides = new HashMap<>();
        options.find("--data").ifPresent(data -> overrides.put(Settings.DATA.key(), data));
        Path file = options.find("--config").map(Path::of).orElse(null);
        return Configuration.read(Settings.ALL, file, overrides);
    }

    /** How much of the disk is left free, in bytes. */
    long reserveBytes() {
        return configuration.get(Settings.RESERVE_MEGABYTES) * 1024L * 1024;
    }

    /**
     * Makes sure that there are data; opening a folder would make one.
     *
     * @throws Problem of type InvalidRequest when there are none
     */
    void requireData() {
        if (!Files.exists(data.resolve("FORMAT"))) {
            throw Problem.invalidRequest("There are no data in " + data + ".", "Name their folder with --data.");
        }
    }
}
