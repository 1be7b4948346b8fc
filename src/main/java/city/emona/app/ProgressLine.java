package city.emona.app;

import city.emona.store.backup.Progress;
import java.io.PrintStream;

/** Tells how far long work has come, a line for each tenth. */
final class ProgressLine implements Progress {
    private static final long MEBI = 1024 * 1024;

    private final PrintStream out;
    private final String what;
    private long nextTenth = 1;

    ProgressLine(String what, PrintStream out) {
        this.what = what;
        this.out = out;
    }

    @Override
    public void at(long bytes, long ofBytes) {
        if (ofBytes > 0 && bytes * 10 >= nextTenth * ofBytes && nextTenth <= 10) {
            out.printf("  %-10s %3d %%  %,d MB%n", what, 100 * bytes / ofBytes, Math.ceilDiv(bytes, MEBI));
            nextTenth = 10 * bytes / ofBytes + 1;
        }
    }
}
