package city.emona.broker;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an operation leads from one state of an entity to the next (ETSI GS CIM 009 clauses 5.6.2 to 5.6.6, 5.6.18 and 5.6.19). Pure
 * functions: they may be called again when another change came first.
 */
public final class EntityEdits {
    private static final String LEFT = "It exists already, and noOverwrite was asked for.";

    private EntityEdits() {}

    /** The next state, and what became of the fragment's attributes. */
    public record Edited(Entity entity, UpdateResult result) {}

    /**
     * Append Attributes (clause 5.6.3): every instance of the fragment is added, or overwrites the one of its dataset.
     *
     * @param overwrite whether present instances are overwritten; otherwise they are left and reported
     */
    public static Edited append(Entity present, Entity fragment, boolean overwrite) {
        requireNoNulls(fragment);
        List<String> updated = new ArrayList<>();
        List<UpdateResult.NotUpdated> notUpdated = new ArrayList<>();
        Entity next = present.withTypes(union(present.types(), fragment.types()));
        if (!fragment.scopes().isEmpty()) {
            next = next.withScopes(overwrite ? fragment.scopes() : union(present.scopes(), fragment.scopes()));
            updated.add("scope");
        }
        boolean keepsExpiry = !overwrite && present.expiresAt() != 0 && fragment.expiresAt() != 0;
        if (keepsExpiry) {
            notUpdated.add(new UpdateResult.NotUpdated("expiresAt", LEFT));
        }
        for (Attribute attribute : fragment.attributes()) {
            Map<String, AttributeInstance> instances = byDataset(present.findAttribute(attribute.name()));
            List<AttributeInstance> written = attribute.instances().stream()
                    .filter(i -> overwrite || !instances.containsKey(i.datasetId()))
                    .toList();
            if (written.size() < attribute.instances().size()) {
                notUpdated.add(new UpdateResult.NotUpdated(attribute.name(), LEFT));
            }
            if (!written.isEmpty()) {
                written.forEach(instance -> put(instances, instance));
                next = withInstances(next, attribute.name(), instances);
                updated.add(attribute.name());
            }
        }
        UpdateResult result = new UpdateResult(updated, notUpdated);
        boolean nothing =
                updated.isEmpty() && next.types().equals(present.types()) && (fragment.expiresAt() == 0 || keepsExpiry);
        if (nothing && !notUpdated.isEmpty()) {
            return new Edited(present, result);
        }
        return new Edited(touched(next, present, keepsExpiry ? fragment.withExpiresAt(0) : fragment), result);
    }

    /**
     * Update Attributes (clause 5.6.2): every instance of the fragment replaces the one of its dataset or is added; a null deletes it. A
     * scope is replaced only where there is one.
     */
    public static Edited update(Entity present, Entity fragment) {
        List<String> updated = new ArrayList<>();
        List<UpdateResult.NotUpdated> notUpdated = new ArrayList<>();
        Entity next = present.withTypes(union(present.types(), fragment.types()));
        if (!fragment.scopes().isEmpty() && present.scopes().isEmpty()) {
            notUpdated.add(new UpdateResult.NotUpdated("scope", "The entity has no scope that could be updated."));
        } else if (!fragment.scopes().isEmpty()) {
            next = next.withScopes(isNull(fragment.scopes()) ? List.of() : fragment.scopes());
            updated.add("scope");
        }
        for (Attribute attribute : fragment.attributes()) {
            Map<String, AttributeInstance> instances = byDataset(present.findAttribute(attribute.name()));
            for (AttributeInstance instance : attribute.instances()) {
                if (instance.isNull()) {
                    instances.remove(instance.datasetId());
                } else {
                    put(instances, withoutNulls(instance));
                }
            }
            next = withInstances(next, attribute.name(), instances);
            updated.add(attribute.name());
        }
        return new Edited(touched(next, present, fragment), new UpdateResult(updated, notUpdated));
    }

    /** The instance without the sub-attributes that the fragment orders to delete: the instance is replaced, so nothing is left of them. */
    private static AttributeInstance withoutNulls(AttributeInstance instance) {
        List<Attribute> kept = new ArrayList<>();
        for (Attribute attribute : instance.attributes()) {
            List<AttributeInstance> instances = attribute.instances().stream()
                    .filter(i -> !i.isNull())
                    .map(EntityEdits::withoutNulls)
                    .toList();
            if (!instances.isEmpty()) {
                kept.add(new Attribute(attribute.name(), instances));
            }
        }
        return instance.withAttributes(kept);
    }

