package city.emona.broker.delivery;

import city.emona.broker.delivery.Pending.Logged;
import city.emona.problem.Problem;
import city.emona.store.ContextStore;
import city.emona.store.LogEntry;
import city.emona.store.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what commits ask for to the endpoints of others. One thread follows the store's log and hands each dispatch to the queue of its
 * endpoint; each queue is worked by itself, in order. What was taken over is noted in the store a few times a second: after a sudden end, what
 * is not noted is sent once more. Safe for use by many threads.
 */
public final class DeliveryEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);
    private static final long LONGEST_PARK_NANOS = 1_000_000_000;

    private final ContextStore store;
    private final InstantSource clock;
    private final DeliverySettings settings;
    private final DeliveryRecords records;
    private final byte[] salt;
    private final DispatchLog log;
    private final DeadLetters letters;
    private final EndpointWorker.Tools tools;
    private final Map<String, EndpointWorker> workers = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom();
    private final DeliveryKeeper keeper;
    private final Thread reader = Thread.ofPlatform().name("delivery").daemon().unstarted(this::follow);
    private volatile boolean closing;

    /**
     * Takes up where an earlier engine on the same store was. Nothing is sent before {@link #start}.
     *
     * @param sender is closed with the engine
     */
    public DeliveryEngine(
            ContextStore store, Outbox outbox, Sender sender, InstantSource clock, DeliverySettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.records = new DeliveryRecords(store);
        this.salt = records.salt();
        this.log = new DispatchLog(store, outbox, records.position());
        this.letters = new DeadLetters(store, settings.maxDeadLetters(), settings.maxDeadLetterBytes());
        this.tools = new EndpointWorker.Tools(outbox, sender, letters, settings, clock);
        this.keeper = new DeliveryKeeper(workers, records, log, letters, settings, clock);
        for (DeliveryRecords.Endpoint endpoint : records.listEndpoints()) {
            EndpointWorker worker = worker(endpoint.address());
            worker.health().remember(endpoint.health());
            PendingQueue.Cursor cursor = endpoint.cursor();
            if (cursor != null) {
                worker.queue().resume(cursor);
            }
            keeper.remember(endpoint);
        }
    }

    /** Delivers from now on. */
    public void start() {
        store.onCommit(_ -> LockSupport.unpark(reader));
        reader.start();
        keeper.start();
        workers.values().forEach(EndpointWorker::call);
    }

    private EndpointWorker worker(String address) {
        return workers.computeIfAbsent(address, _ -> {
            SplittableRandom own;
            synchronized (random) {
                own = random.split();
            }
            return new EndpointWorker(
                    Addresses.id(address, salt),
                    address,
                    tools,
                    new PendingQueue(address, log, settings.queueLength()),
                    new EndpointHealth(settings, own));
        });
    }

    /** What the reader does: it only reads and hands over, and never waits for an endpoint. */
    private void follow() {
        while (!closing) {
            try {
                List<LogEntry> entries = log.next();
                if (entries.isEmpty()) {
                    // a commit calls earlier than that
                    LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
                }
                for (LogEntry entry : entries) {
                    handOver(entry);
                }
            } catch (RuntimeException e) {
                LOG.error("The log of commits cannot be read; it is tried again", e);
                LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
            }
        }
    }

    private void handOver(LogEntry entry) {
        log.begin(entry);
        Map<String, List<Logged>> byEndpoint = new LinkedHashMap<>();
        for (Logged logged : log.dispatches(entry)) {
            byEndpoint
                    .computeIfAbsent(logged.dispatch().endpoint(), _ -> new ArrayList<>(1))
                    .add(logged);
        }
        // the map holds a worker still while it is forgotten
        byEndpoint.forEach((address, logged) -> {
            worker(address);
            workers.computeIfPresent(address, (_, worker) -> {
                worker.append(logged);
                return worker;
            });
        });
        log.end(entry);
        if (!byEndpoint.isEmpty()) {
            keeper.note();
        }
    }

    /**
     * Takes something that no commit caused. It is sent once, or left out when the endpoint does not take what it gets.
     *
     * @return whether it will be tried
     */
    public boolean offer(Dispatch dispatch) {
        return !closing && worker(dispatch.endpoint()).offer(dispatch);
    }

    /** How the delivery to each endpoint stands, those that make trouble first, then in the order of their addresses. */
    public List<EndpointState> listEndpoints() {
        return workers.values().stream()
                .map(this::state)
                .sorted(Comparator.comparing((EndpointState state) -> !state.isTrouble())
                        .thenComparing(EndpointState::address)
                        .thenComparing(EndpointState::id))
                .toList();
    }

    private EndpointState state(EndpointWorker worker) {
        EndpointHealth health = worker.health();
        EndpointHealth.Tally tally = health.tally();
        long since = worker.queue().since();
        return new EndpointState(
                worker.id(),
                Addresses.masked(worker.address()),
                health.circuit(),
                tally.heldSince(),
                health.nextTryAt(),
                worker.queue().pending(),
                since == 0 ? 0 : Math.max(0, clock.millis() - since),
                tally.sent(),
                tally.failed(),
                tally.refused(),
                tally.dropped(),
                tally.lastSuccessAt(),
                tally.lastFailureAt(),
                tally.lastReason());
    }

    /**
     * How the delivery to one endpoint stands.
     *
     * @throws Problem of type ResourceNotFound
     */
    public EndpointState getEndpoint(String endpointId) {
        return state(getWorker(endpointId));
    }

    /** The short name that the endpoint of an address has, or would have. */
    public String endpointId(String address) {
        return Addresses.id(address, salt);
    }

    /** How messages are delivered. */
    public DeliverySettings settings() {
        return settings;
    }

    private EndpointWorker getWorker(String endpointId) {
        return workers.values().stream()
                .filter(worker -> worker.id().equals(endpointId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no endpoint »" + endpointId + "«."));
    }

    /**
     * Has an endpoint tried at once, whenever the next attempt was to be made.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void tryNow(String endpointId) {
        getWorker(endpointId).tryNow();
    }

    /**
     * Has nothing sent to an endpoint until {@link #resume}; what is for it waits, for as long as the log keeps it. It is noted in the store
     * before this returns.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void hold(String endpointId) {
        getWorker(endpointId).hold();
        keeper.writeNow();
    }

    /**
     * Sends to an endpoint again.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void resume(String endpointId) {
        getWorker(endpointId).resume();
        keeper.writeNow();
    }

    /**
     * Sends what an endpoint got before once more, in order, and then what is new. It is noted in the store before this returns.
     *
     * @return whether there was anything to be sent again
     * @throws Problem of type ResourceNotFound
     */
    public boolean replayEndpoint(String endpointId, ReplayStart start) {
        return goBack(getWorker(endpointId), start, null);
    }

    /**
     * Sends what a subscription got before once more, in order. Others with the same endpoint get nothing twice, but wait for that.
     *
     * @return whether there was anything to be sent again
     */
    public boolean replaySubscription(Tenant tenant, String subscriptionId, ReplayStart start) {
        Replay.Subscription subscription = new Replay.Subscription(tenant, subscriptionId);
        String address = log.findEndpoint(after(start), subscription);
        return !address.isEmpty() && goBack(worker(address), start, subscription);
    }

    private boolean goBack(EndpointWorker worker, ReplayStart start, Replay.@Nullable Subscription subscription) {
        boolean back = worker.queue().goBack(after(start), subscription, clock.millis());
        if (back) {
            keeper.writeNow();
            worker.tryNow();
        }
        return back;
    }

    private long after(ReplayStart start) {
        return switch (start) {
            case ReplayStart.FromPosition from -> from.position() - 1;
            case ReplayStart.FromTime from -> log.positionBefore(from.millis());
        };
    }

    /**
     * The messages that were given up, the oldest first.
     *
     * @param endpointId empty for those of all endpoints
     * @param after the letter behind which to begin; 0 for the first
     */
    public List<DeadLetter> listDeadLetters(String endpointId, long after, int limit) {
        return letters.list(endpointId, after, limit);
    }

    /**
     * Sends a dead letter again, at once. It stays a dead letter until it has arrived.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void retryDeadLetter(long id) {
        if (retry(List.of(id)) == 0) {
            throw noLetter(id);
        }
    }

    /**
     * Sends the dead letters of an endpoint again, at once and in order. They stay dead letters until they have arrived.
     *
     * @param endpointId empty for those of all endpoints
     * @return how many
     */
    public int retryDeadLetters(String endpointId) {
        return retry(letters.ids(endpointId));
    }

    private int retry(List<Long> ids) {
        Map<String, List<Pending.Letter>> byEndpoint = new LinkedHashMap<>();
        for (long id : ids) {
            letters.find(id)
                    .ifPresent(letter -> byEndpoint
                            .computeIfAbsent(letter.dispatch().endpoint(), _ -> new ArrayList<>())
                            .add(letter));
        }
        byEndpoint.forEach((address, found) -> worker(address).sendAgain(found));
        return byEndpoint.values().stream().mapToInt(Collection::size).sum();
    }

    /**
     * Deletes a dead letter.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void deleteDeadLetter(long id) {
        if (letters.delete(List.of(id)) == 0) {
            throw noLetter(id);
        }
    }

    private static Problem noLetter(long id) {
        return Problem.notFound("There is no dead letter " + id + ".");
    }

    /**
     * Deletes the dead letters of an endpoint.
     *
     * @param endpointId empty for those of all endpoints
     * @return how many
     */
    public int deleteDeadLetters(String endpointId) {
        return letters.delete(letters.ids(endpointId));
    }

    /** How many dead letters there are. */
    public int countDeadLetters() {
        return letters.size();
    }

    /**
     * How many dead letters there are to an endpoint.
     *
     * @param endpointId empty for those of all endpoints
     */
    public int countDeadLetters(String endpointId) {
        return endpointId.isEmpty() ? letters.size() : letters.ids(endpointId).size();
    }

    /** How many dead letters were dropped because there were too many. */
    public long countDroppedDeadLetters() {
        return letters.dropped();
    }

    /** How many messages are held in memory, apart from those on their way. */
    public long countHeld() {
        return workers.values().stream()
                .mapToLong(worker -> worker.queue().held())
                .sum();
    }

    /** Does what is done once a minute: endpoints that are out of use are forgotten, and the log is shortened. */
    void tidy() {
        keeper.tidy();
    }

    /** Lets the attempts under way end, for a moment, and notes what was taken over. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(reader);
        workers.values().forEach(EndpointWorker::stop);
        long deadline = System.nanoTime() + PATIENCE_AT_CLOSE.toNanos();
        try {
            reader.join();
            for (EndpointWorker worker : workers.values()) {
                worker.await((deadline - System.nanoTime()) / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.close();
        tools.sender().close();
    }
}
