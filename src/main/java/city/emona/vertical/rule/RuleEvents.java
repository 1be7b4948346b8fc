package city.emona.vertical.rule;

import city.emona.context.Entity;

/** Takes what becomes of rules; where it cannot, it throws, and is called again later. Times are epoch milliseconds. */
interface RuleEvents {
    /** The tests of a rule that waits began to hold. */
    void began(Watch watch, String entityId, long since);

    /** They did not hold long enough. */
    void ceased(Watch watch, String entityId);

    /**
     * An alert is raised.
     *
     * @param since when the tests began to hold
     */
    void raised(Watch watch, Entity entity, long since, long at);

    /**
     * An alert is over.
     *
     * @param gone whether because the entity is no more
     */
    void cleared(Watch watch, String entityId, boolean gone, long at);
}
