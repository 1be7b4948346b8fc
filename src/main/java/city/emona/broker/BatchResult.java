package city.emona.broker;

import city.emona.problem.Problem;
import java.util.List;

/**
 * What became of the entities of a batch (ETSI GS CIM 009 clause 5.2.16), in the order of the request.
 *
 * @param created the ids that did not exist before
 * @param updated the other ids that were written
 * @param errors the elements that failed
 */
public record BatchResult(List<String> created, List<String> updated, List<Failure> errors) {
    public BatchResult {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        errors = List.copyOf(errors);
    }

    /**
     * An element that failed.
     *
     * @param entityId the id; empty where the element has none
     */
    public record Failure(String entityId, Problem problem) {}
}
