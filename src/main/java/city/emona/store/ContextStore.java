package city.emona.store;

import city.emona.query.EntityQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one interface between the broker and its storage. Implementations are safe for use by many threads; reads see every change that was
 * acknowledged before they began.
 */
public interface ContextStore extends AutoCloseable {
    /**
     * Makes a change-set durable: when this returns, it is on disk as a whole and every later read sees it.
     *
     * @throws VersionConflictException when an entity is not in the version expected; nothing is changed
     * @throws city.emona.problem.Problem of type InsufficientStorage when the disk is full; nothing is changed and reads go on
     */
    void commit(ChangeSet changes);

    /** The current state of an entity. */
    Optional<StoredEntity> findEntity(Tenant tenant, String id);

    /** The entities that match a query. */
    EntityPage queryEntities(Tenant tenant, EntityQuery query);

    /**
     * The entities that have expired, or have attributes that have, but were not removed yet; as they were before, those that expired first
     * at the front.
     *
     * @param limit how many to give at most
     */
    List<StoredEntity> listExpired(Tenant tenant, int limit);

    /** About how many entities have to be looked at for a query; to tell, none is. */
    long countCandidates(Tenant tenant, EntityQuery query);

    /** How many entities a tenant has. */
    long countEntities(Tenant tenant);

    /** Which types and attributes a tenant's entities have; answered without looking at each entity. */
    Inventory inventory(Tenant tenant);

    /** Whether anything was ever written for a tenant; the default tenant always exists. */
    boolean hasTenant(Tenant tenant);

    /** All tenants, the default one first; without snapshots. */
    List<Tenant> listTenants();

    /** The snapshots of all tenants of which anything is stored. */
    List<Tenant> listSnapshots();

    /** A document of the registry. */
    Optional<byte[]> findDocument(Tenant tenant, String kind, String key);

    /** The kinds of documents that there are. */
    List<String> listDocumentKinds(Tenant tenant);

    /** The keys of all documents of a kind, in order. */
    List<String> listDocuments(Tenant tenant, String kind);

    /**
     * Has every commit's changes of entities passed on, in the order of the commits, after they can be read. The listener must return at
     * once and must not throw.
     */
    void onCommit(Consumer<List<CommittedChange>> listener);

    /** How the store is, for health checks and metrics. */
    StoreHealth health();

    /** Finishes what was accepted and closes the files. */
    @Override
    void close();
}
