package city.emona.broker.subscription;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityChanges;
import city.emona.context.EntityChanges.InstanceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entities as they are told after a change: with a null for each attribute that is gone, and with what was before (ETSI GS CIM 009 clause
 * 5.8.6).
 */
final class ToldEntities {
    private final Subscription subscription;
    private final long at;

    /**
     * An entity and what became of it.
     */
    record ToldEntity(Entity entity, EntityChanges changes) {}

    /** @param at when the changes were, in epoch milliseconds */
    ToldEntities(Subscription subscription, long at) {
        this.subscription = subscription;
        this.at = at;
    }

    ToldEntity of(NotedChange change) {
        Entity before = change.before() == null ? null : change.before().unpack(change.id());
        if (change.after() == null) {
            if (before == null) {
                throw new IllegalArgumentException("a deletion is noted with the state before");
            }
            return deleted(before);
        }
        Entity after = change.after().unpack(change.id());
        return before == null ? new ToldEntity(after, EntityChanges.NONE) : changed(before, after);
    }

    private boolean showsChanges() {
        return subscription.notification().showChanges();
    }

    private boolean isWatched(String attribute) {
        Set<String> watched = subscription.watched();
        return watched.isEmpty() || watched.contains(attribute);
    }

    /**
     * Of a deleted entity, who asked to hear of entities is told its attributes only with what they were; who asked to hear of attributes
     * is told those that are gone.
     */
    private ToldEntity deleted(Entity before) {
        boolean ofEntity = subscription.triggers().contains(Trigger.ENTITY_DELETED);
        boolean attributes = showsChanges() || !ofEntity;
        List<Attribute> gone = new ArrayList<>();
        Map<String, Map<String, InstanceChange>> changes = new HashMap<>();
        for (Attribute attribute : before.attributes()) {
            if (attributes && (isWatched(attribute.name()) || ofEntity)) {
                gone.add(gone(attribute, changes));
            }
        }
        Entity told = before.withScopes(List.of()).withExpiresAt(0).withAttributes(gone);
        return new ToldEntity(told, new EntityChanges(at, changes));
    }

    private ToldEntity changed(Entity before, Entity after) {
        boolean deletions = subscription.triggers().contains(Trigger.ATTRIBUTE_DELETED);
        Map<String, Map<String, InstanceChange>> changes = new LinkedHashMap<>();
        List<Attribute> attributes = new ArrayList<>();
        for (Attribute attribute : after.attributes()) {
            Optional<Attribute> earlier = before.findAttribute(attribute.name());
            attributes.add(
                    earlier.isEmpty()
                            ? attribute
                            : changed(earlier.get(), attribute, deletions && isWatched(attribute.name()), changes));
        }
        if (deletions) {
            for (Attribute attribute : before.attributes()) {
                if (after.findAttribute(attribute.name()).isEmpty() && isWatched(attribute.name())) {
                    attributes.add(gone(attribute, changes));
                }
            }
        }
        return new ToldEntity(after.withAttributes(attributes), new EntityChanges(0, changes));
    }

    private Attribute changed(
            Attribute before, Attribute after, boolean deletions, Map<String, Map<String, InstanceChange>> changes) {
        List<AttributeInstance> instances = new ArrayList<>(after.instances());
        Map<String, InstanceChange> told = new HashMap<>();
        for (AttributeInstance earlier : before.instances()) {
            Optional<AttributeInstance> later = after.findInstance(earlier.datasetId());
            if (later.isEmpty() && deletions) {
                instances.add(earlier.gone(earlier.createdAt(), earlier.modifiedAt()));
                told.put(earlier.datasetId(), change(earlier, at));
            } else if (later.isPresent() && showsChanges() && !later.get().sameContent(earlier)) {
                told.put(earlier.datasetId(), change(earlier, 0));
            }
        }
        if (!told.isEmpty()) {
            changes.put(after.name(), told);
        }
        return new Attribute(after.name(), instances);
    }

    /** An attribute that is gone as a whole is told as one null, unless something has to be said of each instance. */
    private Attribute gone(Attribute attribute, Map<String, Map<String, InstanceChange>> changes) {
        List<AttributeInstance> instances = showsChanges()
                ? attribute.instances()
                : attribute.findInstance("").map(List::of).orElse(attribute.instances());
        Map<String, InstanceChange> told = new HashMap<>();
        List<AttributeInstance> nulls = new ArrayList<>();
        for (AttributeInstance instance : instances) {
            nulls.add(instance.gone(instance.createdAt(), instance.modifiedAt()));
            told.put(instance.datasetId(), change(instance, at));
        }
        changes.put(attribute.name(), told);
        return new Attribute(attribute.name(), nulls);
    }

    private InstanceChange change(AttributeInstance earlier, long deletedAt) {
        return new InstanceChange(showsChanges() ? earlier : null, deletedAt);
    }
}
