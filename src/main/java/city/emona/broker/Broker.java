package city.emona.broker;

import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.QueryCost;
import city.emona.query.TypeSelection;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityPage;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryRange;
import city.emona.store.Inventory;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The operations on entities (ETSI GS CIM 009 clauses 5.6 and 5.7). Every operation that writes returns when its change is durable, and is
 * tried again when another change of the same entity was committed first. Safe for use by many threads.
 */
public final class Broker {
    /** How often a change is tried again before the caller is told of the conflict. */
    private static final int MAX_TRIES = 1_000;

    private final ContextStore store;
    private final Clock clock;
    private final EntityMaps entityMaps;
    private final Snapshots snapshots;
    private final QueryGate gate;

    /** A broker with the usual limits of queries. */
    public Broker(ContextStore store, Clock clock) {
        this(store, clock, QueryGate.standard());
    }

    /** @param gate where heavy queries wait for their turn */
    public Broker(ContextStore store, Clock clock, QueryGate gate) {
        this.store = store;
        this.clock = clock;
        this.entityMaps = new EntityMaps(store, clock);
        this.snapshots = new Snapshots(this, store, clock);
        this.gate = gate;
    }

    /** The sets of entities that are kept for requests to come. */
    public EntityMaps entityMaps() {
        return entityMaps;
    }

    /** The frozen results of queries. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** The time that a change of now is stamped with, in epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    /**
     * The current state of an entity as it is stored.
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public StoredEntity getStored(Tenant tenant, String id) {
        if (tenant.isSnapshot()) {
            requireTenant(tenant);
        }
        Optional<StoredEntity> found = store.findEntity(tenant, id);
        if (found.isEmpty()) {
            requireTenant(tenant);
            throw notFound(id);
        }
        return found.get();
    }

    /**
     * The current state of an entity.
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public Entity get(Tenant tenant, String id) {
        return getStored(tenant, id).entity();
    }

    /** The current state of an entity as it is stored, if there is one. */
    public Optional<StoredEntity> findStored(Tenant tenant, String id) {
        return store.findEntity(tenant, id);
    }

    /** The current state of an entity, if there is one. */
    public Optional<Entity> find(Tenant tenant, String id) {
        return findStored(tenant, id).map(StoredEntity::entity);
    }

    /** What is known of the history of an entity, whether it exists or not. */
    public Optional<HistoryHeader> findHistory(Tenant tenant, String id) {
        return store.findHistory(tenant, id);
    }

