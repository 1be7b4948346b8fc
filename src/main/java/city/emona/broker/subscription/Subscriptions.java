package city.emona.broker.subscription;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.StoredContext;
import city.emona.context.AttributeInstance;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.Condition;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The subscriptions of all tenants (ETSI GS CIM 009 clause 5.8): in memory and, durably, in the registry. Safe for use by many threads.
 *
 * <p>What became of notifications is kept durably too, though not at once: {@link #keepRecords} writes it.
 */
public final class Subscriptions {
    /** How many subscriptions a tenant may have. */
    public static final int MAX_SUBSCRIPTIONS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String KIND = "subscription";
    private static final String RECORDS = "subscriptionRecord";

    private final Broker broker;
    private final ContextStore store;
    private final ContextLibrary library;
    private final Clock clock;
    private final Map<Tenant, ConcurrentSkipListMap<String, LiveSubscription>> byTenant = new ConcurrentHashMap<>();
    private final Map<Tenant, SubscriptionIndex> indexes = new ConcurrentHashMap<>();
    private final Map<Key, LiveSubscription> periodic = new ConcurrentHashMap<>();

    private record Key(Tenant tenant, String id) {}

    /**
     * One page of subscriptions in the order of their ids.
     *
     * @param total how many there are in all
     * @param more whether others follow
     */
    public record Page(List<ObjectNode> subscriptions, long total, boolean more) {}

    /**
     * How many there are, of all tenants.
     *
     * @param failing how many of them could not be told the last time
     */
    public record Census(long active, long paused, long expired, long failing) {}

    /** Opens what a store holds. */
    public Subscriptions(Broker broker, ContextStore store, ContextLibrary library, Clock clock) {
        this.broker = broker;
        this.store = store;
        this.library = library;
        this.clock = clock;
        Stream.concat(store.listTenants().stream(), store.listSnapshots().stream())
                .forEach(this::load);
        broker.snapshots().onChange((tenant, snapshot) -> {
            if (snapshot.expiresAt() <= clock.millis()) {
                forget(tenant.withSnapshot(snapshot.id()));
            }
        });
    }

    private void load(Tenant tenant) {
        for (String id : store.listDocuments(tenant, KIND)) {
            try {
                Subscription subscription = LiveSubscription.read(
                        id, store.findDocument(tenant, KIND, id).orElseThrow());
                DeliveryRecord record = store.findDocument(tenant, RECORDS, id)
                        .map(DeliveryRecord::read)
                        .orElseGet(DeliveryRecord::new);
                put(null, new LiveSubscription(tenant, subscription, record));
            } catch (Problem problem) {
                LOG.error("The subscription {} cannot be read and is not at work: {}", id, problem.getMessage());
            }
        }
    }

    private synchronized void put(@Nullable LiveSubscription before, LiveSubscription after) {
        SubscriptionIndex index = indexes.computeIfAbsent(after.tenant(), _ -> new SubscriptionIndex());
        if (before != null) {
            index.remove(before);
        }
        index.add(after);
        Key key = new Key(after.tenant(), after.id());
        if (after.subscription().isPeriodic()) {
            periodic.put(key, after);
        } else {
            periodic.remove(key);
        }
        byTenant.computeIfAbsent(after.tenant(), _ -> new ConcurrentSkipListMap<>())
                .put(after.id(), after);
    }

    /** The index of a tenant's subscriptions; null where it never had any. */
    @Nullable
    SubscriptionIndex index(Tenant tenant) {
        return indexes.get(tenant);
    }

    /** Forgets those of a snapshot that is gone, with whose entities they left the store. */
    private synchronized void forget(Tenant space) {
        indexes.remove(space);
        byTenant.remove(space);
        periodic.keySet().removeIf(key -> key.tenant.equals(space));
    }

    /**
     * Create Subscription (clause 5.8.1). Where there is no such tenant yet, it comes into being.
     *
     * @param body the members as the client names them
     * @param terms the context of their names, which is the one of notifications too unless the body names another
     * @param absolute makes an address of a path of this server
     * @return the id
     * @throws Problem of type BadRequestData, AlreadyExists, LdContextNotAvailable or TooManyResults
     */
    public String create(Tenant tenant, ObjectNode body, TermTable terms, UnaryOperator<String> absolute) {
        if (tenant.isSnapshot()) {
            broker.requireTenant(tenant);
        }
        ObjectNode members = withoutNulls(body);
        ObjectNode document = SubscriptionReader.document(members, terms);
        Condition condition = SubscriptionReader.condition(document, terms);
        Subscription read = SubscriptionReader.read(
                "urn:ngsi-ld:Subscription:" + UUID.randomUUID(), document, condition, terms.linkTarget());
        requireFuture(read);
        String context = document.has("jsonldContext") ? compiled(read.context()) : address(tenant, terms, absolute);
        document.put("id", read.id());
        add(new LiveSubscription(tenant, read.withContext(context), new DeliveryRecord()));
        return read.id();
    }

    /** JSON-LD takes a member that is null for one that is missing. */
    private static ObjectNode withoutNulls(ObjectNode body) {
        ObjectNode members = body.deepCopy();
        members.removeIf(JsonNode::isNull);
        return members;
    }

    private synchronized void add(LiveSubscription added) {
        Map<String, LiveSubscription> present = byTenant.getOrDefault(added.tenant(), new ConcurrentSkipListMap<>());
        if (present.containsKey(added.id())) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS,
                    "The subscription " + added.id() + " exists already.",
                    "Choose another id, or update the subscription.");
        }
        if (present.size() >= MAX_SUBSCRIPTIONS) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "There are " + present.size() + " subscriptions already.",
                    "Delete some.");
        }
        List<DocumentWrite> writes = new ArrayList<>();
        writes.add(new DocumentWrite(KIND, added.id(), added.bytes()));
        if (!added.tenant().isDefault() && !added.tenant().isSnapshot()) {
            writes.add(new DocumentWrite("tenant", "known", new byte[0]));
        }
        store.commit(new ChangeSet(added.tenant(), List.of(), writes));
        put(null, added);
    }

    private void requireFuture(Subscription subscription) {
        if (subscription.status(clock.millis()) == Subscription.Status.EXPIRED) {
            throw Problem.badRequestData("expiresAt is in the past.", "Choose a time to come, or leave it out.");
        }
    }

    /** Makes sure that a context can be had (clause 5.8.1.4), and gives its address. */
    private String compiled(String context) {
        library.contexts().compileLink(context);
        return context;
    }

    /** The address of the client's own context: one that has none is kept here (clause 5.13.1). */
    private String address(Tenant tenant, TermTable terms, UnaryOperator<String> absolute) {
        if (terms.hasAddress()) {
            return terms.linkTarget();
        }
        StoredContext implicit = library.implicit(tenant, terms.contextMember());
        return absolute.apply(ContextLibrary.PATH + implicit.id());
    }

    /**
     * Update Subscription (clause 5.8.2): members of the fragment take the place of others as a whole, null takes them away.
     *
     * @throws Problem of type ResourceNotFound, NonexistentTenant, BadRequestData or LdContextNotAvailable
     */
    public void update(Tenant tenant, String id, ObjectNode fragment, TermTable terms) {
        get(tenant, id);
        if (fragment.has("jsonldContext") && fragment.get("jsonldContext").isString()) {
            compiled(fragment.get("jsonldContext").stringValue());
        }
        ObjectNode changes = SubscriptionReader.document(fragment, terms);
        change(tenant, id, changes, terms);
    }

    private synchronized void change(Tenant tenant, String id, ObjectNode changes, TermTable terms) {
        LiveSubscription before = get(tenant, id);
        Subscription present = before.subscription();
        ObjectNode merged = merged(present, changes);
        Condition condition = changes.has("q") || changes.has("expandValues")
                ? SubscriptionReader.condition(merged, terms)
                : present.filter().condition();
        Subscription next = SubscriptionReader.read(id, merged, condition, present.context());
        if (!next.id().equals(id)) {
            throw Problem.badRequestData("The id of a subscription cannot be changed.", "Leave it out.");
        }
        if (changes.has("expiresAt")) {
            requireFuture(next);
        }
        LiveSubscription after = before.with(next);
        store.commit(new ChangeSet(tenant, List.of(), List.of(new DocumentWrite(KIND, id, after.bytes()))));
        put(before, after);
    }

    private ObjectNode merged(Subscription present, ObjectNode changes) {
        ObjectNode merged = present.document().deepCopy();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (isNull(change.getValue())) {
                merged.remove(change.getKey());
            } else {
                merged.set(change.getKey(), change.getValue());
            }
        }
        boolean wasExpired = present.status(clock.millis()) == Subscription.Status.EXPIRED;
        if (wasExpired && changes.has("expiresAt") && !changes.has("isActive")) {
            // clause 5.8.2.4: what had expired is active again
            merged.remove("isActive");
        }
        return merged;
    }

    private static boolean isNull(JsonNode value) {
        return value.isNull() || (value.isString() && value.stringValue().equals(AttributeInstance.NULL));
    }

    /**
     * Retrieve Subscription (clause 5.8.3).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public ObjectNode retrieve(Tenant tenant, String id, TermTable terms) {
        return get(tenant, id).toJson(terms, clock.millis());
    }

    /**
     * Query Subscriptions (clause 5.8.4).
     *
     * @throws Problem of type NonexistentTenant
     */
    public Page list(Tenant tenant, TermTable terms, int limit, int offset) {
        broker.requireTenant(tenant);
        return page(byTenant.getOrDefault(tenant, new ConcurrentSkipListMap<>()).values(), terms, limit, offset);
    }

    /**
     * Those that could not be told the last time.
     *
     * @throws Problem of type NonexistentTenant
     */
    public Page listFailing(Tenant tenant, TermTable terms, int limit, int offset) {
        broker.requireTenant(tenant);
        Map<String, LiveSubscription> all = byTenant.getOrDefault(tenant, new ConcurrentSkipListMap<>());
        List<LiveSubscription> failing =
                all.values().stream().filter(live -> live.record().isFailing()).toList();
        return page(failing, terms, limit, offset);
    }

    /** The tenants that have subscriptions, and snapshots that do, by name. */
    public List<Tenant> listTenants() {
        return byTenant.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Tenant::key))
                .toList();
    }

    /** How many there are, and how they do. */
    public Census census() {
        long now = clock.millis();
        EnumMap<Subscription.Status, Long> counts = new EnumMap<>(Subscription.Status.class);
        long failing = 0;
        for (Map<String, LiveSubscription> all : byTenant.values()) {
            for (LiveSubscription live : all.values()) {
                counts.merge(live.subscription().status(now), 1L, Long::sum);
                failing += live.record().isFailing() ? 1 : 0;
            }
        }
        return new Census(
                counts.getOrDefault(Subscription.Status.ACTIVE, 0L),
                counts.getOrDefault(Subscription.Status.PAUSED, 0L),
                counts.getOrDefault(Subscription.Status.EXPIRED, 0L),
                failing);
    }

    private Page page(Collection<LiveSubscription> all, TermTable terms, int limit, int offset) {
        long now = clock.millis();
        List<ObjectNode> some = all.stream()
                .skip(offset)
                .limit(limit)
                .map(live -> live.toJson(terms, now))
                .toList();
        return new Page(some, all.size(), all.size() > (long) offset + limit);
    }

    /**
     * Delete Subscription (clause 5.8.5).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public synchronized void delete(Tenant tenant, String id) {
        LiveSubscription gone = get(tenant, id);
        store.commit(new ChangeSet(
                tenant, List.of(), List.of(new DocumentWrite(KIND, id, null), new DocumentWrite(RECORDS, id, null))));
        SubscriptionIndex index = indexes.get(tenant);
        if (index != null) {
            index.remove(gone);
        }
        periodic.remove(new Key(tenant, id));
        byTenant.getOrDefault(tenant, new ConcurrentSkipListMap<>()).remove(id);
    }

    private LiveSubscription get(Tenant tenant, String id) {
        broker.requireTenant(tenant);
        return find(tenant, id).orElseThrow(() -> Problem.notFound("There is no subscription " + id + "."));
    }

    Optional<LiveSubscription> find(Tenant tenant, String id) {
        ConcurrentSkipListMap<String, LiveSubscription> all = byTenant.get(tenant);
        return all == null ? Optional.empty() : Optional.ofNullable(all.get(id));
    }

    /** All that are told time and again of all that matches. */
    List<LiveSubscription> listPeriodic() {
        return List.copyOf(periodic.values());
    }

    /** Writes what became of notifications since it was last written. */
    void keepRecords() {
        byTenant.forEach((tenant, all) -> {
            List<LiveSubscription> changed = new ArrayList<>();
            List<DocumentWrite> writes = new ArrayList<>();
            for (LiveSubscription live : all.values()) {
                byte[] record = live.record().takeChanged();
                if (record != null) {
                    changed.add(live);
                    writes.add(new DocumentWrite(RECORDS, live.id(), record));
                }
            }
            if (!writes.isEmpty()) {
                keep(tenant, changed, writes);
            }
        });
    }

    private synchronized void keep(Tenant tenant, List<LiveSubscription> changed, List<DocumentWrite> writes) {
        List<DocumentWrite> present = writes.stream()
                .filter(write -> find(tenant, write.key()).isPresent())
                .toList();
        try {
            store.commit(new ChangeSet(tenant, List.of(), present));
        } catch (Problem problem) {
            changed.forEach(live -> live.record().keepAgain());
            LOG.warn("What became of notifications could not be kept yet: {}", problem.getMessage());
        }
    }
}
