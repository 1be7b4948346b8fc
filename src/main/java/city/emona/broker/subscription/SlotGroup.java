package city.emona.broker.subscription;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import city.emona.geo.Bounds;
import city.emona.geo.Geometry;
import city.emona.query.EntityFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Subscriptions that are told apart by a test of one value of the entity, made without unpacking it: whoever is not met does not match.
 * Guarded by the index.
 */
final class SlotGroup {
    private final List<Slot> others = new ArrayList<>();
    private final Map<String, ValueSlots> byValue = new HashMap<>();
    private final Map<String, List<Area>> byArea = new HashMap<>();
    private int size;

    /** A box outside which a subscription does not match. */
    private record Area(Bounds box, Slot slot) {}

    boolean isEmpty() {
        return size == 0;
    }

    void change(Slot slot, boolean added) {
        size += added ? 1 : -1;
        EntityFilter filter = slot.live().subscription().filter();
        ValueTest test = ValueTest.find(filter.condition());
        if (test != null) {
            ValueSlots slots = byValue.computeIfAbsent(test.attribute(), _ -> new ValueSlots());
            slots.change(test, slot, added);
        } else if (filter.geo() != null && !filter.geo().bounds().isEmpty()) {
            List<Area> areas = byArea.computeIfAbsent(filter.geo().property(), _ -> new ArrayList<>());
            if (added) {
                filter.geo().bounds().forEach(box -> areas.add(new Area(box, slot)));
            } else {
                areas.removeIf(area -> area.slot == slot);
            }
        } else if (added) {
            others.add(slot);
        } else {
            others.remove(slot);
        }
    }

    void visit(PackedEntity entity, Consumer<Slot> visitor) {
        others.forEach(visitor);
        byValue.forEach((attribute, slots) -> slots.visit(entity.look(attribute), visitor));
        byArea.forEach((property, areas) -> visit(areas, entity.look(property), visitor));
    }

    private static void visit(List<Area> areas, PackedValue value, Consumer<Slot> visitor) {
        if (value == PackedValue.SEVERAL) {
            areas.forEach(area -> visitor.accept(area.slot));
        } else if (value.type() == AttributeType.GEO_PROPERTY && value.isJson()) {
            Bounds target = Geometry.of(value.json()).bounds();
            for (Area area : areas) {
                if (area.box.intersects(target)) {
                    visitor.accept(area.slot);
                }
            }
        }
    }
}
