package city.emona.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribute: its expanded name and its instances, at most one for each dataset (clause 4.5.5).
 *
 * @param name the expanded name
 */
public record Attribute(String name, List<AttributeInstance> instances) {
    public Attribute {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("attribute " + name + " has no instance");
        }
        Bounds.require(instances.size(), Bounds.MAX_INSTANCES, "instances of one attribute");
        instances = List.copyOf(instances);
    }

    /** The instance of a dataset; an empty string asks for the default instance. */
    public Optional<AttributeInstance> findInstance(String datasetId) {
        for (AttributeInstance instance : instances) {
            if (instance.datasetId().equals(datasetId)) {
                return Optional.of(instance);
            }
        }
        return Optional.empty();
    }

    /** The default instance, or the first where there is none. */
    public AttributeInstance main() {
        return findInstance("").orElse(instances.getFirst());
    }

    /** The same attribute; instances that {@code earlier} had keep their creation times. */
    public Attribute withCreatedAtOf(Attribute earlier) {
        List<AttributeInstance> kept = new ArrayList<>(instances.size());
        for (AttributeInstance instance : instances) {
            kept.add(earlier.findInstance(instance.datasetId())
                    .map(instance::withCreatedAtOf)
                    .orElse(instance));
        }
        return new Attribute(name, kept);
    }

    /** Whether the two say the same, apart from the times of the system and the order of instances. */
    public boolean sameContent(Attribute other) {
        return name.equals(other.name)
                && instances.size() == other.instances.size()
                && instances.stream()
                        .allMatch(i -> other.findInstance(i.datasetId())
                                .filter(i::sameContent)
                                .isPresent());
    }

    static long firstExpiry(List<Attribute> attributes) {
        long first = 0;
        for (Attribute attribute : attributes) {
            for (AttributeInstance instance : attribute.instances) {
                first = earlier(first, earlier(instance.expiresAt(), firstExpiry(instance.attributes())));
            }
        }
        return first;
    }

    private static long earlier(long one, long other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }

    static List<Attribute> withoutExpired(List<Attribute> attributes, long now) {
        List<Attribute> kept = new ArrayList<>(attributes.size());
        for (Attribute attribute : attributes) {
            List<AttributeInstance> instances = new ArrayList<>(attribute.instances.size());
            for (AttributeInstance instance : attribute.instances) {
                if (instance.expiresAt() == 0 || instance.expiresAt() > now) {
                    instances.add(instance.withAttributes(withoutExpired(instance.attributes(), now)));
                }
            }
            if (!instances.isEmpty()) {
                kept.add(new Attribute(attribute.name, instances));
            }
        }
        return kept;
    }

    static boolean sameContent(List<Attribute> one, List<Attribute> other) {
        return one.size() == other.size()
                && one.stream().allMatch(a -> other.stream().anyMatch(a::sameContent));
    }
}
