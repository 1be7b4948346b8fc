package city.emona.vertical.source;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
public final class Wait {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Wait() {}

    /** Returns when the condition holds, and fails when it does not hold for too long. */
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
