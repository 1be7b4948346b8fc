package city.emona.access;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who tries too often: after some free attempts in a row, each failure doubles the pause until the next. What nobody has tried
 * for an hour is forgotten.
 */
final class Attempts {
    private static final int FREE = 5;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final long FORGOTTEN_MILLIS = Duration.ofHours(1).toMillis();
    private static final int MOST = 10_000;

    /** What was tried: in the order of the last attempt. */
    private final Map<String, Tried> byKey = new LinkedHashMap<>();

    private final InstantSource clock;

    private record Tried(int failures, long lastAt, long freeAt) {}

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins an attempt, which counts as a failure until it is said to be none; so that those that run at the same time count too.
     *
     * @throws Problem of type TooManyRequests while the pause lasts
     */
    synchronized void begin(String key) {
        long now = clock.millis();
        Tried tried = find(key, now).orElse(new Tried(0, now, 0));
        if (tried.freeAt() > now) {
            long seconds = (tried.freeAt() - now + 999) / 1000;
            throw new Problem(
                    ProblemType.TOO_MANY_REQUESTS,
                    "There were too many attempts that failed.",
                    "Try again in " + seconds + " s.");
        }
        int failures = tried.failures() + 1;
        byKey.remove(key);
        byKey.put(key, new Tried(failures, now, now + pause(failures)));
        if (byKey.size() > MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
    }

    private Optional<Tried> find(String key, long now) {
        return Optional.ofNullable(byKey.get(key)).filter(tried -> now - tried.lastAt() < FORGOTTEN_MILLIS);
    }

    private static long pause(int failures) {
        return failures < FREE
                ? 0
                : Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - FREE, 20));
    }

    /** The attempt was none that failed; those before it count on. */
    synchronized void forgive(String key) {
        Optional.ofNullable(byKey.get(key))
                .ifPresent(tried -> byKey.put(key, new Tried(Math.max(0, tried.failures() - 1), tried.lastAt(), 0)));
    }

    /** The attempt was none that failed, and neither do those before it count. */
    synchronized void succeed(String key) {
        byKey.remove(key);
    }
}
