package city.emona.vertical.source;

import city.emona.context.Entity;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * What some records became.
 *
 * @param observations one for each entity: the newest
 * @param rejected the records that became no entity, and those that became one only partly
 * @param accepted how many records became entities
 * @param passedOver how many records the mapping made nothing of on purpose
 */
record MappedPoll(List<Observation> observations, List<RejectedRecord> rejected, int accepted, int passedOver) {
    /**
     * An entity that a record became.
     *
     * @param json the same as the mapping wrote it
     * @param atMillis when it was observed; {@link Long#MIN_VALUE} when nothing says it
     */
    record Observation(Entity entity, ObjectNode json, long atMillis) {}

    List<Entity> entities() {
        return observations.stream().map(Observation::entity).toList();
    }

    List<ObjectNode> json() {
        return observations.stream().map(Observation::json).toList();
    }

    /** Epoch milliseconds; empty when nothing says when it was observed. */
    OptionalLong newestObservation() {
        return observations.stream()
                .mapToLong(Observation::atMillis)
                .filter(at -> at > Long.MIN_VALUE)
                .max();
    }

    int rejectedCount() {
        return (int) rejected.stream().filter(r -> !r.partly()).count();
    }

    /** How many accepted records lost something. */
    int incompleteCount() {
        return (int) rejected.stream().filter(RejectedRecord::partly).count();
    }
}
