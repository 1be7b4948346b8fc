package city.emona.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an entity is made of, without its values: its types, and which attributes it has. Entities of a feed have few kinds, which
 * {@link #shared} makes one object each, so that a change of a value alone is seen by comparing references.
 *
 * @param types the expanded types
 * @param parts the attributes, in the order of the entity
 */
public record EntityKind(List<String> types, List<Part> parts) {
    /** Beyond this many different kinds, an entity keeps one of its own. */
    private static final int MAX_SHARED = 20_000;

    private static final Map<EntityKind, EntityKind> SHARED = new ConcurrentHashMap<>();

    public EntityKind {
        types = List.copyOf(types);
        parts = List.copyOf(parts);
    }

    /**
     * The instances of one attribute that have the same attribute type.
     *
     * @param attribute the expanded name
     * @param instances how many there are, one for each dataset
     */
    public record Part(String attribute, AttributeType type, int instances) {}

    static EntityKind of(Entity entity) {
        Builder builder = new Builder(entity.types());
        for (Attribute attribute : entity.attributes()) {
            builder.begin(attribute.name());
            attribute.instances().forEach(instance -> builder.add(instance.type()));
        }
        return builder.build();
    }

    /** Whether this is the kind of an entity; its types are known to be the same. */
    boolean fits(Entity entity) {
        List<Attribute> attributes = entity.attributes();
        if (attributes.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            Part part = parts.get(i);
            if (attribute.instances().size() != 1
                    || part.instances != 1
                    || attribute.instances().getFirst().type() != part.type
                    || !attribute.name().equals(part.attribute)) {
                return false;
            }
        }
        return true;
    }

    private EntityKind shared() {
        EntityKind known = SHARED.get(this);
        if (known == null && SHARED.size() < MAX_SHARED) {
            known = SHARED.putIfAbsent(this, this);
        }
        return known == null ? this : known;
    }

    /** Collects the parts of a kind, attribute by attribute. */
    static final class Builder {
        private final List<String> types;
        private final List<Part> parts = new ArrayList<>();
        private int first;
        private String attribute = "";

        Builder(List<String> types) {
            this.types = types;
        }

        void begin(String name) {
            attribute = name;
            first = parts.size();
        }

        void add(AttributeType type) {
            for (int i = first; i < parts.size(); i++) {
                if (parts.get(i).type() == type) {
                    parts.set(i, new Part(attribute, type, parts.get(i).instances() + 1));
                    return;
                }
            }
            parts.add(new Part(attribute, type, 1));
        }

        EntityKind build() {
            return new EntityKind(types, parts).shared();
        }
    }
}
