package city.emona.query;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.query.AttributePath.Link;
import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Or;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells whether an entity fulfils a condition (ETSI GS CIM 009 clause 4.9). Of an attribute with several instances any may do so, and of a
 * relationship to several entities any of those. Immutable.
 *
 * @param linked finds linked entities
 * @param datasets the only datasets whose instances count, an empty string being the default instance; null for all
 */
public record ConditionEvaluator(
        LinkedEntities linked, @Nullable Set<String> datasets) {

    /** Whether the entity fulfils the condition. */
    public boolean matches(Condition condition, Entity entity) {
        return switch (condition) {
            case And(var all) -> {
                for (Condition each : all) {
                    if (!matches(each, entity)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Or(var any) -> {
                for (Condition each : any) {
                    if (matches(each, entity)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Exists(var path) -> anyTarget(path, entity, null);
            case Comparison comparison -> anyTarget(comparison.path(), entity, comparison);
        };
    }

    private boolean anyTarget(AttributePath path, Entity entity, @Nullable Comparison comparison) {
        if (!path.links().isEmpty()) {
            return anyLinked(path, entity, comparison);
        }
        if (path.attributes().isEmpty()) {
            SystemMember member = path.member();
            return member != null && ValueTests.ofEntity(member, entity, comparison);
        }
        return anyInstance(
                entity.attributes(),
                path.attributes(),
                0,
                instance -> ValueTests.ofInstance(path, instance, comparison));
    }

    private boolean anyLinked(AttributePath path, Entity entity, @Nullable Comparison comparison) {
        Link link = path.links().getFirst();
        AttributePath rest = path.behindFirstLink();
        return anyInstance(entity.attributes(), link.relationship(), 0, instance -> {
            if (!isRelationship(instance)) {
                return false;
            }
            JsonNode objects = instance.value();
            if (objects.isString()) {
                return anyTargetOf(objects.stringValue(), link.types(), rest, comparison);
            }
            for (JsonNode object : objects) {
                if (anyTargetOf(object.stringValue(), link.types(), rest, comparison)) {
                    return true;
                }
            }
            return false;
        });
    }

    private boolean anyTargetOf(String id, Set<String> types, AttributePath rest, @Nullable Comparison comparison) {
        Entity target = linked.find(id);
        return target != null
                && (types.isEmpty() || target.types().stream().anyMatch(types::contains))
                && anyTarget(rest, target, comparison);
    }

    private boolean anyInstance(
            List<Attribute> attributes, List<String> names, int depth, Predicate<AttributeInstance> test) {
        String name = names.get(depth);
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            if (!attribute.name().equals(name)) {
                continue;
            }
            for (AttributeInstance instance : attribute.instances()) {
                if (depth == 0 && datasets != null && !datasets.contains(instance.datasetId())) {
                    continue;
                }
                boolean found = depth == names.size() - 1
                        ? test.test(instance)
                        : anyInstance(instance.attributes(), names, depth + 1, test);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isRelationship(AttributeInstance instance) {
        return instance.type() == AttributeType.RELATIONSHIP || instance.type() == AttributeType.LIST_RELATIONSHIP;
    }
}
