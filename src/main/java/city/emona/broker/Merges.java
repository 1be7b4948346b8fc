package city.emona.broker;

import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.Fragments;
import city.emona.context.MergeOptions;
import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
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
    public static Entity merge(Entity present, ObjectNode fragment, TermTable terms, MergeOptions options, long now) {
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
            next = next.withScopes(EntityEdits.isNull(described.scopes()) ? List.of() : described.scopes());
        }
        for (Map.Entry<String, JsonNode> member : fragment.properties()) {
            if (!NOT_ATTRIBUTES.contains(member.getKey())) {
                next = mergeAttribute(next, member.getKey(), member.getValue(), terms, options, now);
            }
        }
        return EntityEdits.touched(next, present, described);
    }

    /**
     * Refuses a fragment in which an attribute or its value is a JSON null, whatever the entity is like.
     *
     * @throws Problem of type BadRequestData
     */
    public static void requireNoJsonNull(ObjectNode fragment) {
        for (Map.Entry<String, JsonNode> member : fragment.properties()) {
            JsonNode attribute = member.getValue();
            JsonNode value = attribute.get("value");
            if (attribute.isNull() || (value != null && value.isNull())) {
                throw Problem.badRequestData(
                        "The member " + member.getKey() + " is null.",
                        "Send " + AttributeInstance.NULL + " to delete an attribute.");
            }
        }
    }

    private static Entity mergeAttribute(
            Entity entity, String name, JsonNode fragment, TermTable terms, MergeOptions options, long now) {
        String expanded = terms.expand(Names.requireName(name, "The attribute"));
        return Fragments.merge(name, entity.findAttribute(expanded), fragment, terms, options, now)
                .map(entity::withAttribute)
                .orElseGet(() -> entity.withoutAttribute(expanded));
    }

    /**
     * The entity with one instance of one attribute changed member by member.
     *
     * @throws Problem of type ResourceNotFound when the instance is not there, BadRequestData when the fragment is malformed
     */
    public static Entity updateAttribute(Entity present, String name, JsonNode fragment, TermTable terms, long now) {
        String expanded = terms.expand(name);
        Map<String, AttributeInstance> instances = EntityEdits.byDataset(present.findAttribute(expanded));
        String dataset = Fragments.datasetOf(name, fragment);
        AttributeInstance before = instances.get(dataset);
        if (before == null) {
            throw EntityEdits.noSuchInstance(present, expanded, dataset);
        }
        @Nullable AttributeInstance next = Fragments.update(name, before, fragment, terms, now);
        if (next == null) {
            instances.remove(dataset);
        } else {
            instances.put(dataset, next);
        }
        return EntityEdits.withInstances(present, expanded, instances).withTimes(present.createdAt(), now);
    }
}
