package city.emona.broker.temporal;

import city.emona.broker.Broker;
import city.emona.broker.EntityMap;
import city.emona.broker.EntityMaps;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryWrite;
import city.emona.store.Tenant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Retrieve and Query Temporal Evolution (ETSI GS CIM 009 clauses 5.7.3 and 5.7.4). Safe for use by many threads. */
public final class TemporalReads {
    private final Broker broker;
    private final ContextStore store;
    private final ZoneId zone;
    private final int maxInstances;

    /**
     * @param zone the time zone of the city, by whose calendar years, months and days are counted
     * @param maxInstances how many instances of one attribute an answer holds at most
     */
    public TemporalReads(Broker broker, ContextStore store, ZoneId zone, int maxInstances) {
        this.broker = broker;
        this.store = store;
        this.zone = zone;
        this.maxInstances = maxInstances;
    }

    /**
     * What is known of an entity's history.
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public HistoryHeader get(Tenant tenant, String id) {
        broker.requireTenant(tenant);
        return store.findHistory(tenant, id)
                .orElseThrow(() -> Problem.notFound("There is no history of an entity " + id + "."));
    }

    /** A part of an entity's history. */
    public Evolutions read(Tenant tenant, HistoryHeader entity, SeriesChoice choice, TemporalQuery query) {
        return new EvolutionReader(store, tenant, choice, query, maxInstances, broker.now())
                .read(List.of(new EvolutionReader.Subject(entity, Intervals.EVER)));
    }

    /**
     * A part of an entity's history, aggregated.
     *
     * @throws Problem of type InvalidRequest when no method can be applied to what is asked for
     */
    public AggregatedEvolution aggregate(
            Tenant tenant, HistoryHeader entity, SeriesChoice choice, TemporalQuery query, Aggregation aggregation) {
        return new AggregationReader(store, tenant, choice, query, aggregation, zone, broker.now())
                .read(new EvolutionReader.Subject(entity, Intervals.EVER));
    }

    /**
     * The entities of a query's page. A heavy query waits for its turn.
     *
     * @throws Problem of type NonexistentTenant, TooComplexQuery when it takes too long, Unavailable when too many heavy queries wait
     */
    public HistoryPage query(Tenant tenant, HistoryQuery query) {
        broker.requireTenant(tenant);
        HistoryMatcher matcher = new HistoryMatcher(store, tenant, query, broker.now());
        return query.isLight()
                ? page(query, matcher, store.listHistories(tenant, query.filter()), new HashSet<>())
                : broker.runApart(
                        () -> page(query, matcher, store.listHistories(tenant, query.filter()), new HashSet<>()));
    }

    /** The same among the entities of a map only; those that do not match any more are taken out of it. */
    public HistoryPage query(Tenant tenant, HistoryQuery query, EntityMap map) {
        broker.requireTenant(tenant);
        HistoryMatcher matcher = new HistoryMatcher(store, tenant, query, broker.now());
        Iterator<HistoryHeader> entities = map.entityIds().stream()
                .filter(id -> query.filter().selectors().stream().anyMatch(s -> s.matchesId(id)))
                .flatMap(id -> store.findHistory(tenant, id).stream())
                .iterator();
        Set<String> misfits = new HashSet<>();
        HistoryPage page = broker.runApart(() -> page(query, matcher, entities, misfits));
        if (!misfits.isEmpty()) {
            broker.entityMaps().prune(tenant, map.id(), misfits);
        }
        return page;
    }

    /**
     * The ids of all entities that match, whatever the page.
     *
     * @param most how many to give at most
     */
    public List<String> listIds(Tenant tenant, HistoryQuery query, int most) {
        return query(
                        tenant,
                        new HistoryQuery(query.filter(), query.temporal(), query.rolledUp(), false, most, 0, false))
                .entities()
                .stream()
                .map(HistoryHeader::id)
                .toList();
    }

