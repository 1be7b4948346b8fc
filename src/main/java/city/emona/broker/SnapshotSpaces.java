package city.emona.broker;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.query.Ordering;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.store.VersionConflictException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Fills and empties the spaces of snapshots, in commits of a bounded size, between which the changes of others pass. */
final class SnapshotSpaces {
    /** How many entities one query may put into a snapshot. */
    static final int MAX_ENTITIES = 1_000_000;

    private static final int BATCH = 500;

    private final ContextStore store;
    private final Clock clock;

    SnapshotSpaces(ContextStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Adds to a snapshot what a query finds in its tenant.
     *
     * @return how many entities it found
     * @throws Problem of type TooManyResults or TooComplexQuery, or when the store cannot be written
     */
    long add(Tenant space, SnapshotQuery query) {
        return copy(space.withoutSnapshot(), space, query);
    }

    /** Adds to a space what a query finds in another: all as it is at one moment, whatever the number of pages. */
    long copy(Tenant from, Tenant space, SnapshotQuery query) {
        List<StoredEntity> found = all(from, query.filter(), MAX_ENTITIES + 1);
        if (found.size() > MAX_ENTITIES) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The query finds more than " + MAX_ENTITIES + " entities.",
                    "Ask for fewer.");
        }
        for (int at = 0; at < found.size(); at += BATCH) {
            List<StoredEntity> some = found.subList(at, Math.min(found.size(), at + BATCH));
            Broker.retrying(() -> {
                store.commit(ChangeSet.ofEntities(
                        space,
                        some.stream()
                                .map(entity -> addition(space, entity, query))
                                .toList()));
                return some;
            });
        }
        return found.size();
    }

    private List<StoredEntity> all(Tenant tenant, EntityFilter filter, int limit) {
        return store.queryEntities(tenant, new EntityQuery(filter, Ordering.BY_ID, limit, 0, false))
                .stored();
    }

    private EntityWrite addition(Tenant space, StoredEntity entity, SnapshotQuery query) {
        Optional<StoredEntity> present = store.findEntity(space, entity.id());
        if (present.isPresent()) {
            return EntityWrite.replace(present.get(), united(present.get().entity(), reduced(entity, query)));
        }
        return query.reduction().isEmpty()
                ? EntityWrite.create(entity.id(), entity.packed())
                : EntityWrite.create(entity.id(), PackedEntity.pack(reduced(entity, query)));
    }

    private static Entity reduced(StoredEntity entity, SnapshotQuery query) {
        Entity whole = entity.entity();
        return query.reduction().map(reduction -> reduction.apply(whole)).orElse(whole);
    }

    /** What two queries picked of the same entity. */
    private static Entity united(Entity one, Entity other) {
        Entity all = one;
        for (Attribute attribute : other.attributes()) {
            if (one.findAttribute(attribute.name()).isEmpty()) {
                all = all.withAttribute(attribute);
            }
        }
        return all;
    }

    /** Removes all that a space holds. */
    void clear(Tenant space) {
        EntityFilter everything = EntityFilter.of(EntitySelector.ANY);
        List<EntityWrite> writes = removals(space, everything);
        while (!writes.isEmpty()) {
            try {
                store.commit(ChangeSet.ofEntities(space, writes));
            } catch (VersionConflictException e) {
                // a client that is late changed one of them; the next look finds it again
            }
            writes = removals(space, everything);
        }
        clearHistories(space, everything);
        List<DocumentWrite> documents = new ArrayList<>();
        for (String kind : store.listDocumentKinds(space)) {
            store.listDocuments(space, kind).forEach(key -> documents.add(new DocumentWrite(kind, key, null)));
        }
        if (!documents.isEmpty()) {
            store.commit(new ChangeSet(space, List.of(), documents));
        }
    }

    /** Adds all histories of one space to another. */
    void copyHistories(Tenant from, Tenant space) {
        store.listHistories(from, EntityFilter.of(EntitySelector.ANY)).forEachRemaining(history -> {
            List<HistoryWrite.Addition> additions = new ArrayList<>();
            for (TimeProperty property : List.of(TimeProperty.CREATED_AT, TimeProperty.DELETED_AT)) {
                for (Series series :
                        store.readHistory(from, history.id(), SeriesSelector.ALL, HistoryRange.of(property))) {
                    series.points()
                            .forEach(point ->
                                    additions.add(new HistoryWrite.Addition(series.attribute(), point.instance())));
                }
            }
            HistoryWrite append = new HistoryWrite.Append(history.id(), history.types(), additions);
            store.commit(new ChangeSet(space, List.of(), List.of(), List.of(append)));
        });
    }

    /** Removes the histories that changes within the space, and clients, left there. */
    private void clearHistories(Tenant space, EntityFilter everything) {
        Iterator<HistoryHeader> histories = store.listHistories(space, everything);
        while (histories.hasNext()) {
            List<HistoryWrite> deletions = new ArrayList<>();
            while (histories.hasNext() && deletions.size() < BATCH) {
                deletions.add(new HistoryWrite.DeleteEntity(histories.next().id()));
            }
            store.commit(new ChangeSet(space, List.of(), List.of(), deletions));
        }
    }

    private List<EntityWrite> removals(Tenant space, EntityFilter everything) {
        List<StoredEntity> expired = store.listExpired(space, BATCH);
        if (!expired.isEmpty()) {
            long now = clock.millis();
            return expired.stream().map(entity -> removal(entity, now)).toList();
        }
        return all(space, everything, BATCH).stream().map(EntityWrite::delete).toList();
    }

    private static EntityWrite removal(StoredEntity entity, long now) {
        return entity.isExpired(now) ? EntityWrite.removeExpired(entity) : EntityWrite.delete(entity);
    }
}
