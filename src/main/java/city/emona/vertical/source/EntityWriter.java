package city.emona.vertical.source;

import city.emona.broker.BatchItem;
import city.emona.broker.Broker;
import city.emona.broker.UpsertCounts;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Commits what one source gives. Used by one thread at a time. */
final class EntityWriter {
    private final Broker broker;
    private final Map<String, Set<String>> given = new HashMap<>();
    private final Map<Set<String>, Set<String>> shapes = new HashMap<>();

    EntityWriter(Broker broker) {
        this.broker = broker;
    }

    /** Whether there is an entity, whoever gave it. */
    boolean knows(String id) {
        return broker.find(Tenant.DEFAULT, id).isPresent();
    }

    /** Commits entities, and says how many of them said something new. */
    int write(List<Entity> entities) {
        if (entities.isEmpty()) {
            return 0;
        }
        UpsertCounts counts = broker.upsertAll(Tenant.DEFAULT, entities);
        withdraw(entities);
        return counts.created() + counts.updated();
    }

    /** Takes back what the source gave before and gives no more: an empty value is no reason to go on showing the old one. */
    private void withdraw(List<Entity> entities) {
        List<BatchItem> items = new ArrayList<>();
        for (Entity entity : entities) {
            Set<String> names =
                    shared(entity.attributes().stream().map(Attribute::name).collect(Collectors.toSet()));
            Set<String> before = given.put(entity.id(), names);
            if (before != null && !names.containsAll(before)) {
                Set<String> gone = new HashSet<>(before);
                gone.removeAll(names);
                items.add(new BatchItem(
                        entity.id(),
                        present -> BatchItem.Outcome.of(
                                present.map(e -> without(e, gone)).orElse(null))));
            }
        }
        if (!items.isEmpty()) {
            broker.batch(Tenant.DEFAULT, items);
        }
    }

    /** Entities of one source have few sets of attributes; each is kept once. */
    private Set<String> shared(Set<String> names) {
        Set<String> known = shapes.putIfAbsent(names, names);
        return known == null ? names : known;
    }

    private Entity without(Entity entity, Set<String> names) {
        Entity next = entity;
        for (String name : names) {
            next = next.withoutAttribute(name);
        }
        return next.withTimes(entity.createdAt(), broker.now());
    }
}
