package city.emona.portal;

import city.emona.portal.Trace.Sample;
import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Gathers one series in bounded memory, however many instances it has: numbers in buckets, single ones as long as they are few, and the
 * latest of all else. Not thread safe.
 */
final class SeriesGatherer implements SeriesScan {
    /** How many values that are no numbers are kept. */
    private static final int MOST_WORDS = 1_000;

    private final String dataset;
    private final long[] bounds;
    private final long now;
    private final double[] sums;
    private final double[] least;
    private final double[] most;
    private final long[] counts;
    private final List<Sample> singles = new ArrayList<>();
    private final List<Sample> coarse = new ArrayList<>();
    private final PriorityQueue<Said> said = new PriorityQueue<>(Comparator.comparingLong(Said::at));
    private boolean isWanted;
    private boolean isRolledUp;
    private long count;
    private long others;
    private @Nullable Sample lowest;
    private @Nullable Sample highest;
    private @Nullable Sample latest;

    /** A value that is no number. */
    record Said(long at, JsonNode value) {}

    /**
     * @param dataset the dataset that is wanted, or an empty text for the default one
     * @param bounds where buckets begin, and the end of the last
     * @param now epoch milliseconds; what has expired is left out
     */
    SeriesGatherer(String dataset, long[] bounds, long now) {
        this.dataset = dataset;
        this.now = now;
        this.bounds = bounds;
        this.sums = new double[bounds.length];
        this.least = new double[bounds.length];
        this.most = new double[bounds.length];
        this.counts = new long[bounds.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    @Override
    public void begin(String attribute, String datasetId) {
        isWanted = datasetId.equals(dataset);
    }

    @Override
    public void numbers(long[] micros, double[] values, int from, int to) {
        if (isWanted) {
            for (int i = from; i < to; i++) {
                number(micros[i], values[i]);
            }
        }
    }

    @Override
    public void point(long micros, HistoryPoint point) {
        if (!isWanted || point.isDeleted() || point.instance().isExpired(now)) {
            return;
        }
        JsonNode value = point.instance().value();
        if (value.isNumber()) {
            number(micros, value.doubleValue());
        } else {
            others++;
            said.add(new Said(micros, value));
            if (said.size() > MOST_WORDS) {
                said.poll();
            }
        }
    }

    /** Hours and days go into their bucket; those that are longer than it stay what they are. */
    @Override
    public void rolledUp(RollUp rollUp) {
        if (!isWanted || rollUp.numbers() == 0) {
            return;
        }
        isRolledUp = true;
        count += rollUp.numbers();
        double mean = rollUp.sum() / rollUp.numbers();
        int bucket = bucketOf(rollUp.from());
        if (bucket < 0 || bounds[bucket + 1] < rollUp.to()) {
            coarse.add(new Sample(rollUp.from(), rollUp.to(), mean, rollUp.least(), rollUp.most(), rollUp.numbers()));
        } else {
            sums[bucket] += rollUp.sum();
            counts[bucket] += rollUp.numbers();
            least[bucket] = Math.min(least[bucket], rollUp.least());
            most[bucket] = Math.max(most[bucket], rollUp.most());
        }
        extremes(rollUp.from(), rollUp.least(), rollUp.most(), mean);
    }

    private void number(long at, double value) {
        int bucket = bucketOf(at);
        if (bucket < 0) {
            return;
        }
        count++;
        sums[bucket] += value;
        counts[bucket]++;
        least[bucket] = Math.min(least[bucket], value);
        most[bucket] = Math.max(most[bucket], value);
        if (singles.size() <= BucketWidth.MOST) {
            singles.add(Sample.single(at, value));
        }
        extremes(at, value, value, value);
    }

    /** The bucket that a time is in; negative where it is in none. */
    private int bucketOf(long at) {
        int found = Arrays.binarySearch(bounds, at);
        int bucket = found >= 0 ? found : -found - 2;
        return bucket + 1 < bounds.length ? bucket : -1;
    }

    private void extremes(long at, double low, double high, double value) {
        if (latest == null || at >= latest.at()) {
            latest = Sample.single(at, value);
        }
        if (lowest == null || low < lowest.value() || (low == lowest.value() && at > lowest.at())) {
            lowest = Sample.single(at, low);
        }
        if (highest == null || high > highest.value() || (high == highest.value() && at > highest.at())) {
            highest = Sample.single(at, high);
        }
    }

    /** Whether there are too many numbers to show each, or hours and days among them. */
    boolean isMany() {
        return isRolledUp || count > BucketWidth.MOST;
    }

    /**
     * The numbers; {@link Trace.Nothing} where there are none.
     *
     * @param asMeans whether they are summed up
     */
    Trace numbers(boolean asMeans) {
        if (lowest == null || highest == null || latest == null) {
            return new Trace.Nothing();
        }
        List<Sample> samples = new ArrayList<>();
        if (asMeans) {
            for (int i = 0; i + 1 < bounds.length; i++) {
                if (counts[i] > 0) {
                    samples.add(
                            new Sample(bounds[i], bounds[i + 1], sums[i] / counts[i], least[i], most[i], counts[i]));
                }
            }
            samples.addAll(coarse);
        } else {
            samples.addAll(singles);
        }
        samples.sort(Comparator.comparingLong(Sample::at));
        return new Trace.Numbers(samples, asMeans, isRolledUp, count, lowest, highest, latest, others);
    }

    /** What is no number, by time. */
    List<Said> said() {
        return said.stream().sorted(Comparator.comparingLong(Said::at)).toList();
    }

    /** Whether nothing that is no number was left out. */
    boolean hasAllSaid() {
        return others == said.size();
    }
}
