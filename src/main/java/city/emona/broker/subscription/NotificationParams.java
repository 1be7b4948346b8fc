package city.emona.broker.subscription;

import city.emona.context.Representation;

/**
 * What notifications hold and where they go (ETSI GS CIM 009 clause 5.2.14).
 *
 * @param representation how entities are shown
 * @param joinLevel over how many relationships in a row linked entities are part of it
 * @param showChanges whether the values before are told too
 */
public record NotificationParams(
        Endpoint endpoint, Representation representation, Join join, int joinLevel, boolean showChanges) {
    /** How linked entities are part of a notification (clause 4.5.23). */
    public enum Join {
        NONE,
        INLINE,
        FLAT
    }
}
