package city.emona.vertical;

import city.emona.geo.Geometry;
import city.emona.query.Condition;
import java.time.Duration;

/** One thing that a rule asks of an entity. Names of types and attributes are expanded. */
public sealed interface RuleTest {
    /**
     * The current state fulfils a condition of the query language (ETSI GS CIM 009 clause 4.9).
     *
     * @param text the condition as the author wrote it
     */
    record Matches(Condition condition, String text) implements RuleTest {}

    /**
     * A number has changed much in a short time: it is so much more than the least, or less than the greatest, of the time before.
     *
     * @param rises whether up, rather than down
     */
    record Changes(String attribute, boolean rises, double by, Duration within) implements RuleTest {
        public Changes {
            if (!(by > 0) || !Double.isFinite(by)) {
                throw new IllegalArgumentException("a change is by more than 0, not " + by);
            }
        }
    }

    /** Nothing was said of an attribute for a time. What was observed counts from when it was observed. */
    record Absent(String attribute, Duration after) implements RuleTest {}

    /**
     * The entity lies within a fence, or outside of it. An entity without a place does neither.
     *
     * @param inside whether within
     */
    record Lies(boolean inside, Fence fence) implements RuleTest {}

    /** A part of the city. */
    sealed interface Fence {
        /** An area of its own. */
        record Area(Geometry geometry) implements Fence {}

        /**
         * An entity and what is around it.
         *
         * @param meters how far away still counts; 0 for the place of the entity itself
         */
        record Around(String entityId, double meters) implements Fence {
            public Around {
                if (!(meters >= 0) || !Double.isFinite(meters)) {
                    throw new IllegalArgumentException("the distance from a fence is " + meters);
                }
            }
        }
    }

    /**
     * A number is more, or less, than {@code factor} times that of other entities and {@code by}.
     *
     * @param above whether more
     */
    record Compares(String attribute, boolean above, double factor, double by, Reference reference)
            implements RuleTest {
        public Compares {
            if (!Double.isFinite(factor) || !Double.isFinite(by)) {
                throw new IllegalArgumentException("a comparison is with " + factor + " times and " + by);
            }
        }
    }

    /** The number that others have: of all other entities of a type together, or of the nearest. */
    record Reference(String type, String attribute, Kind kind) {
        /** Which number of the others counts. */
        public enum Kind {
            AVERAGE,
            MINIMUM,
            MAXIMUM,
            MEDIAN,
            SUM,
            NEAREST
        }
    }
}
