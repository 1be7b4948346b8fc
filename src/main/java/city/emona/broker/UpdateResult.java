package city.emona.broker;

import java.util.List;

/**
 * What became of the attributes of a fragment (ETSI GS CIM 009 clause 5.2.18).
 *
 * @param updated the expanded names that were written
 * @param notUpdated the others
 */
public record UpdateResult(List<String> updated, List<NotUpdated> notUpdated) {
    public UpdateResult {
        updated = List.copyOf(updated);
        notUpdated = List.copyOf(notUpdated);
    }

    /** An attribute that was not written, with the reason as a sentence. */
    public record NotUpdated(String attributeName, String reason) {}
}
