package city.emona.vertical;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One number that sums a view up, with its words.
 *
 * @param id a short name, unique in the vertical
 * @param title what the number says: »Prosta kolesa v mestu«
 * @param column the column that is summed up; null only to count entities
 * @param range with {@link Aggregate#COUNT}: which values are counted; null for all
 * @param unit behind the number; empty for none
 * @param decimals how many decimal places are shown
 * @param onHome whether the number also stands on the home page
 */
public record KeyFigure(
        String id,
        LocalizedText title,
        Aggregate aggregate,
        @Nullable Column column,
        @Nullable Range range,
        String unit,
        int decimals,
        boolean onHome) {
    public KeyFigure {
        if (column == null && (aggregate != Aggregate.COUNT || range != null)) {
            throw new IllegalArgumentException("key figure " + id + " needs an attribute");
        }
        if (range != null && aggregate != Aggregate.COUNT) {
            throw new IllegalArgumentException("key figure " + id + " has a range, which only counts have");
        }
    }

    public Optional<Column> findColumn() {
        return Optional.ofNullable(column);
    }

    /**
     * The values from {@code from}, included, to {@code to}, excluded.
     *
     * @param from null for no lower bound
     * @param to null for no upper bound
     */
    public record Range(@Nullable Double from, @Nullable Double to) {
        /** Whether a value lies inside. */
        public boolean contains(double value) {
            return (from == null || value >= from) && (to == null || value < to);
        }
    }
}
