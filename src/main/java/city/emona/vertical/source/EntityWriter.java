package city.emona.vertical.source;

import city.emona.broker.BatchItem;
import city.emona.broker.Broker;
import city.emona.broker.UpsertCounts;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.store.Tenant;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commits what one source gives, and writes down whence it came. Used by one thread at a time. */
final class EntityWriter {
    private final Broker broker;
    private final Origins origins;
    private final Origin origin;
    private final Map<String, Set<String>> given = new HashMap<>();
    private final Map<Set<String>, Set<String>> shapes = new HashMap<>();

    EntityWriter(Broker broker, Origins origins, Origin origin) {
        this.broker = broker;
        this.origins = origins;
        this.origin = origin;
    }

    /** Whether there is an entity, whoever gave it. */
    boolean knows(String id) {
        return broker.find(Tenant.DEFAULT, id).isPresent();
    }

    /** Commits entities, and says how many of them said something new. */
    int write(List<Entity> entities, Instant fetchedAt) {
        if (entities.isEmpty()) {
            return 0;
        }
        UpsertCounts counts = broker.upsertAll(Tenant.DEFAULT, entities);
        remember(entities, fetchedAt);
        return counts.created() + counts.updated();
    }

    /**
     * Writes down what is given for the first time, or with other attributes than before, and takes back what was given before and is given no
     * more: an empty value is no reason to go on showing the old one.
     */
    private void remember(List<Entity> entities, Instant fetchedAt) {
        List<BatchItem> items = new ArrayList<>();
        Map<String, Set<String>> news = new LinkedHashMap<>();
        for (Entity entity : entities) {
            Set<String> names =
                    shared(entity.attributes().stream().map(Attribute::name).collect(Collectors.toSet()));
            @Nullable Set<String> seen = given.put(entity.id(), names);
            if (names.equals(seen)) {
                continue;
            }
            news.put(entity.id(), names);
            Set<String> gone = new HashSet<>(
                    seen != null
                            ? seen
                            : origins.findGiven(entity.id(), origin.source()).orElse(Set.of()));
            gone.removeAll(names);
            if (!gone.isEmpty()) {
                items.add(new BatchItem(
                        entity.id(),
                        present -> BatchItem.Outcome.of(
                                present.map(e -> without(e, gone)).orElse(null))));
            }
        }
        if (!items.isEmpty()) {
            broker.batch(Tenant.DEFAULT, items);
        }
        if (!news.isEmpty()) {
            origins.give(origin, news, fetchedAt.toEpochMilli());
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
