package city.emona.app.bench;

import java.time.Duration;

/**
 * The time for which a server has held a processor since it began, all its threads together. Unlike rates, it says what an answer costs
 * also where something else takes time away from the machine.
 */
@FunctionalInterface
interface CpuClock {
    /** Of a server whose process is not known. */
    CpuClock UNKNOWN = () -> Double.NaN;

    /** In seconds, exact to some milliseconds; not a number where the system does not tell. */
    double seconds();

    static CpuClock of(ProcessHandle process) {
        return () -> process.info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e9)
                .orElse(Double.NaN);
    }
}
