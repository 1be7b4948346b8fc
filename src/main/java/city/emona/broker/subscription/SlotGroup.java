package city.emona.broker.subscription;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import city.emona.geo.Geometry;
import city.emona.query.EntityFilter;
import city.emona.query.GeoQuery;
import city.emona.query.ScopeQuery;
import city.emona.query.ScopeQuery.ScopePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that are told apart by one thing that they ask of the entity, which is seen without unpacking it: whoever is not met does
 * not match. Guarded by the index.
 */
final class SlotGroup {
    private final List<Slot> others = new ArrayList<>();
    private final Map<String, ValueSlots> byValue = new HashMap<>();
    private final Map<String, AreaSlots> byArea = new HashMap<>();
    private final Map<String, List<Slot>> byScope = new HashMap<>();
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void change(Slot slot, boolean added) {
        size += added ? 1 : -1;
        EntityFilter filter = slot.live().subscription().filter();
        ValueTest value = ValueTest.find(filter.condition());
        GeoQuery geo = filter.geo();
        Set<String> scopes = scopes(filter.scopes());
        if (value != null && value.isExact()) {
            change(value, slot, added);
        } else if (geo != null && !geo.bounds().isEmpty()) {
            AreaSlots areas = byArea.computeIfAbsent(geo.property(), _ -> new AreaSlots());
            geo.bounds().forEach(box -> areas.change(box, slot, added));
            if (areas.isEmpty()) {
                byArea.remove(geo.property());
            }
        } else if (!scopes.isEmpty()) {
            scopes.forEach(scope -> change(byScope, scope, slot, added));
        } else if (value != null) {
            change(value, slot, added);
        } else if (added) {
            others.add(slot);
        } else {
            others.remove(slot);
        }
    }

    private void change(ValueTest test, Slot slot, boolean added) {
        ValueSlots slots = byValue.computeIfAbsent(test.attribute(), _ -> new ValueSlots());
        slots.change(test, slot, added);
        if (slots.isEmpty()) {
            byValue.remove(test.attribute());
        }
    }

    /** Adds a subscription to those of a key, or removes it. */
    static <K> void change(Map<K, List<Slot>> slots, K key, Slot slot, boolean added) {
        List<Slot> same = slots.computeIfAbsent(key, _ -> new ArrayList<>(1));
        if (added) {
            same.add(slot);
        } else {
            same.remove(slot);
        }
        if (same.isEmpty()) {
            slots.remove(key);
        }
    }

    /** Scopes of which an entity must have one, or one below; empty where it need not. */
    private static Set<String> scopes(@Nullable ScopeQuery query) {
        Set<String> starts = new HashSet<>();
        if (query != null) {
            for (Set<ScopePattern> all : query.alternatives()) {
                String start = all.iterator().next().literalStart();
                if (start.isEmpty()) {
                    return Set.of();
                }
                starts.add(start);
            }
        }
        return starts;
    }

    void visit(PackedEntity entity, Consumer<Slot> visitor) {
        others.forEach(visitor);
        byValue.forEach((attribute, slots) -> slots.visit(entity.look(attribute), visitor));
        byArea.forEach((property, areas) -> visit(areas, entity.look(property), visitor));
        if (!byScope.isEmpty()) {
            entity.scopes().forEach(scope -> visitScope(scope, visitor));
        }
    }

    private static void visit(AreaSlots areas, PackedValue value, Consumer<Slot> visitor) {
        if (value == PackedValue.SEVERAL) {
            areas.visitAll(visitor);
        } else if (value.type() == AttributeType.GEO_PROPERTY && value.isJson()) {
            areas.visit(Geometry.of(value.json()).bounds(), visitor);
        }
    }

    private void visitScope(String scope, Consumer<Slot> visitor) {
        for (int end = scope.indexOf('/', 1); ; end = scope.indexOf('/', end + 1)) {
            List<Slot> slots = byScope.get(end < 0 ? scope : scope.substring(0, end));
            if (slots != null) {
                slots.forEach(visitor);
            }
            if (end < 0) {
                return;
            }
        }
    }
}
