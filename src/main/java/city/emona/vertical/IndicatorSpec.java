package city.emona.vertical;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number by which a city steers (Slovene: kazalnik), in data a KeyPerformanceIndicator of the Smart Data Models.
 *
 * @param id unique in the vertical
 * @param description how the number comes about, in words
 * @param unit behind the number; empty for none
 * @param every how often it is computed, apart from when its inputs change
 * @param target what is aimed at; null where there is none
 * @param measure the URN of the measure of the strategy that it serves; empty for none
 */
public record IndicatorSpec(
        String id,
        LocalizedText title,
        LocalizedText description,
        String unit,
        int decimals,
        Computation computation,
        Duration every,
        @Nullable Target target,
        String measure,
        List<IndicatorExample> examples) {
    public IndicatorSpec {
        examples = List.copyOf(examples);
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException("the indicator " + id + " has " + decimals + " decimals");
        }
    }

    public Optional<Target> findTarget() {
        return Optional.ofNullable(target);
    }

    /** How the number comes about. Names of types and attributes are expanded. */
    public sealed interface Computation {
        /**
         * From the current state of entities.
         *
         * @param attribute whose numbers are summed up; empty for counts and shares
         * @param where which entities count; null for all. For a share it is the part, and all entities of the type are the whole
         */
        record Current(String type, Method method, String attribute, RuleTest.@Nullable Matches where)
                implements Computation {
            public Current {
                boolean counts = method == Method.COUNT || method == Method.SHARE;
                if (counts != attribute.isEmpty()) {
                    throw new IllegalArgumentException(
                            counts
                                    ? "a count or a share is of entities, not of an attribute"
                                    : "an attribute is missing");
                }
                if (method == Method.SHARE && where == null) {
                    throw new IllegalArgumentException("a share needs »where«, which says of which part");
                }
            }
        }

        /** From the numbers that all entities of a type had in the last so much time. */
        record Past(String type, Method method, String attribute, Duration over) implements Computation {
            public Past {
                if (method == Method.MEDIAN || method == Method.SHARE) {
                    throw new IllegalArgumentException("history has count, sum, average, minimum and maximum");
                }
            }
        }

        /** From other indicators of the same vertical. */
        record Calculated(Formula formula) implements Computation {}

        /** From what people read and enter. */
        record Manual() implements Computation {}
    }

    /** How many numbers become one. */
    public enum Method {
        COUNT,
        SUM,
        AVERAGE,
        MINIMUM,
        MAXIMUM,
        MEDIAN,
        SHARE
    }

    /**
     * What is aimed at.
     *
     * @param atLeast whether more is better, rather than less
     * @param by the last day to reach it; null where it always holds
     * @param start where the way to it began; null where that is not known
     */
    public record Target(
            boolean atLeast,
            double value,
            @Nullable LocalDate by,
            @Nullable Start start) {
        public Target {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the target is " + value);
            }
            if (start != null && (by == null || !start.on().isBefore(by))) {
                throw new IllegalArgumentException("a start needs »by«, a later day");
            }
        }

        /** Whether a value is what is aimed at. */
        public boolean isMetBy(double reading) {
            return atLeast ? reading >= value : reading <= value;
        }
    }

    /** A value on a day. */
    public record Start(double value, LocalDate on) {}
}
