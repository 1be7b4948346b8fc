package city.emona.broker;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityQuery;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityPage;
import city.emona.store.Tenant;
import city.emona.time.IsoDuration;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entity maps in the registry, each for its tenant and until it expires (ETSI GS CIM 009 clauses 5.5.14 and 5.14). Safe for use by
 * many threads.
 *
 * <p>A map is a document of lines: when it expires, in epoch milliseconds, then the ids of its entities.
 */
public final class EntityMaps {
    /** How many entities one map may list. */
    public static final int MAX_ENTITIES = 100_000;

    /** How long a map lives where the client does not say. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

    /** How long a map lives at most. */
    public static final Duration MAX_LIFETIME = Duration.ofHours(24);

    private static final String KIND = "entityMap";
    private static final int MAX_MAPS = 1_000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final ContextStore store;
    private final Clock clock;
    private final EntityMapPages pages;

    EntityMaps(ContextStore store, Clock clock) {
        this.store = store;
        this.pages = new EntityMapPages(store);
        this.clock = clock;
    }

    /**
     * Create EntityMap for Query Entities (clause 5.14.4): makes a map of all entities that a query means, whatever its page.
     *
     * @throws Problem of type NonexistentTenant, TooManyResults or TooComplexQuery
     */
    public EntityMap create(Tenant tenant, EntityQuery query, Optional<IsoDuration> lifetime) {
        Broker.requireTenant(store, tenant);
        return create(tenant, pages.listIds(tenant, query, MAX_ENTITIES + 1), lifetime);
    }

    /**
     * A page of the entities of a map that still match a query; those that do not are taken out of the map (clause 5.5.9.3).
     *
     * @throws Problem of type TooComplexQuery
     */
    public EntityPage page(Tenant tenant, EntityMap map, EntityQuery query) {
        EntityMapPages.Result result = pages.read(tenant, map, query);
        if (!result.misfits().isEmpty()) {
            prune(tenant, map.id(), result.misfits());
        }
        return result.page();
    }

    /**
     * Makes a map, and takes those away that have expired.
     *
     * @param entityIds the ids of the entities, in order
     * @param lifetime how long the client wants it to live; at most {@link #MAX_LIFETIME} is granted
     * @throws Problem of type TooManyResults when the map, or all maps of the tenant, would be too large
     */
    public synchronized EntityMap create(Tenant tenant, List<String> entityIds, Optional<IsoDuration> lifetime) {
        if (entityIds.size() > MAX_ENTITIES) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The entity map would list more than " + MAX_ENTITIES + " entities.",
                    "Ask for fewer entities.");
        }
        long now = clock.millis();
        EntityMap map = new EntityMap(
                "urn:ngsi-ld:EntityMap:" + UUID.randomUUID(),
                lifetime.map(l -> bounded(l.after(now), now)).orElse(now + DEFAULT_LIFETIME.toMillis()),
                entityIds);
        byte[] content = bytes(map);
        List<DocumentWrite> writes = new ArrayList<>(expired(tenant, now));
        requireRoom(tenant, content.length);
        writes.add(new DocumentWrite(KIND, map.id(), content));
        store.commit(new ChangeSet(tenant, List.of(), writes));
        return map;
    }

    private void requireRoom(Tenant tenant, long bytes) {
        List<String> present = store.listDocuments(tenant, KIND);
        long sum = bytes;
        for (String id : present) {
            sum += store.findDocument(tenant, KIND, id)
                    .map(content -> content.length)
                    .orElse(0);
        }
        if (present.size() >= MAX_MAPS || sum > MAX_BYTES) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "There are too many entity maps, or they list too many entities.",
                    "Delete some, or wait until they expire.");
        }
    }

    private static long bounded(long expiresAt, long now) {
        return Math.min(expiresAt, now + MAX_LIFETIME.toMillis());
    }

    /** A map that has not expired. */
    public Optional<EntityMap> find(Tenant tenant, String id) {
        return store.findDocument(tenant, KIND, id)
                .map(content -> read(id, content))
                .filter(map -> map.expiresAt() > clock.millis());
    }

    /**
     * A map that has not expired.
     *
     * @throws Problem of type ResourceNotFound
     */
    public EntityMap get(Tenant tenant, String id) {
        return find(tenant, id).orElseThrow(() -> Problem.notFound("There is no entity map " + id + "."));
    }

    /**
     * Changes when a map expires; at most {@link #MAX_LIFETIME} from now is granted.
     *
     * @param expiresAt epoch milliseconds
     * @throws Problem of type ResourceNotFound
     */
    public synchronized void setExpiry(Tenant tenant, String id, long expiresAt) {
        EntityMap map = get(tenant, id);
        replace(tenant, id, new EntityMap(id, bounded(expiresAt, clock.millis()), map.entityIds()));
    }

    /** Takes entities out of a map that no longer fit its query; nothing happens when the map is gone. */
    public synchronized void prune(Tenant tenant, String id, Set<String> entityIds) {
        find(tenant, id).ifPresent(map -> {
            List<String> left =
                    map.entityIds().stream().filter(e -> !entityIds.contains(e)).toList();
            replace(tenant, id, new EntityMap(id, map.expiresAt(), left));
        });
    }

    /**
     * Deletes a map.
     *
     * @throws Problem of type ResourceNotFound
     */
    public synchronized void delete(Tenant tenant, String id) {
        get(tenant, id);
        replace(tenant, id, null);
    }

    /** Takes the maps away that have expired. */
    public synchronized void sweep() {
        for (Tenant tenant : store.listTenants()) {
            List<DocumentWrite> gone = expired(tenant, clock.millis());
            if (!gone.isEmpty()) {
                store.commit(new ChangeSet(tenant, List.of(), gone));
            }
        }
    }

    private List<DocumentWrite> expired(Tenant tenant, long now) {
        List<DocumentWrite> gone = new ArrayList<>();
        for (String id : store.listDocuments(tenant, KIND)) {
            boolean expired = store.findDocument(tenant, KIND, id)
                    .filter(content -> expiry(content) <= now)
                    .isPresent();
            if (expired) {
                gone.add(new DocumentWrite(KIND, id, null));
            }
        }
        return gone;
    }

    private void replace(Tenant tenant, String id, @Nullable EntityMap map) {
        DocumentWrite write = new DocumentWrite(KIND, id, map == null ? null : bytes(map));
        store.commit(new ChangeSet(tenant, List.of(), List.of(write)));
    }

    private static byte[] bytes(EntityMap map) {
        StringBuilder lines = new StringBuilder().append(map.expiresAt());
        map.entityIds().forEach(id -> lines.append('\n').append(id));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static EntityMap read(String id, byte[] content) {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        return new EntityMap(id, expiry(content), lines.subList(1, lines.size()));
    }

    private static long expiry(byte[] content) {
        long millis = 0;
        for (int i = 0; i < content.length && content[i] != '\n'; i++) {
            millis = millis * 10 + (content[i] - '0');
        }
        return millis;
    }
}
