package city.emona.query;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A value written in a query (ETSI GS CIM 009 clause 4.9). */
public sealed interface Literal {
    /**
     * A number, compared by value: {@code 1.0} equals {@code 1}.
     *
     * @param isLong whether it is a whole number of at most 18 digits
     * @param longValue the number, where it is one
     */
    record Numeric(BigDecimal value, boolean isLong, long longValue) implements Literal {
        static Numeric of(BigDecimal value) {
            boolean isLong = value.scale() <= 0 && value.precision() - value.scale() <= 18;
            return new Numeric(value, isLong, isLong ? value.longValueExact() : 0);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Numeric number && number.value.compareTo(value) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value.doubleValue());
        }
    }

    /**
     * A text, or a URI.
     *
     * @param moment the date, time or date-time that the text spells, for comparison with values that are such; null where it spells none
     */
    record Text(String value, @Nullable Moment moment) implements Literal {}

    /** True or false. */
    record Truth(boolean value) implements Literal {}

    /** A date, a time or a date-time, written without quotes. */
    record Temporal(Moment moment, String text) implements Literal {}

    /** Whether two literals are of one kind, so that they can be the ends of a range. */
    default boolean isSameKind(Literal other) {
        return switch (this) {
            case Numeric _ -> other instanceof Numeric;
            case Text _ -> other instanceof Text;
            case Truth _ -> other instanceof Truth;
            case Temporal temporal -> other instanceof Temporal end && temporal.moment.kind() == end.moment.kind();
        };
    }
}
