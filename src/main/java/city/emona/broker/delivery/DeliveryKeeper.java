package city.emona.broker.delivery;

import city.emona.problem.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done from time to time: call workers whose pause is over, note in the store how far all are, and clear up behind them. */
final class DeliveryKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryKeeper.class);
    private static final long CALL_MILLIS = 50;
    private static final long WRITE_MILLIS = 250;
    private static final long TIDY_MILLIS = 60_000;

    /** How many times the retention the log reaches back at most, whoever still needs it. */
    private static final int HARD_BOUND = 2;

    private final Map<String, EndpointWorker> workers;
    private final DeliveryRecords records;
    private final DispatchLog log;
    private final DeadLetters letters;
    private final DeliverySettings settings;
    private final InstantSource clock;
    private final Map<String, DeliveryRecords.Endpoint> written = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("delivery-keeper").factory());

    /** Whether something was handed to an endpoint that the position in the store does not know of. */
    private volatile boolean noted;

    DeliveryKeeper(
            Map<String, EndpointWorker> workers,
            DeliveryRecords records,
            DispatchLog log,
            DeadLetters letters,
            DeliverySettings settings,
            InstantSource clock) {
        this.workers = workers;
        this.records = records;
        this.log = log;
        this.letters = letters;
        this.settings = settings;
        this.clock = clock;
    }

    /** What the store has of an endpoint. */
    synchronized void remember(DeliveryRecords.Endpoint endpoint) {
        written.put(endpoint.id(), endpoint);
    }

    void start() {
        every(CALL_MILLIS, this::callThoseDue);
        every(WRITE_MILLIS, () -> write(false));
        every(TIDY_MILLIS, this::tidy);
    }

    private void every(long millis, Runnable task) {
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (Problem full) {
                        LOG.warn("How far the delivery is cannot be noted: {}", full.detail());
                    } catch (RuntimeException e) {
                        LOG.error("The delivery could not be kept in order; it is tried again", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void callThoseDue() {
        long now = clock.millis();
        workers.values().forEach(worker -> worker.callWhenDue(now));
    }

    /** Something was handed to an endpoint. */
    void note() {
        noted = true;
    }

    /** Writes where all are, at once. */
    void writeNow() {
        noted = true;
        write(false);
    }

    /**
     * Writes what has changed.
     *
     * @param all whether what may be lost, the figures, is written too
     */
    private synchronized void write(boolean all) {
        boolean moved = noted;
        noted = false;
        // first the position, then the endpoints: they have all up to the position, or say where they are
        long position = log.handed();
        List<DeliveryRecords.Endpoint> changed = new ArrayList<>();
        for (EndpointWorker worker : workers.values()) {
            DeliveryRecords.Endpoint before = written.get(worker.id());
            DeliveryRecords.Endpoint now = new DeliveryRecords.Endpoint(
                    worker.id(),
                    worker.address(),
                    worker.queue().cursor().orElse(null),
                    worker.health().tally());
            if (before == null || !isSamePlace(before, now) || (all && !before.equals(now))) {
                changed.add(now);
            }
        }
        if (moved || all || !changed.isEmpty()) {
            try {
                records.write(position, changed);
            } catch (Problem full) {
                noted = true;
                throw full;
            }
            changed.forEach(this::remember);
        }
    }

    private static boolean isSamePlace(DeliveryRecords.Endpoint one, DeliveryRecords.Endpoint other) {
        if (one.health().heldSince() != other.health().heldSince()) {
            return false;
        }
        PendingQueue.Cursor here = one.cursor();
        PendingQueue.Cursor there = other.cursor();
        return here == null ? there == null : there != null && here.isAtPlaceOf(there);
    }

    /** Forgets endpoints that nothing was sent to for long, and takes from the log what nobody needs. */
    void tidy() {
        write(true);
        long now = clock.millis();
        long retention = settings.retention().toMillis();
        long needed = log.handed();
        for (EndpointWorker worker : List.copyOf(workers.values())) {
            needed = Math.min(needed, worker.queue().needsAfter());
            if (now - worker.lastActiveAt() > retention && !worker.health().isHeld()) {
                forget(worker);
            }
        }
        long old = log.positionBefore(now - retention);
        long tooOld = log.positionBefore(now - HARD_BOUND * retention);
        log.trim(Math.max(tooOld, Math.min(old, needed)));
        for (EndpointWorker worker : workers.values()) {
            if (worker.queue().skipTo(log.first())) {
                LOG.warn(
                        "{} did not take messages for so long that the log has lost some of them",
                        Addresses.masked(worker.address()));
            }
        }
    }

    private synchronized void forget(EndpointWorker worker) {
        boolean unused = letters.ids(worker.id()).isEmpty();
        workers.computeIfPresent(worker.address(), (_, known) -> known.queue().isEmpty() && unused ? null : known);
        if (!workers.containsKey(worker.address()) && written.remove(worker.id()) != null) {
            records.delete(worker.id());
        }
    }

    /** Writes where all are, for the last time. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
            write(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Problem full) {
            LOG.warn("How far the delivery is cannot be noted: {}", full.detail());
        }
    }
}
