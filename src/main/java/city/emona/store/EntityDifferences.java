package city.emona.store;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.json.Json;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a change of an entity leaves in its history: the instances of attributes that are new or other than before, an instance with the
 * null of its type for each that is gone, and the scopes, as an attribute, where they are others.
 */
final class EntityDifferences {
    private EntityDifferences() {}

    /** All of a new entity. */
    static PackedEntity ofNew(Entity entity, PackedEntity packed) {
        if (entity.scopes().isEmpty()) {
            return packed;
        }
        List<Attribute> all = new ArrayList<>(entity.attributes());
        all.add(scopes(entity.scopes(), entity.createdAt()));
        return pack(all);
    }

    static @Nullable PackedEntity between(Entity before, Entity after) {
        List<Attribute> changed = new ArrayList<>();
        for (Attribute attribute : after.attributes()) {
            List<AttributeInstance> others =
                    others(before.findAttribute(attribute.name()).orElse(null), attribute, after.modifiedAt());
            if (!others.isEmpty()) {
                changed.add(new Attribute(attribute.name(), others));
            }
        }
        for (Attribute attribute : before.attributes()) {
            if (after.findAttribute(attribute.name()).isEmpty()) {
                changed.add(gone(attribute, after.modifiedAt()));
            }
        }
        if (!before.scopes().equals(after.scopes())) {
            changed.add(scopes(after.scopes(), after.modifiedAt()));
        }
        return changed.isEmpty() ? null : pack(changed);
    }

    /** That nothing is left of an entity; when, is known when it is written. */
    static PackedEntity ofDeleted(Entity before) {
        List<Attribute> changed = new ArrayList<>();
        before.attributes().forEach(attribute -> changed.add(gone(attribute, 0)));
        if (!before.scopes().isEmpty()) {
            changed.add(scopes(List.of(), 0));
        }
        return pack(changed);
    }

    /** The instances of an attribute that were not there or were others, and those that are gone. */
    private static List<AttributeInstance> others(@Nullable Attribute before, Attribute after, long at) {
        if (before == null) {
            return after.instances();
        }
        List<AttributeInstance> others = new ArrayList<>();
        for (AttributeInstance instance : after.instances()) {
            if (before.findInstance(instance.datasetId())
                    .filter(instance::equals)
                    .isEmpty()) {
                others.add(instance);
            }
        }
        for (AttributeInstance instance : before.instances()) {
            if (after.findInstance(instance.datasetId()).isEmpty()) {
                others.add(instance.gone(at, at));
            }
        }
        return others;
    }

    private static Attribute gone(Attribute attribute, long at) {
        return new Attribute(
                attribute.name(),
                attribute.instances().stream()
                        .map(instance -> instance.gone(at, at))
                        .toList());
    }

    /** Scopes are observed when they change (clause 4.5.6); without any, they are gone. */
    private static Attribute scopes(List<String> scopes, long at) {
        ArrayNode texts = Json.array();
        scopes.forEach(texts::add);
        AttributeInstance instance = new AttributeInstance(
                AttributeType.PROPERTY, texts, "", Timestamps.format(at), null, null, at, at, 0, List.of());
        return new Attribute(SeriesSelector.SCOPE, List.of(scopes.isEmpty() ? instance.gone(at, at) : instance));
    }

    private static PackedEntity pack(List<Attribute> attributes) {
        return PackedEntity.pack(new Entity("", List.of(), List.of(), 0, 0, 0, attributes));
    }
}
