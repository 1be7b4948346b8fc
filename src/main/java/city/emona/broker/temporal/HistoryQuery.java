package city.emona.broker.temporal;

import city.emona.query.EntityFilter;

/**
 * A query for the temporal evolution of entities (ETSI GS CIM 009 clause 5.7.4).
 *
 * @param filter which entities are meant; its conditions are asked of the instances that {@code temporal} means
 * @param rolledUp whether hours and days of which the instances are no longer kept count as instances
 * @param descending whether the entities come in the reverse order of their ids
 * @param limit how many entities to give at most; 0 only to count
 * @param offset how many to pass over first
 * @param count whether to count all that match
 */
public record HistoryQuery(
        EntityFilter filter,
        TemporalQuery temporal,
        boolean rolledUp,
        boolean descending,
        int limit,
        int offset,
        boolean count) {
    private static final int FEW = 1_000;

    /** Whether each entity costs little and few are looked at. */
    boolean isLight() {
        return !count
                && !descending
                && offset <= FEW
                && filter.condition() == null
                && filter.geo() == null
                && filter.scopes() == null;
    }
}
