package city.emona.broker.subscription;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entity's change, with what can be said of it worked out when it is first asked for. Not safe for use by several threads.
 */
final class ChangedEntity {
    private final CommittedChange change;
    private final StoredEntity judged;
    private @Nullable Entity judgedEntity;
    private @Nullable List<Difference> differences;
    private @Nullable Set<String> names;

    /**
     * What happened to one instance of an attribute.
     *
     * @param attribute the expanded name
     * @param dataset an empty string for the default instance
     */
    record Difference(String attribute, String dataset, Trigger kind) {}

    ChangedEntity(CommittedChange change) {
        this.change = change;
        StoredEntity after = change.after();
        StoredEntity before = change.before();
        if (after == null && before == null) {
            throw new IllegalArgumentException("a change has a state before or after");
        }
        this.judged = after != null ? after : Objects.requireNonNull(before);
    }

    CommittedChange change() {
        return change;
    }

    String id() {
        return judged.id();
    }

    /** The state that conditions are asked of: the new one, or the last of an entity that was deleted. */
    PackedEntity packed() {
        return judged.packed();
    }

    /** The same, unpacked. */
    Entity entity() {
        Entity known = judgedEntity;
        if (known == null) {
            known = judged.entity();
            judgedEntity = known;
        }
        return known;
    }

    /** The trigger that the coming or going of the entity itself is; empty where it stays. */
    Optional<Trigger> entityTrigger() {
        if (change.before() == null) {
            return Optional.of(Trigger.ENTITY_CREATED);
        }
        return change.after() == null ? Optional.of(Trigger.ENTITY_DELETED) : Optional.empty();
    }

    /** What happened to the instances of attributes, apart from the times of the system. */
    List<Difference> differences() {
        List<Difference> known = differences;
        if (known == null) {
            known = compare();
            differences = known;
        }
        return known;
    }

    /** The expanded names of the attributes to which something happened. */
    Set<String> changedNames() {
        Set<String> known = names;
        if (known == null) {
            known = new LinkedHashSet<>();
            for (Difference difference : differences()) {
                known.add(difference.attribute);
            }
            names = known;
        }
        return known;
    }

    private List<Difference> compare() {
        List<Difference> found = new ArrayList<>();
        StoredEntity before = change.before();
        if (before == null || change.after() == null) {
            Trigger kind = before == null ? Trigger.ATTRIBUTE_CREATED : Trigger.ATTRIBUTE_DELETED;
            for (Attribute attribute : entity().attributes()) {
                all(attribute, kind, found);
            }
            return found;
        }
        Entity earlier = before.entity();
        for (Attribute attribute : entity().attributes()) {
            compare(earlier.findAttribute(attribute.name()).orElse(null), attribute, found);
        }
        for (Attribute attribute : earlier.attributes()) {
            if (entity().findAttribute(attribute.name()).isEmpty()) {
                all(attribute, Trigger.ATTRIBUTE_DELETED, found);
            }
        }
        return found;
    }

    private static void all(Attribute attribute, Trigger kind, List<Difference> found) {
        for (AttributeInstance instance : attribute.instances()) {
            found.add(new Difference(attribute.name(), instance.datasetId(), kind));
        }
    }

    private static void compare(@Nullable Attribute before, Attribute after, List<Difference> found) {
        if (before == null) {
            all(after, Trigger.ATTRIBUTE_CREATED, found);
            return;
        }
        for (AttributeInstance instance : after.instances()) {
            Optional<AttributeInstance> earlier = before.findInstance(instance.datasetId());
            if (earlier.isEmpty()) {
                found.add(new Difference(after.name(), instance.datasetId(), Trigger.ATTRIBUTE_CREATED));
            } else if (!earlier.get().sameContent(instance)) {
                found.add(new Difference(after.name(), instance.datasetId(), Trigger.ATTRIBUTE_UPDATED));
            }
        }
        for (AttributeInstance instance : before.instances()) {
            if (after.findInstance(instance.datasetId()).isEmpty()) {
                found.add(new Difference(after.name(), instance.datasetId(), Trigger.ATTRIBUTE_DELETED));
            }
        }
    }
}
