package city.emona.query;

/**
 * A query for entities (ETSI GS CIM 009 clause 5.7.2).
 *
 * @param filter which entities are meant
 * @param ordering the order of the results; those that it does not tell apart are ordered by id
 * @param limit how many entities to give at most; 0 only to count
 * @param offset how many to pass over first
 * @param count whether to count all that match
 */
public record EntityQuery(EntityFilter filter, Ordering ordering, int limit, int offset, boolean count) {

    /** How many entities are given where the caller does not say. */
    public static final int DEFAULT_LIMIT = 20;

    /** How many entities are given at most. */
    public static final int MAX_LIMIT = 1_000;

    /** The first {@value #DEFAULT_LIMIT} entities that a filter means, ordered by id. */
    public static EntityQuery of(EntityFilter filter) {
        return new EntityQuery(filter, Ordering.BY_ID, DEFAULT_LIMIT, 0, false);
    }

    /** All entities of a type, the first {@value #DEFAULT_LIMIT}. */
    public static EntityQuery ofType(String type) {
        return of(EntityFilter.ofType(type));
    }

    public EntityQuery withOrdering(Ordering changed) {
        return new EntityQuery(filter, changed, limit, offset, count);
    }

    public EntityQuery withLimit(int changed) {
        return new EntityQuery(filter, ordering, changed, offset, count);
    }

    public EntityQuery withOffset(int changed) {
        return new EntityQuery(filter, ordering, limit, changed, count);
    }

    public EntityQuery withCount() {
        return new EntityQuery(filter, ordering, limit, offset, true);
    }
}
