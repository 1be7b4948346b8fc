package city.emona.vertical;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the entities of a view stand on the map: shape by kind, colour by class, size by quantity.
 *
 * @param shape the shape of every symbol of this layer, so that colour is never the only carrier
 * @param colourBy the column whose classes give the colour
 * @param palette which ordered colours the classes take
 * @param classes in ascending order; the last one has no upper bound
 * @param sizeBy the column whose value gives the size; null for one size
 * @param labelBy the column whose number is written on the symbol; null for none
 */
public record MapLayer(
        Shape shape,
        Column colourBy,
        Palette palette,
        List<ValueClass> classes,
        @Nullable Column sizeBy,
        @Nullable Column labelBy) {

    /** How many classes a layer may have. */
    public static final int MAX_CLASSES = 5;

    public MapLayer {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || classes.size() > MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "a map layer has 1 to " + MAX_CLASSES + " classes, not " + classes.size());
        }
        Double last = null;
        for (int i = 0; i < classes.size(); i++) {
            Double below = classes.get(i).below();
            boolean isLast = i == classes.size() - 1;
            if (isLast != (below == null) || (last != null && below != null && below <= last)) {
                throw new IllegalArgumentException(
                        "the bounds of map classes ascend, and only the last class has none: " + classes);
            }
            last = below;
        }
    }

    /** The shape of a symbol. */
    public enum Shape {
        CIRCLE,
        SQUARE,
        DIAMOND,
        TRIANGLE
    }

    /** An ordered set of colours that survives colour blindness, light and dark. */
    public enum Palette {
        /** From good to bad, for values that have a judgement. */
        QUALITY,
        /** From little to much, for plain quantities. */
        QUANTITY
    }

    /**
     * One class of values with its words.
     *
     * @param below the bound, which is not in the class itself; null for the last class
     * @param name in the legend and beside values: »dobra«
     */
    public record ValueClass(@Nullable Double below, LocalizedText name) {}

    public Optional<Column> findSizeBy() {
        return Optional.ofNullable(sizeBy);
    }

    public Optional<Column> findLabelBy() {
        return Optional.ofNullable(labelBy);
    }

    /** The place of a value's class in {@link #classes}. */
    public int classOf(double value) {
        for (int i = 0; i < classes.size() - 1; i++) {
            Double below = classes.get(i).below();
            if (below != null && value < below) {
                return i;
            }
        }
        return classes.size() - 1;
    }
}
