package city.emona.broker;

import city.emona.broker.Snapshot.Status;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import city.emona.time.IsoDuration;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The snapshots of all tenants (ETSI GS CIM 009 clause 5.16): each is a document of its tenant and a space of entities of its own, which is
 * filled in the background. Safe for use by many threads.
 */
public final class Snapshots {
    /** How long a snapshot exists where the client does not say. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(1);

    /** How long a snapshot exists at most. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);

    /** How many snapshots a tenant may have; with one more, the least important one has to go. */
    static final int MAX_SNAPSHOTS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final String KIND = "snapshot";

    /** How many snapshots are filled at the same time. */
    private static final int MAX_FILLING = 2;

    /** How old the stored time of the last use may be. */
    private static final long USE_MILLIS = 60_000;

    private final Broker broker;
    private final ContextStore store;
    private final Clock clock;
    private final SnapshotSpaces spaces;
    private final Semaphore places = new Semaphore(MAX_FILLING);
    private final Set<Tenant> filling = ConcurrentHashMap.newKeySet();
    private final Map<Tenant, Long> lastUses = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Hears of changes of a snapshot's status. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes note, and returns at once.
         *
         * @param snapshot the new status; one that is deleted has expired
         */
        void changed(Tenant tenant, Snapshot snapshot);
    }

    Snapshots(Broker broker, ContextStore store, Clock clock) {
        this.broker = broker;
        this.store = store;
        this.clock = clock;
        this.spaces = new SnapshotSpaces(store, clock);
    }

    /** Has changes of status told to a listener. */
    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    private void tell(Tenant tenant, Snapshot snapshot) {
        listeners.forEach(listener -> listener.changed(tenant, snapshot));
    }

    /**
     * Create Snapshot (clause 5.16.1). It returns when the snapshot is known; its entities follow in the background.
     *
     * @param id a URI; empty for one that is made
     * @param queries the queries as they came, of which {@code executable} is what they mean
     * @param temporalQueries queries of the past as they came; null for none
     * @param histories what they mean
     * @throws Problem of type AlreadyExists, NonexistentTenant, BadRequestData or TooManyResults
     */
    public Snapshot create(
            Tenant tenant,
            String id,
            SnapshotSettings settings,
            @Nullable ArrayNode queries,
            List<SnapshotQuery> executable,
            @Nullable ArrayNode temporalQueries,
            List<HistoryCopy> histories) {
        return begin(tenant, id, settings, queries, temporalQueries, space -> {
            ArrayNode details = queries == null ? null : Json.array();
            for (SnapshotQuery query : executable) {
                addTo(details, () -> spaces.add(space, query));
            }
            ArrayNode temporalDetails = temporalQueries == null ? null : Json.array();
            for (HistoryCopy history : histories) {
                addTo(temporalDetails, () -> history.copyTo(space));
            }
            return new Filled(statusOf(details, temporalDetails), details, temporalDetails);
        });
    }

    /**
     * Clone Snapshot (clause 5.16.2).
     *
     * @param original the id of the snapshot whose entities are copied
     * @param id a URI; empty for one that is made
     * @throws Problem of type ResourceNotFound, AlreadyExists, BadRequestData, TooManyResults, or Conflict while the original is prepared
     */
    public Snapshot copy(Tenant tenant, String original, String id, SnapshotSettings settings) {
        Snapshot source = get(tenant, original);
        if (source.status() == Status.PREPARING) {
            throw new Problem(
                    ProblemType.CONFLICT, "The snapshot " + original + " is still being prepared.", "Try again later.");
        }
        return begin(tenant, id, settings, source.queries(), source.temporalQueries(), space -> {
            SnapshotQuery all = new SnapshotQuery(EntityFilter.of(EntitySelector.ANY), Optional.empty());
            spaces.copy(tenant.withSnapshot(original), space, all);
            spaces.copyHistories(tenant.withSnapshot(original), space);
            return new Filled(Status.SUCCESS, source.details(), source.temporalDetails());
        });
    }

    private record Filled(
            Status status,
            @Nullable ArrayNode details,
            @Nullable ArrayNode temporalDetails) {}

    private synchronized Snapshot begin(
            Tenant tenant,
            String wanted,
            SnapshotSettings settings,
            @Nullable ArrayNode queries,
            @Nullable ArrayNode temporalQueries,
            Function<Tenant, Filled> work) {
        broker.requireTenant(tenant);
        String id = wanted.isEmpty() ? "urn:ngsi-ld:Snapshot:" + UUID.randomUUID() : wanted;
        if (find(tenant, id).isPresent()) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS, "The snapshot " + id + " exists already.", "Choose another id.");
        }
        long now = clock.millis();
        Snapshot snapshot = new Snapshot(
                id,
                queries,
                temporalQueries,
                settings,
                Status.PREPARING,
                null,
                null,
                now,
                now,
                expiry(settings, now),
                now);
        makeRoom(tenant, settings.priority());
        Tenant space = tenant.withSnapshot(id);
        spaces.clear(space);
        filling.add(space);
        try {
            write(tenant, id, snapshot);
        } catch (RuntimeException e) {
            filling.remove(space);
            throw e;
        }
        Thread.ofVirtual().name("snapshot").start(() -> fill(tenant, id, work));
        return snapshot;
    }

    private static long expiry(SnapshotSettings settings, long now) {
        if (settings.lifetime() == null) {
            return now + DEFAULT_LIFETIME.toMillis();
        }
        IsoDuration lifetime = IsoDuration.parse(settings.lifetime())
                .orElseThrow(() -> Problem.badRequestData(
                        "The snapshotLifetime »" + settings.lifetime() + "« is no duration.",
                        "Use ISO 8601, such as PT1H."));
        return Math.min(lifetime.after(now), now + MAX_LIFETIME.toMillis());
    }

    /** Clause 5.5.15: the one of the lowest priority goes, and of these the one that was not used for the longest time. */
    private void makeRoom(Tenant tenant, int priority) {
        List<Snapshot> present = list(tenant);
        if (present.size() < MAX_SNAPSHOTS) {
            return;
        }
        Snapshot least = present.stream()
                .min(Comparator.comparingInt((Snapshot s) -> s.settings().priority())
                        .thenComparingLong(Snapshot::lastUsedAt))
                .orElseThrow();
        if (least.settings().priority() > priority) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "There are " + present.size() + " snapshots already, all more important than this one.",
                    "Delete one, or choose a higher snapshotPriority.");
        }
        remove(tenant, least);
    }

    private void fill(Tenant tenant, String id, Function<Tenant, Filled> work) {
        Tenant space = tenant.withSnapshot(id);
        places.acquireUninterruptibly();
        try {
            Filled filled = work.apply(space);
            change(tenant, id, s -> s.withStatus(filled.status, filled.details, filled.temporalDetails, clock.millis()))
                    .ifPresentOrElse(done -> tell(tenant, done), () -> spaces.clear(space));
        } catch (Problem problem) {
            LOG.warn("The snapshot {} could not be filled: {}", id, problem.getMessage());
        } finally {
            filling.remove(space);
            places.release();
        }
    }

    private static void addTo(@Nullable ArrayNode details, Task task) {
        if (details == null) {
            return;
        }
        try {
            details.addObject().put("resultStatus", task.run() > 0 ? "success" : "empty");
        } catch (Problem problem) {
            details.remove(details.size() - 1);
            details.addObject()
                    .put("resultStatus", "failure")
                    .putObject("problemDetails")
                    .put("type", problem.type().uri())
                    .put("title", problem.type().title())
                    .put("detail", problem.explanation())
                    .put("status", problem.type().status());
        }
    }

    /** Copies the histories that a query of the past finds. */
    @FunctionalInterface
    public interface HistoryCopy {
        /**
         * Copies them.
         *
         * @param space where to
         * @return of how many entities
         * @throws Problem when there are too many, or the store cannot be written
         */
        long copyTo(Tenant space);
    }

    /** Gives the number of entities found. */
    @FunctionalInterface
    private interface Task {
        long run();
    }

    private static Status statusOf(@Nullable ArrayNode details, @Nullable ArrayNode temporalDetails) {
        List<String> results = Stream.of(Optional.ofNullable(details), Optional.ofNullable(temporalDetails))
                .flatMap(Optional::stream)
                .flatMap(JsonNode::valueStream)
                .map(detail -> detail.required("resultStatus").stringValue())
                .toList();
        if (results.stream().allMatch("success"::equals)) {
            return Status.SUCCESS;
        }
        if (results.contains("success")) {
            return Status.PARTIAL;
        }
        return results.contains("empty") ? Status.EMPTY : Status.FAILURE;
    }

    /** The snapshots of a tenant that have not expired. */
    public List<Snapshot> list(Tenant tenant) {
        return store.listDocuments(tenant, KIND).stream()
                .flatMap(id -> find(tenant, id).stream())
                .toList();
    }

    private Optional<Snapshot> find(Tenant tenant, String id) {
        return stored(tenant, id).filter(snapshot -> snapshot.expiresAt() > clock.millis());
    }

    private Optional<Snapshot> stored(Tenant tenant, String id) {
        return store.findDocument(tenant, KIND, id).map(Snapshot::read).map(snapshot -> {
            Long use = lastUses.get(tenant.withSnapshot(id));
            return use == null ? snapshot : snapshot.withLastUsedAt(Math.max(use, snapshot.lastUsedAt()));
        });
    }

    /**
     * Retrieve Snapshot Status (clause 5.16.3).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public Snapshot get(Tenant tenant, String id) {
        broker.requireTenant(tenant);
        return find(tenant, id).orElseThrow(() -> notFound(id));
    }

    /** Refuses a snapshot that is not known. */
    static void require(ContextStore store, Tenant tenant) {
        if (tenant.isSnapshot()
                && store.findDocument(tenant.withoutSnapshot(), KIND, tenant.snapshot())
                        .isEmpty()) {
            throw notFound(tenant.snapshot());
        }
    }

    private static Problem notFound(String id) {
        return Problem.notFound("There is no snapshot " + id + ".");
    }

    /**
     * Makes sure that there is a snapshot that an operation is to act on, and takes note of its use.
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void use(Tenant space) {
        get(space.withoutSnapshot(), space.snapshot());
        lastUses.put(space, clock.millis());
    }

    /**
     * Update Snapshot Status (clause 5.16.4).
     *
     * @param settings leads from the present settings to the next
     * @param renewed whether its lifetime begins anew
     * @throws Problem of type ResourceNotFound, and what {@code settings} throws
     */
    public Snapshot update(Tenant tenant, String id, UnaryOperator<SnapshotSettings> settings, boolean renewed) {
        get(tenant, id);
        long now = clock.millis();
        Snapshot changed = change(tenant, id, snapshot -> {
                    SnapshotSettings next = settings.apply(snapshot.settings());
                    return snapshot.withSettings(next, renewed ? expiry(next, now) : snapshot.expiresAt(), now);
                })
                .orElseThrow(() -> notFound(id));
        tell(tenant, changed);
        return changed;
    }

    private synchronized Optional<Snapshot> change(Tenant tenant, String id, UnaryOperator<Snapshot> change) {
        Optional<Snapshot> changed = stored(tenant, id).map(change);
        changed.ifPresent(snapshot -> write(tenant, id, snapshot));
        return changed;
    }

    private void write(Tenant tenant, String id, @Nullable Snapshot snapshot) {
        byte[] content = snapshot == null ? null : snapshot.bytes();
        store.commit(new ChangeSet(tenant, List.of(), List.of(new DocumentWrite(KIND, id, content))));
    }

    /**
     * Delete Snapshot (clause 5.16.5): it is gone at once, its entities when this returns.
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public synchronized void delete(Tenant tenant, String id) {
        remove(tenant, get(tenant, id));
    }

    /**
     * Purge Snapshots (clause 5.16.7).
     *
     * @return how many were deleted
     * @throws Problem of type NonexistentTenant
     */
    public synchronized int deleteAll(Tenant tenant, Predicate<Snapshot> which) {
        broker.requireTenant(tenant);
        List<Snapshot> doomed = list(tenant).stream().filter(which).toList();
        doomed.forEach(snapshot -> remove(tenant, snapshot));
        return doomed.size();
    }

    private void remove(Tenant tenant, Snapshot snapshot) {
        Tenant space = tenant.withSnapshot(snapshot.id());
        write(tenant, snapshot.id(), null);
        lastUses.remove(space);
        tell(tenant, snapshot.withExpiresAt(Math.min(snapshot.expiresAt(), clock.millis() - 1)));
        spaces.clear(space);
    }

    /**
     * Deletes what has expired, and what a stop of the server left half done: a snapshot that was being filled has failed.
     *
     * @throws Problem when the store cannot be written
     */
    public synchronized void tidy() {
        for (Tenant tenant : store.listTenants()) {
            for (String id : store.listDocuments(tenant, KIND)) {
                stored(tenant, id).ifPresent(snapshot -> tidy(tenant, snapshot));
            }
        }
        for (Tenant space : store.listSnapshots()) {
            if (store.findDocument(space.withoutSnapshot(), KIND, space.snapshot())
                    .isEmpty()) {
                spaces.clear(space);
            }
        }
    }

    private void tidy(Tenant tenant, Snapshot snapshot) {
        Tenant space = tenant.withSnapshot(snapshot.id());
        long now = clock.millis();
        if (snapshot.expiresAt() <= now) {
            remove(tenant, snapshot);
        } else if (snapshot.status() == Status.PREPARING && !filling.contains(space)) {
            spaces.clear(space);
            Snapshot failed = snapshot.withStatus(
                    Status.FAILURE, interrupted(snapshot.queries()), interrupted(snapshot.temporalQueries()), now);
            write(tenant, snapshot.id(), failed);
            tell(tenant, failed);
        } else if (lastUses.getOrDefault(space, 0L) > storedUse(tenant, snapshot.id()) + USE_MILLIS) {
            write(tenant, snapshot.id(), snapshot);
        }
    }

    private static @Nullable ArrayNode interrupted(@Nullable ArrayNode queries) {
        if (queries == null) {
            return null;
        }
        ArrayNode details = Json.array();
        queries.forEach(_ -> addTo(details, () -> {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The server stopped while it filled the snapshot.",
                    "Delete the snapshot and create it anew.");
        }));
        return details;
    }

    private long storedUse(Tenant tenant, String id) {
        return store.findDocument(tenant, KIND, id)
                .map(content -> Snapshot.read(content).lastUsedAt())
                .orElse(0L);
    }
}