    /**
     * Copies what a query finds into another space, whatever the page (clause 5.16.1.4).
     *
     * @return of how many entities
     * @throws Problem of type TooManyResults, and what {@link #query} throws
     */
    public long copy(Tenant tenant, Tenant space, HistoryQuery query, SeriesChoice choice) {
        HistoryQuery all = new HistoryQuery(
                query.filter(), query.temporal(), query.rolledUp(), false, EntityMaps.MAX_ENTITIES + 1, 0, false);
        HistoryPage found = query(tenant, all);
        if (found.entities().size() > EntityMaps.MAX_ENTITIES) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The query finds more than " + EntityMaps.MAX_ENTITIES + " entities.",
                    "Ask for fewer.");
        }
        EvolutionReader reader =
                new EvolutionReader(store, tenant, choice, query.temporal(), Integer.MAX_VALUE, broker.now());
        for (EvolutionReader.Subject subject : subjects(tenant, found, query.filter())) {
            for (Evolution evolution : reader.read(List.of(subject)).entities()) {
                store.commit(new ChangeSet(space, List.of(), List.of(), List.of(addition(evolution))));
            }
        }
        return found.entities().size();
    }

    private static HistoryWrite addition(Evolution evolution) {
        List<HistoryWrite.Addition> additions = new ArrayList<>();
        for (AttributeHistory history : evolution.attributes()) {
            history.points()
                    .forEach(point -> additions.add(new HistoryWrite.Addition(history.attribute(), point.instance())));
        }
        return new HistoryWrite.Append(
                evolution.entity().id(), evolution.entity().types(), additions);
    }

    private static HistoryPage page(
            HistoryQuery query, HistoryMatcher matcher, Iterator<HistoryHeader> candidates, Set<String> misfits) {
        Iterator<HistoryHeader> ordered = query.descending() ? reversed(candidates) : candidates;
        List<HistoryHeader> page = new ArrayList<>();
        long matched = 0;
        boolean more = false;
        while (ordered.hasNext() && (!more || query.count())) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the query took too long");
            }
            HistoryHeader entity = ordered.next();
            if (!matcher.selects(entity) || !matcher.matches(entity)) {
                misfits.add(entity.id());
                continue;
            }
            matched++;
            if (matched > query.offset()) {
                if (page.size() < query.limit()) {
                    page.add(entity);
                } else {
                    more = true;
                }
            }
        }
        return new HistoryPage(page, query.count() ? matched : -1, more);
    }

    private static Iterator<HistoryHeader> reversed(Iterator<HistoryHeader> candidates) {
        List<HistoryHeader> all = new ArrayList<>();
        candidates.forEachRemaining(all::add);
        Collections.reverse(all);
        return all.iterator();
    }

    /** The parts of the histories of a page's entities that a query means. */
    public Evolutions read(Tenant tenant, HistoryPage page, SeriesChoice choice, HistoryQuery query) {
        return new EvolutionReader(store, tenant, choice, query.temporal(), maxInstances, broker.now())
                .read(subjects(tenant, page, query.filter()));
    }

    /**
     * The same, aggregated.
     *
     * @throws Problem of type InvalidRequest when no method can be applied to what is asked for
     */
    public List<AggregatedEvolution> aggregate(
            Tenant tenant, HistoryPage page, SeriesChoice choice, HistoryQuery query, Aggregation aggregation) {
        AggregationReader reader =
                new AggregationReader(store, tenant, choice, query.temporal(), aggregation, zone, broker.now());
        return subjects(tenant, page, query.filter()).stream().map(reader::read).toList();
    }

    private List<EvolutionReader.Subject> subjects(Tenant tenant, HistoryPage page, EntityFilter filter) {
        return page.entities().stream()
                .map(entity -> new EvolutionReader.Subject(
                        entity, HistoryMatcher.intervals(store, tenant, entity.id(), filter)))
                .toList();
    }
}
