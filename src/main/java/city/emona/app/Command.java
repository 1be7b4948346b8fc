package city.emona.app;

import java.io.PrintStream;
import java.util.List;

/**
 * One command of the program.
 *
 * @param summary what it does, in a few words
 * @param usage how it is called, with its options, for people
 */
record Command(String summary, String usage, Action action) {
    /** What the command does. */
    @FunctionalInterface
    interface Action {
        /**
         * Runs the command.
         *
         * @param arguments what follows the command's name
         * @return 0 on success, 1 on failure
         * @throws UsageException on wrong use, which ends with 2
         */
        int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException;
    }
}
