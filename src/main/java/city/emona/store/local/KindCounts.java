package city.emona.store.local;

import city.emona.context.AttributeType;
import city.emona.context.EntityKind;
import city.emona.store.Inventory;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts entities by type, and the attributes that those of a type have. One thread changes it; any number read it without waiting. */
final class KindCounts {
    private final Map<String, TypeCount> types = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> instances = new ConcurrentHashMap<>();

    /** The entities of a type, and for each attribute how many of them have it as which attribute type. */
    private static final class TypeCount {
        final AtomicLong entities = new AtomicLong();
        final Map<String, Map<AttributeType, AtomicLong>> attributes = new ConcurrentHashMap<>();

        Map<AttributeType, AtomicLong> of(String attribute) {
            return attributes.computeIfAbsent(attribute, _ -> new ConcurrentHashMap<>());
        }
    }

    /** Counts entities of a kind, or takes them away with a negative number. */
    void add(EntityKind kind, long number) {
        for (String type : kind.types()) {
            TypeCount count = types.computeIfAbsent(type, _ -> new TypeCount());
            for (EntityKind.Part part : kind.parts()) {
                Map<AttributeType, AtomicLong> kinds = count.of(part.attribute());
                add(kinds, part.type(), number);
                if (kinds.isEmpty()) {
                    count.attributes.remove(part.attribute());
                }
            }
            if (count.entities.addAndGet(number) == 0) {
                types.remove(type);
            }
        }
        for (EntityKind.Part part : kind.parts()) {
            add(instances, part.attribute(), number * part.instances());
        }
    }

    private static <K> void add(Map<K, AtomicLong> counts, K key, long number) {
        if (counts.computeIfAbsent(key, _ -> new AtomicLong()).addAndGet(number) == 0) {
            counts.remove(key);
        }
    }

    KindCounts copy() {
        KindCounts copy = new KindCounts();
        types.forEach((type, count) -> {
            TypeCount own = new TypeCount();
            own.entities.set(count.entities.get());
            count.attributes.forEach((attribute, kinds) -> {
                Map<AttributeType, AtomicLong> copied = own.of(attribute);
                kinds.forEach((kind, number) -> copied.put(kind, new AtomicLong(number.get())));
            });
            copy.types.put(type, own);
        });
        instances.forEach((attribute, number) -> copy.instances.put(attribute, new AtomicLong(number.get())));
        return copy;
    }

    Inventory inventory() {
        SortedMap<String, Inventory.OfType> byType = new TreeMap<>();
        types.forEach((type, count) -> {
            SortedMap<String, Set<AttributeType>> attributes = new TreeMap<>();
            count.attributes.forEach((attribute, kinds) -> {
                Set<AttributeType> occurring = EnumSet.noneOf(AttributeType.class);
                occurring.addAll(kinds.keySet());
                attributes.put(attribute, occurring);
            });
            byType.put(type, new Inventory.OfType(count.entities.get(), attributes));
        });
        SortedMap<String, Long> byAttribute = new TreeMap<>();
        instances.forEach((attribute, number) -> byAttribute.put(attribute, number.get()));
        return new Inventory(byType, byAttribute);
    }
}
