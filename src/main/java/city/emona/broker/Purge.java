package city.emona.broker;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.query.EntityFilter;
import city.emona.query.EntityMatcher;
import city.emona.query.EntityQuery;
import city.emona.query.LinkedEntities;
import city.emona.query.Ordering;
import city.emona.store.ContextStore;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Purge Entities (ETSI GS CIM 009 clause 5.6.21): deletes what a filter means, in commits of a bounded size, between which the changes of
 * others pass. An entity that others change so that it does not match any more is left alone.
 */
final class Purge {
    private static final int BATCH = 500;
    private static final int ALL = 1_000_000_000;

    private final Broker broker;
    private final ContextStore store;

    Purge(Broker broker, ContextStore store) {
        this.broker = broker;
        this.store = store;
    }

    BatchResult purge(Tenant tenant, EntityFilter filter, PurgeExtent extent) {
        List<String> ids =
                store.queryEntities(tenant, new EntityQuery(filter, Ordering.BY_ID, ALL, 0, false)).stored().stream()
                        .map(StoredEntity::id)
                        .toList();
        long now = broker.now();
        EntityMatcher matcher = new EntityMatcher(filter, LinkedEntities.NONE);
        List<String> changed = new ArrayList<>();
        List<BatchResult.Failure> errors = new ArrayList<>();
        for (int at = 0; at < ids.size(); at += BATCH) {
            BatchResult result = broker.batch(
                    tenant,
                    ids.subList(at, Math.min(ids.size(), at + BATCH)).stream()
                            .map(id -> item(id, filter, matcher, extent, now))
                            .toList());
            changed.addAll(result.updated());
            errors.addAll(result.errors());
        }
        return new BatchResult(List.of(), changed, errors);
    }

    private BatchItem item(String id, EntityFilter filter, EntityMatcher matcher, PurgeExtent extent, long now) {
        return new BatchItem(id, present -> {
            Optional<Entity> matching = present.filter(entity -> isMeant(entity, filter, matcher));
            return BatchItem.Outcome.of(
                    matching.isPresent() ? rest(matching.get(), extent, now) : present.orElse(null));
        });
    }

    private static boolean isMeant(Entity entity, EntityFilter filter, EntityMatcher matcher) {
        return filter.selectors().stream().anyMatch(selector -> selector.matches(entity.id(), entity.types()))
                && matcher.matches(entity);
    }

    private static @Nullable Entity rest(Entity entity, PurgeExtent extent, long now) {
        return switch (extent) {
            case PurgeExtent.Whole() -> null;
            case PurgeExtent.Drop(var names) -> without(entity, names, true, now);
            case PurgeExtent.Keep(var names) -> without(entity, names, false, now);
        };
    }

    private static Entity without(Entity entity, Set<String> names, boolean listed, long now) {
        List<Attribute> kept = entity.attributes().stream()
                .filter(attribute -> names.contains(attribute.name()) != listed)
                .toList();
        boolean losesScope = !entity.scopes().isEmpty() && names.contains("scope") == listed;
        if (kept.size() == entity.attributes().size() && !losesScope) {
            return entity;
        }
        Entity rest = entity.withAttributes(kept).withTimes(entity.createdAt(), now);
        return losesScope ? rest.withScopes(List.of()) : rest;
    }
}