    /** Replace Entity (clause 5.6.18): everything but the id and the time of creation. */
    public static Entity replace(Entity present, Entity replacement) {
        List<Attribute> attributes = replacement.attributes().stream()
                .map(a ->
                        present.findAttribute(a.name()).map(a::withCreatedAtOf).orElse(a))
                .toList();
        List<String> types = replacement.types().isEmpty() ? present.types() : replacement.types();
        return new Entity(
                present.id(),
                types,
                replacement.scopes(),
                present.createdAt(),
                replacement.modifiedAt(),
                replacement.expiresAt(),
                attributes);
    }

    /**
     * Replace Attribute (clause 5.6.19): one instance, which must be there.
     *
     * @throws Problem of type ResourceNotFound when it is not
     */
    public static Entity replaceAttribute(Entity present, Attribute replacement) {
        requireNoNulls(replacement);
        Map<String, AttributeInstance> instances = byDataset(present.findAttribute(replacement.name()));
        for (AttributeInstance instance : replacement.instances()) {
            if (!instances.containsKey(instance.datasetId())) {
                throw noSuchInstance(present, replacement.name(), instance.datasetId());
            }
            put(instances, instance);
        }
        return withInstances(present, replacement.name(), instances)
                .withTimes(present.createdAt(), replacement.main().modifiedAt());
    }

    /**
     * Delete Attribute (clause 5.6.5).
     *
     * @throws Problem of type ResourceNotFound when nothing is there to delete
     */
    public static Entity deleteAttribute(Entity present, AttributeSelector selector, long now) {
        Map<String, AttributeInstance> instances = byDataset(present.findAttribute(selector.name()));
        if (selector.all() && !instances.isEmpty()) {
            instances.clear();
        } else if (instances.remove(selector.datasetId()) == null) {
            throw noSuchInstance(present, selector.name(), selector.datasetId());
        }
        return withInstances(present, selector.name(), instances).withTimes(present.createdAt(), now);
    }

    /**
     * Delete the scope of an entity.
     *
     * @throws Problem of type ResourceNotFound when it has none
     */
    public static Entity deleteScope(Entity present, long now) {
        if (present.scopes().isEmpty()) {
            throw Problem.notFound("The entity " + present.id() + " has no scope.");
        }
        return present.withScopes(List.of()).withTimes(present.createdAt(), now);
    }

    static Problem noSuchInstance(Entity entity, String name, String datasetId) {
        return Problem.notFound("The entity " + entity.id() + " has no attribute " + name
                + (datasetId.isEmpty() ? "." : " with the datasetId " + datasetId + "."));
    }

    /** The instances by dataset, to be changed. */
    static Map<String, AttributeInstance> byDataset(Optional<Attribute> attribute) {
        Map<String, AttributeInstance> instances = new LinkedHashMap<>();
        attribute.ifPresent(a -> a.instances().forEach(i -> instances.put(i.datasetId(), i)));
        return instances;
    }

    /** Adds an instance, or puts it in the place of the one of its dataset, whose creation time it keeps. */
    static void put(Map<String, AttributeInstance> instances, AttributeInstance instance) {
        AttributeInstance before = instances.get(instance.datasetId());
        instances.put(instance.datasetId(), before == null ? instance : instance.withCreatedAtOf(before));
    }

    static Entity withInstances(Entity entity, String name, Map<String, AttributeInstance> instances) {
        return instances.isEmpty()
                ? entity.withoutAttribute(name)
                : entity.withAttribute(new Attribute(name, List.copyOf(instances.values())));
    }

    static List<String> union(List<String> one, List<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    static boolean isNull(List<String> scopes) {
        return scopes.equals(List.of(AttributeInstance.NULL));
    }

    static Entity touched(Entity next, Entity present, Entity fragment) {
        Entity timed = next.withTimes(present.createdAt(), fragment.modifiedAt());
        if (fragment.expiresAt() == 0) {
            return timed;
        }
        return timed.withExpiresAt(fragment.expiresAt() == Entity.EXPIRY_REMOVED ? 0 : fragment.expiresAt());
    }

    /**
     * Refuses a fragment that orders to delete something.
     *
     * @throws Problem of type BadRequestData
     */
    public static void requireNoNulls(Entity fragment) {
        fragment.attributes().forEach(EntityEdits::requireNoNulls);
        if (isNull(fragment.scopes())) {
            throw nullNotAllowed("scope");
        }
        if (fragment.expiresAt() == Entity.EXPIRY_REMOVED) {
            throw nullNotAllowed("expiresAt");
        }
    }

    private static void requireNoNulls(Attribute attribute) {
        for (AttributeInstance instance : attribute.instances()) {
            if (instance.isNull()) {
                throw nullNotAllowed(attribute.name());
            }
            instance.attributes().forEach(EntityEdits::requireNoNulls);
        }
    }

    private static Problem nullNotAllowed(String name) {
        return Problem.badRequestData(
                "The member " + name + " is " + AttributeInstance.NULL + ", which this operation does not allow.",
                "Delete the attribute, or update it.");
    }
}
