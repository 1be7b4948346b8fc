package city.emona.portal;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What one series says in a span of time, as much of it as people look at. Times are epoch microseconds. */
sealed interface Trace {
    /** Whether there is nothing to be seen, because the value was the same all the time. */
    boolean isFlat();

    /** Nothing was said. */
    record Nothing() implements Trace {
        @Override
        public boolean isFlat() {
            return true;
        }
    }

    /**
     * Numbers.
     *
     * @param samples by time
     * @param areMeans whether each sample sums up what is in a bucket
     * @param areRolledUp whether of some hours or days only the mean and the extent are kept
     * @param count how many values there are
     * @param others how many values are no numbers, and left out
     */
    record Numbers(
            List<Sample> samples,
            boolean areMeans,
            boolean areRolledUp,
            long count,
            Sample lowest,
            Sample highest,
            Sample latest,
            long others)
            implements Trace {
        public Numbers {
            samples = List.copyOf(samples);
        }

        @Override
        public boolean isFlat() {
            return lowest.value() == highest.value();
        }
    }

    /**
     * One number, or what sums up the numbers in a bucket.
     *
     * @param at the time of the number, or where the bucket begins
     * @param end the same time, or where the bucket ends
     * @param value the number, or the mean
     */
    record Sample(long at, long end, double value, double least, double most, long count) {
        static Sample single(long at, double value) {
            return new Sample(at, at, value, value, value, 1);
        }

        /** Where it stands on a chart. */
        long middle() {
            return at + (end - at) / 2;
        }
    }

    /**
     * Texts, states and all else: what was said and how long it held.
     *
     * @param stretches by time; neighbours differ
     * @param areAll whether there was nothing before them in the span that is left out
     */
    record Words(List<Stretch> stretches, boolean areAll) implements Trace {
        public Words {
            stretches = List.copyOf(stretches);
        }

        @Override
        public boolean isFlat() {
            return stretches.size() == 1;
        }
    }

    /**
     * A value for as long as it held.
     *
     * @param end null where it is not known how long
     */
    record Stretch(long at, OptionalLong end, JsonNode value) {}
}
