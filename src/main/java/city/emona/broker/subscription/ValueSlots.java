package city.emona.broker.subscription;

import city.emona.context.PackedValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that test the value of the same attribute. A number is looked up as a double, which may be one beside the nearest; what
 * is neither a number nor a text, such as an array, may contain anything, so it meets all. Guarded by the index.
 */
final class ValueSlots {
    private final Map<Double, List<Slot>> byNumber = new HashMap<>();
    private final Map<String, List<Slot>> byText = new HashMap<>();
    private final NavigableMap<Double, List<Slot>> byLeast = new TreeMap<>();
    private final NavigableMap<Double, List<Slot>> byMost = new TreeMap<>();

    void change(ValueTest test, Slot slot, boolean added) {
        switch (test) {
            case ValueTest.IsNumber is ->
                is.numbers().forEach(number -> SlotGroup.change(byNumber, withoutSignOfZero(number), slot, added));
            case ValueTest.IsText is -> is.texts().forEach(text -> SlotGroup.change(byText, text, slot, added));
            case ValueTest.AtLeast is -> SlotGroup.change(byLeast, withoutSignOfZero(is.least()), slot, added);
            case ValueTest.AtMost is -> SlotGroup.change(byMost, withoutSignOfZero(is.most()), slot, added);
        }
    }

    /** As a key, -0.0 is another number than 0.0. */
    private static double withoutSignOfZero(double number) {
        return number + 0.0;
    }

    boolean isEmpty() {
        return byNumber.isEmpty() && byText.isEmpty() && byLeast.isEmpty() && byMost.isEmpty();
    }

    void visit(PackedValue value, Consumer<Slot> visitor) {
        if (value == PackedValue.ABSENT) {
            return;
        }
        if (value.isNumber()) {
            visitNumber(withoutSignOfZero(value.number()), visitor);
        } else if (value.isText()) {
            if (!byText.isEmpty()) {
                visit(byText.get(value.text()), visitor);
            }
        } else {
            byNumber.values().forEach(slots -> slots.forEach(visitor));
            byText.values().forEach(slots -> slots.forEach(visitor));
            byLeast.values().forEach(slots -> slots.forEach(visitor));
            byMost.values().forEach(slots -> slots.forEach(visitor));
        }
    }

    private void visitNumber(double number, Consumer<Slot> visitor) {
        double below = withoutSignOfZero(Math.nextDown(number));
        double above = withoutSignOfZero(Math.nextUp(number));
        if (!byNumber.isEmpty()) {
            visit(byNumber.get(below), visitor);
            visit(byNumber.get(number), visitor);
            visit(byNumber.get(above), visitor);
        }
        byLeast.headMap(above, true).values().forEach(slots -> slots.forEach(visitor));
        byMost.tailMap(below, true).values().forEach(slots -> slots.forEach(visitor));
    }

    private static void visit(@Nullable List<Slot> slots, Consumer<Slot> visitor) {
        if (slots != null) {
            slots.forEach(visitor);
        }
    }
}
