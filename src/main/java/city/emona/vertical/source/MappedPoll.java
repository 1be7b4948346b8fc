package city.emona.vertical.source;

import city.emona.context.Entity;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the records of one poll became.
 *
 * @param entities one for each id: the newest observation
 * @param json the same entities as the mapping wrote them
 * @param rejected the records that became no entity, and those that became one only partly
 * @param accepted how many records became entities
 * @param passedOver how many records the mapping made nothing of on purpose
 * @param newestObservation epoch milliseconds; empty when nothing says when it was observed
 */
record MappedPoll(
        List<Entity> entities,
        List<ObjectNode> json,
        List<RejectedRecord> rejected,
        int accepted,
        int passedOver,
        OptionalLong newestObservation) {

    int rejectedCount() {
        return (int) rejected.stream().filter(r -> !r.partly()).count();
    }

    /** How many accepted records lost something. */
    int incompleteCount() {
        return (int) rejected.stream().filter(RejectedRecord::partly).count();
    }
}
