package city.emona.store;

import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import java.time.ZoneId;
import java.util.Iterator;
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

    /** What is known of the history of an entity, whether the entity exists or not. */
    Optional<HistoryHeader> findHistory(Tenant tenant, String id);

    /**
     * The entities that have a history, whether they exist or not, in the order of their ids; while others come and go, each at most once.
     *
     * @param filter only its selectors count
     */
    Iterator<HistoryHeader> listHistories(Tenant tenant, EntityFilter filter);

    /** Reads series of an entity, in no order of series; those of which nothing is in the range are left out. */
    List<Series> readHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range);

    /** Reads series of an entity without making an object for each instance where that can be avoided. The range is not one of lastN. */
    void scanHistory(Tenant tenant, String id, SeriesSelector series, HistoryRange range, SeriesScan scan);

    /** Hands the whole history of an entity over without holding all of it at once. */
    void exportHistory(Tenant tenant, String id, HistorySink sink);

    /**
     * Keeps history only as long as rules say, from now on; of several rules for the same, the first counts. What no rule is about is kept.
     *
     * @param zone in which days begin
     */
    void setRetention(List<Retention> rules, ZoneId zone);

    /** What was done about each of the rules. */
    List<RetentionReport> listRetention();

    /** Has someone judge every change-set from now on; there can be one. */
    void setWatcher(CommitWatcher watcher);

    /**
     * The log of commits that changed current state, behind a position.
     *
     * @param after the position; 0 for the beginning
     */
    List<LogEntry> readLog(long after, int limit);

    /** The position of the first commit that the log still has; behind the end when it has none. */
    long logBegin();

    /** The position of the last commit. */
    long logEnd();

    /** Takes the log's entries before a position away. */
    void trimLog(long before);

    /** A document of the registry. */
    Optional<byte[]> findDocument(Tenant tenant, String kind, String key);

    /** The kinds of documents that there are. */
    List<String> listDocumentKinds(Tenant tenant);

    /** The keys of all documents of a kind, in order. */
    List<String> listDocuments(Tenant tenant, String kind);

    /**
     * Has every commit's changes of entities passed on, in the order of the commits, after they can be read; the log then has them too. The
     * listener must return at once and must not throw.
     */
    void onCommit(Consumer<List<CommittedChange>> listener);

    /**
     * Keeps what the store holds now, to be copied while others go on reading and writing. A change-set is in it as a whole or not at all,
     * and every one that was acknowledged before is.
     *
     * @throws city.emona.problem.Problem of type InsufficientStorage when the disk refuses
     */
    StoreCheckpoint checkpoint();

    /** How the store is, for health checks and metrics. */
    StoreHealth health();

    /** Finishes what was accepted and closes the files. */
    @Override
    void close();
}
