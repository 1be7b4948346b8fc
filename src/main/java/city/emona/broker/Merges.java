package city.emona.broker;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.Fragments;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merge Entity (ETSI GS CIM 009 clause 5.6.17) and Partial Attribute Update (clause 5.6.4): fragments applied to the attributes that are
 * there, and read as new attributes where there are none.
 */
public final class Merges {
    private static final Set<String> NOT_ATTRIBUTES = Set.of(
            "id", "@id", "type", "@type", "scope", "expiresAt", "@context", "createdAt", "modifiedAt", "deletedAt");

    private Merges() {}

    /**
     * The entity with a fragment merged into it.
     *
     * @throws Problem of type BadRequestData when the fragment is malformed
     */
    public static Entity merge(Entity present, ObjectNode fragment, TermTable terms, long now) {
        ObjectNode head = Json.object();
        for (String member : NOT_ATTRIBUTES) {
            JsonNode value = fragment.get(member);
            if (value != null) {
                head.set(member, value);
            }
        }
        Entity described = EntityReader.readFragment(head, terms, now);
        Entity next = present.withTypes(EntityEdits.union(present.types(), described.types()));
        if (!described.scopes().isEmpty()) {
            next = next.withScopes(
                    EntityEdits.isNull(described.scopes())
                            ? List.of()
                            : EntityEdits.union(present.scopes(), described.scopes()));
        }
        for (Map.Entry<String, JsonNode> member : fragment.properties()) {
            if (!NOT_ATTRIBUTES.contains(member.getKey())) {
                next = mergeAttribute(next, member.getKey(), member.getValue(), terms, now);
            }
        }
        return EntityEdits.touched(next, present, described);
    }

    private static Entity mergeAttribute(Entity entity, String name, JsonNode fragment, TermTable terms, long now) {
        String expanded = terms.expand(name);
        Map<String, AttributeInstance> instances = EntityEdits.byDataset(entity.findAttribute(expanded));
        if (isNullUri(fragment) && !instances.isEmpty()) {
            return entity.withoutAttribute(expanded);
        }
        for (JsonNode part : parts(name, fragment, terms, now)) {
            String dataset = Fragments.datasetOf(part);
            AttributeInstance present = instances.get(dataset);
            if (present == null) {
                addNew(instances, EntityReader.readAttribute(name, part, terms, now, true));
            } else {
                AttributeInstance next = Fragments.apply(name, present, part, terms, Fragments.Depth.ANY, now);
                if (next == null) {
                    instances.remove(dataset);
                } else {
                    instances.put(dataset, next);
                }
            }
        }
        return EntityEdits.withInstances(entity, expanded, instances);
    }

    private static boolean isNullUri(JsonNode node) {
        return node.isString() && node.stringValue().equals(AttributeInstance.NULL);
    }

    /** The fragments of the single instances. */
    private static List<JsonNode> parts(String name, JsonNode fragment, TermTable terms, long now) {
        if (!fragment.isArray() || fragment.isEmpty() || !allInstances(fragment)) {
            return List.of(fragment);
        }
        EntityReader.readAttribute(name, fragment, terms, now, true);
        List<JsonNode> parts = new ArrayList<>();
        fragment.forEach(parts::add);
        return parts;
    }

    private static boolean allInstances(JsonNode array) {
        for (JsonNode item : array) {
            if (!item.isObject() || !(item.has("type") || item.has("datasetId"))) {
                return false;
            }
        }
        return true;
    }

    private static void addNew(Map<String, AttributeInstance> instances, Attribute attribute) {
        for (AttributeInstance instance : attribute.instances()) {
            if (!instance.isNull()) {
                instances.put(instance.datasetId(), instance);
            }
        }
    }

    /**
     * The entity with one instance of one attribute changed member by member.
     *
     * @throws Problem of type ResourceNotFound when the instance is not there, BadRequestData when the fragment is malformed
     */
    public static Entity updateAttribute(Entity present, String name, JsonNode fragment, TermTable terms, long now) {
        String expanded = terms.expand(name);
        Map<String, AttributeInstance> instances = EntityEdits.byDataset(present.findAttribute(expanded));
        String dataset = Fragments.datasetOf(fragment);
        AttributeInstance before = instances.get(dataset);
        if (before == null) {
            throw EntityEdits.noSuchInstance(present, expanded, dataset);
        }
        @Nullable AttributeInstance next = Fragments.apply(name, before, fragment, terms, Fragments.Depth.MEMBER, now);
        if (next == null) {
            instances.remove(dataset);
        } else {
            instances.put(dataset, next);
        }
        return EntityEdits.withInstances(present, expanded, instances).withTimes(present.createdAt(), now);
    }
}
