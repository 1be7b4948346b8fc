package city.emona.app.bench;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one load showed.
 *
 * @param answers right answers within the measured time
 * @param seconds the measured time
 * @param generatorBusy the share of the time in which the generator's thread worked; near 1 it was the limit, not the server
 * @param latencies of those answers
 * @param cpuMicros for which the server held a processor for each answer; not a number where that is not known
 * @param firstFault what was wrong with the first wrong answer; null when all were right
 */
record LoadResult(
        long answers,
        double seconds,
        double generatorBusy,
        Latencies latencies,
        double cpuMicros,
        @Nullable String firstFault) {
    double perSecond() {
        return answers / seconds;
    }

    Optional<String> fault() {
        return Optional.ofNullable(firstFault);
    }

    /** The same result, voided when there is a fault. */
    LoadResult withFault(Optional<String> fault) {
        return new LoadResult(answers, seconds, generatorBusy, latencies, cpuMicros, fault.orElse(firstFault));
    }
}
