package city.emona.broker;

import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.query.Ordering;
import city.emona.store.ContextStore;
import city.emona.store.EntityPage;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads pages of the entities that a map lists, looking at no more of them than the page needs (ETSI GS CIM 009 clause 5.5.9.3). */
final class EntityMapPages {
    /** How many entities are looked at in one go. */
    private static final int CHUNK = 100;

    private final ContextStore store;

    EntityMapPages(ContextStore store) {
        this.store = store;
    }

    /**
     * A page, and what was found not to match any more on the way.
     *
     * @param misfits ids of entities that the query's ids select and its other conditions do not
     */
    record Result(EntityPage page, Set<String> misfits) {}

    /** The ids of the entities that a query means, in order. */
    List<String> listIds(Tenant tenant, EntityQuery query, int limit) {
        return store
                .queryEntities(tenant, new EntityQuery(query.filter(), Ordering.BY_ID, limit, 0, false))
                .stored()
                .stream()
                .map(StoredEntity::id)
                .toList();
    }

    Result read(Tenant tenant, EntityMap map, EntityQuery query) {
        boolean whole = query.count() || !query.ordering().isById();
        long wanted = whole ? Long.MAX_VALUE : (long) query.offset() + query.limit() + 1;
        List<StoredEntity> fitting = new ArrayList<>();
        Set<String> misfits = new HashSet<>();
        List<String> ids = map.entityIds();
        for (int from = 0; from < ids.size() && fitting.size() < wanted; from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            Optional<EntityFilter> filter = among(chunk, query.filter());
            if (filter.isPresent()) {
                filter.get().selectors().forEach(selector -> misfits.addAll(selector.ids()));
                for (StoredEntity entity : all(tenant, filter.get())) {
                    fitting.add(entity);
                    misfits.remove(entity.id());
                }
            }
        }
        return new Result(page(tenant, query, fitting), misfits);
    }

    private List<StoredEntity> all(Tenant tenant, EntityFilter filter) {
        return store.queryEntities(tenant, new EntityQuery(filter, Ordering.BY_ID, CHUNK, 0, false))
                .stored();
    }

    /** The filter narrowed to some ids; empty when it selects none of them. */
    private static Optional<EntityFilter> among(List<String> ids, EntityFilter filter) {
        List<EntitySelector> narrowed = new ArrayList<>();
        for (EntitySelector selector : filter.selectors()) {
            List<String> selected = ids.stream().filter(selector::matchesId).toList();
            if (!selected.isEmpty()) {
                narrowed.add(selector.withIds(selected));
            }
        }
        return narrowed.isEmpty() ? Optional.empty() : Optional.of(filter.withSelectors(narrowed));
    }

    private EntityPage page(Tenant tenant, EntityQuery query, List<StoredEntity> fitting) {
        if (!query.ordering().isById() && !fitting.isEmpty()) {
            List<String> ids = fitting.stream().map(StoredEntity::id).toList();
            EntityFilter filter = query.filter().withSelectors(List.of(EntitySelector.ANY.withIds(ids)));
            return store.queryEntities(
                    tenant, new EntityQuery(filter, query.ordering(), query.limit(), query.offset(), query.count()));
        }
        int from = Math.min(query.offset(), fitting.size());
        int to = Math.min(from + query.limit(), fitting.size());
        return new EntityPage(
                List.copyOf(fitting.subList(from, to)), query.count() ? fitting.size() : -1, to < fitting.size());
    }
}
