package city.emona.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the servers on one core and the load generator on another, where the machine has both and taskset. */
enum Cores {
    /** Servers on the first core, load on the second. */
    PINNED,
    /** The system decides. */
    SHARED;

    /** Moves all threads of this process to the second core, if there is one and taskset is installed. */
    static Cores pinLoadGenerator() throws InterruptedException {
        String self = String.valueOf(ProcessHandle.current().pid());
        return Runtime.getRuntime().availableProcessors() >= 2 && succeeds("taskset", "-a", "-p", "-c", "1", self)
                ? PINNED
                : SHARED;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a server's command begins with. */
    List<String> serverPrefix() {
        return switch (this) {
            case PINNED -> List.of("taskset", "-c", "0");
            case SHARED -> List.of();
        };
    }

    String description() {
        return switch (this) {
            case PINNED -> "servers on one core, load on another";
            case SHARED -> "servers and load share all cores";
        };
    }
}
