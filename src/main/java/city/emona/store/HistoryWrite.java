package city.emona.store;

import city.emona.context.AttributeInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change-set does to the history of one entity, apart from what its changes of current state leave there by themselves. */
public sealed interface HistoryWrite {
    /** The id of the entity. */
    String entityId();

    /**
     * Adds instances, wherever in time they belong. Current state stays as it is. What has the same dataset and the same {@code observedAt}
     * as an instance that is there takes its place. Where there is no history, one begins.
     *
     * @param types expanded; they are added to those of the history
     * @param additions in any order of time. Scopes stand as the attribute {@link SeriesSelector#SCOPE}
     */
    record Append(String entityId, List<String> types, List<Addition> additions) implements HistoryWrite {
        public Append {
            types = List.copyOf(types);
            additions = List.copyOf(additions);
        }
    }

    /**
     * An instance that is added.
     *
     * @param attribute the expanded name
     */
    record Addition(String attribute, AttributeInstance instance) {}

    /** Puts an instance in the place of another, whose id it keeps. Without that other, nothing happens. */
    record ReplaceInstance(String entityId, String attribute, InstanceId id, AttributeInstance instance)
            implements HistoryWrite {}

    /** Deletes an instance. */
    record DeleteInstance(String entityId, String attribute, InstanceId id) implements HistoryWrite {}

    /**
     * Deletes the history of an attribute.
     *
     * @param datasetId the dataset, or an empty text for the default one; null for all
     */
    record DeleteSeries(
            String entityId, String attribute, @Nullable String datasetId) implements HistoryWrite {}

    /**
     * Puts back what was exported from a history, each instance with its id. What is there with that id stays as it is. A change-set has at
     * most one for each entity.
     *
     * @param header what is known of an entity that does not exist; null where the history alone is put back
     */
    record Restore(String entityId, @Nullable HistoryHeader header, List<Series> series, List<RestoredTimes> times)
            implements HistoryWrite {
        public Restore {
            series = List.copyOf(series);
            times = List.copyOf(times);
        }
    }

    /** Hours and days of a series that are put back; those that are there stay as they are. */
    record RestoredTimes(String attribute, String datasetId, List<RollUp> rollUps) {
        public RestoredTimes {
            rollUps = List.copyOf(rollUps);
        }
    }

    /** Deletes all history of an entity. Where the entity exists, a new history begins with its next change. */
    record DeleteEntity(String entityId) implements HistoryWrite {}
}
