package city.emona.broker;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.QueryCost;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Keeps heavy queries away from all others: they run one behind the other on a few threads of their own, of which the operating system
 * gives each its share, and not on the threads that answer everybody. What costs too much is refused before it begins, and what takes too
 * long is stopped.
 */
public final class QueryGate implements AutoCloseable {
    /** What a query may cost in {@linkplain QueryCost steps} and still run at once, on the thread that asks. */
    static final long LIGHT_STEPS = 100_000;

    /** What a query may cost where nothing else is configured. */
    public static final long DEFAULT_MAX_STEPS = 100_000_000;

    /** How long a query may take where nothing else is configured. */
    public static final Duration DEFAULT_MAX_TIME = Duration.ofSeconds(20);

    private static final int MAX_WAITING = 32;

    private volatile long maxSteps;
    private volatile Duration maxTime;
    private final ThreadPoolExecutor threads;

    /**
     * @param maxSteps what a query may cost at most
     * @param maxTime how long a query may take, and how long it may wait before
     */
    public QueryGate(long maxSteps, Duration maxTime) {
        this(maxSteps, maxTime, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MAX_WAITING);
    }

    QueryGate(long maxSteps, Duration maxTime, int threadCount, int maxWaiting) {
        this.maxSteps = maxSteps;
        this.maxTime = maxTime;
        this.threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                Thread.ofPlatform().daemon().name("heavy-query-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Sets other bounds for the queries to come. */
    public void setBounds(long steps, Duration time) {
        maxSteps = steps;
        maxTime = time;
    }

    /** A gate with the limits that hold where nothing else is configured. */
    public static QueryGate standard() {
        return new QueryGate(DEFAULT_MAX_STEPS, DEFAULT_MAX_TIME);
    }

    /**
     * Runs a query: at once where it is light, otherwise when its turn comes.
     *
     * @throws Problem of type TooComplexQuery when it costs or takes too much, Unavailable when too many wait
     */
    public <T> T run(long steps, Supplier<T> query) {
        if (steps > maxSteps) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY,
                    "The query would take about " + steps + " steps, and " + maxSteps + " are allowed.",
                    "Name a type, ids or fewer types, use fewer patterns, or ask for less at once.");
        }
        return steps <= LIGHT_STEPS ? query.get() : runApart(query);
    }

    /** Runs a heavy query whose cost is not known, when its turn comes; throws as {@link #run}. */
    <T> T runApart(Supplier<T> query) {
        CountDownLatch begun = new CountDownLatch(1);
        Future<T> answer;
        try {
            Callable<T> work = () -> {
                begun.countDown();
                return query.get();
            };
            answer = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw busy();
        }
        try {
            if (!begun.await(maxTime.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            return answer.get(maxTime.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY,
                    "The query took longer than " + maxTime.toSeconds() + " seconds and was stopped.",
                    "Ask for less at once, or with fewer patterns and geometries.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a query failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            answer.cancel(true);
        }
    }

    private static Problem busy() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "Too many heavy queries wait for their turn.",
                "Try again in a moment, or ask for less: by type, id, or a value that few entities have.");
    }

    /** Stops what runs, and takes no more heavy queries. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