    /** Series of an entity, in no order of series, whether it exists or not; those of which nothing is in the range are left out. */
    public List<Series> readHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range) {
        return store.readHistory(tenant, id, series, range);
    }

    /** Goes through series of an entity as cheaply as the store can, in the order of no time. The range is not one of lastN. */
    public void scanHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range, SeriesScan scan) {
        store.scanHistory(tenant, id, series, range, scan);
    }

    /**
     * The entities that match a query, in its order. A heavy query waits for its turn.
     *
     * @throws Problem of type NonexistentTenant, TooComplexQuery when it costs too much, Unavailable when too many heavy queries wait
     */
    public EntityPage query(Tenant tenant, EntityQuery query) {
        requireTenant(tenant);
        if (QueryCost.isLight(query)) {
            return store.queryEntities(tenant, query);
        }
        long steps = QueryCost.steps(query, store.countCandidates(tenant, query));
        return gate.run(steps, () -> store.queryEntities(tenant, query));
    }

    /**
     * Which types and attributes the entities have (clauses 5.7.5 to 5.7.10).
     *
     * @throws Problem of type NonexistentTenant
     */
    public Inventory inventory(Tenant tenant) {
        requireTenant(tenant);
        return store.inventory(tenant);
    }

    /**
     * Create Entity (clause 5.6.1).
     *
     * @throws Problem of type AlreadyExists
     */
    public void create(Tenant tenant, Entity entity) {
        if (tenant.isSnapshot()) {
            requireTenant(tenant);
        }
        if (store.findEntity(tenant, entity.id()).isPresent()) {
            throw exists(entity.id());
        }
        try {
            store.commit(changeSet(tenant, List.of(EntityWrite.create(entity))));
        } catch (VersionConflictException e) {
            throw exists(entity.id());
        }
    }

    /**
     * Changes one entity.
     *
     * @param types the types of which the entity must be
     * @param change leads from the present state to the next; called again when another change came first. Where the next is
     *     equal to the present, nothing is written
     * @throws Problem of type ResourceNotFound when there is no such entity (of those types), and what {@code change} throws
     */
    public void edit(Tenant tenant, String id, TypeSelection types, UnaryOperator<Entity> change) {
        retrying(() -> {
            StoredEntity before = getOfType(tenant, id, types);
            Entity present = before.entity();
            Entity after = change.apply(present);
            if (!after.equals(present)) {
                store.commit(changeSet(tenant, List.of(EntityWrite.replace(before, present, after))));
            }
            return after;
        });
    }

    /**
     * Delete Entity (clause 5.6.6).
     *
     * @param types the types of which the entity must be
     * @throws Problem of type ResourceNotFound when there is no such entity (of those types)
     */
    public void delete(Tenant tenant, String id, TypeSelection types) {
        retrying(() -> {
            StoredEntity before = getOfType(tenant, id, types);
            store.commit(changeSet(tenant, List.of(EntityWrite.delete(before))));
            return before;
        });
    }

    private StoredEntity getOfType(Tenant tenant, String id, TypeSelection types) {
        StoredEntity found = getStored(tenant, id);
        if (!types.matches(found.packed().types())) {
            throw notFound(id);
        }
        return found;
    }

    /**
     * Carries out the elements of a batch in order (clauses 5.6.7 to 5.6.10 and 5.6.20). What succeeds is committed as one change-set.
     */
    public BatchResult batch(Tenant tenant, List<BatchItem> items) {
        if (tenant.isSnapshot()) {
            requireTenant(tenant);
        }
        return retrying(() -> {
            Batch batch = new Batch(tenant);
            items.forEach(batch::add);
            batch.commit();
            return batch.result();
        });
    }

    /**
     * Purge Entities (clause 5.6.21), in several commits where there are many.
     *
     * @throws Problem of type NonexistentTenant or TooComplexQuery
     */
    public BatchResult purge(Tenant tenant, EntityFilter filter, PurgeExtent extent) {
        requireTenant(tenant);
        return new Purge(this, store).purge(tenant, filter, extent);
    }

    /**
     * Takes a source's delivery: attributes are added, or replaced where they say something new; an entity to which a delivery adds nothing
     * is not written.
     */
    public UpsertCounts upsertAll(Tenant tenant, List<Entity> entities) {
        return retrying(() -> {
            Batch batch = new Batch(tenant);
            int unchanged = 0;
            for (Entity entity : entities) {
                Optional<Entity> present = batch.present(entity.id());
                if (present.isPresent() && addsNothing(present.get(), entity)) {
                    unchanged++;
                } else {
                    batch.add(new BatchItem(
                            entity.id(),
                            before -> BatchItem.Outcome.of(
                                    before.map(b -> delivered(b, entity)).orElse(entity))));
                }
            }
            batch.commit();
            BatchResult result = batch.result();
            return new UpsertCounts(result.created().size(), result.updated().size(), unchanged);
        });
    }

    private static boolean addsNothing(Entity present, Entity delivery) {
        return present.types().containsAll(delivery.types())
                && (delivery.scopes().isEmpty() || present.scopes().equals(delivery.scopes()))
                && (delivery.expiresAt() == 0 || present.expiresAt() == delivery.expiresAt())
                && delivery.attributes().stream()
                        .allMatch(a -> present.findAttribute(a.name())
                                .filter(a::sameContent)
                                .isPresent());
    }

    private static Entity delivered(Entity present, Entity delivery) {
        Entity next = present.withTypes(EntityEdits.union(present.types(), delivery.types()));
        if (!delivery.scopes().isEmpty()) {
            next = next.withScopes(delivery.scopes());
        }
        for (var attribute : delivery.attributes()) {
            var before = present.findAttribute(attribute.name());
            if (before.isEmpty()) {
                next = next.withAttribute(attribute);
            } else if (!attribute.sameContent(before.get())) {
                next = next.withAttribute(attribute.withCreatedAtOf(before.get()));
            }
        }
        return EntityEdits.touched(next, present, delivery);
    }

    /** All tenants, the default one first. */
    public List<Tenant> listTenants() {
        return store.listTenants();
    }

    /** How many entities a tenant has. */
    public long countEntities(Tenant tenant) {
        return store.countEntities(tenant);
    }

    /**
     * Makes sure that a tenant exists, or the snapshot of it that an operation is to act on.
     *
     * @throws Problem of type NonexistentTenant or ResourceNotFound
     */
    public void requireTenant(Tenant tenant) {
        if (tenant.isSnapshot()) {
            snapshots.use(tenant);
        } else {
            requireTenant(store, tenant);
        }
    }

    static void requireTenant(ContextStore store, Tenant tenant) {
        Snapshots.require(store, tenant);
        if (!tenant.isDefault() && !store.hasTenant(tenant.withoutSnapshot())) {
            throw new Problem(
                    ProblemType.NONEXISTENT_TENANT,
                    "The tenant " + tenant.name() + " does not exist.",
                    "Create an entity in it first, or leave the header NGSILD-Tenant out.");
        }
    }

    private ChangeSet changeSet(Tenant tenant, List<EntityWrite> writes) {
        return new ChangeSet(tenant, writes, firstWrites(tenant));
    }

    /** What has to be written with the first change of a tenant, so that it exists from then on; nothing where it does. */
    public List<DocumentWrite> firstWrites(Tenant tenant) {
        return tenant.isDefault() || tenant.isSnapshot() || store.hasTenant(tenant)
                ? List.of()
                : List.of(new DocumentWrite("tenant", "known", new byte[0]));
    }

    /**
     * Runs a heavy query when its turn comes, apart from all others.
     *
     * @throws Problem of type TooComplexQuery when it takes too long, Unavailable when too many heavy queries wait
     */
    public <T> T runApart(Supplier<T> query) {
        return gate.runApart(query);
    }

    static <T> T retrying(Supplier<T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.get();
            } catch (VersionConflictException e) {
                if (tries == MAX_TRIES) {
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "The entity " + e.entityId() + " is being changed by others all the time.",
                            "Try again.");
                }
            }
        }
    }

    private static Problem exists(String id) {
        return new Problem(
                ProblemType.ALREADY_EXISTS,
                "The entity " + id + " exists already.",
                "Choose another id, or update the entity.");
    }

    private static Problem notFound(String id) {
        return Problem.notFound("There is no entity " + id + ".");
    }

    /** The elements of a batch and the states that they lead to, before any is committed. */
    private final class Batch {
        private final Tenant tenant;
        private final Map<String, State> states = new LinkedHashMap<>();
        private final List<String> created = new ArrayList<>();
        private final List<String> updated = new ArrayList<>();
        private final List<BatchResult.Failure> errors = new ArrayList<>();

        private record State(
                @Nullable StoredEntity stored, @Nullable Entity next, boolean changed) {}

        Batch(Tenant tenant) {
            this.tenant = tenant;
        }

        private State state(String id) {
            return states.computeIfAbsent(id, key -> {
                StoredEntity stored = store.findEntity(tenant, key).orElse(null);
                return new State(stored, stored == null ? null : stored.entity(), false);
            });
        }

        Optional<Entity> present(String id) {
            return Optional.ofNullable(state(id).next);
        }

        void add(BatchItem item) {
            State before = state(item.id());
            try {
                BatchItem.Outcome outcome = item.edit().apply(Optional.ofNullable(before.next));
                boolean changed = before.changed || !Objects.equals(outcome.next(), before.next);
                states.put(item.id(), new State(before.stored, outcome.next(), changed));
                if (outcome.left() == null) {
                    (before.next == null ? created : updated).add(item.id());
                } else {
                    errors.add(new BatchResult.Failure(item.id(), outcome.left()));
                }
            } catch (Problem problem) {
                errors.add(new BatchResult.Failure(item.id(), problem));
            }
        }

        void commit() {
            List<EntityWrite> writes = new ArrayList<>();
            states.values().forEach(state -> {
                if (state.changed && (state.stored != null || state.next != null)) {
                    writes.add(write(state.stored, state.next));
                }
            });
            if (!writes.isEmpty()) {
                store.commit(changeSet(tenant, writes));
            }
        }

        private static EntityWrite write(@Nullable StoredEntity stored, @Nullable Entity next) {
            if (stored == null) {
                return EntityWrite.create(Objects.requireNonNull(next));
            }
            return next == null ? EntityWrite.delete(stored) : EntityWrite.replace(stored, next);
        }

        BatchResult result() {
            return new BatchResult(created, updated, errors);
        }
    }
}
