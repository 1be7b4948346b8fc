package city.emona.query;

import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Operand;

/**
 * What a query costs at most, estimated before it runs: in steps, of which a core does about ten million in a second. The estimate is the
 * number of candidates times what is done to each.
 */
public final class QueryCost {
    private static final long SELECT = 1;
    private static final long PATTERN = 20;
    private static final long UNPACK = 20;
    private static final long TERM = 1;
    private static final long LINK = 30;
    private static final long GEOMETRY = 5;
    private static final long ORDER = 20;

    /** How many literals of a list, or positions of a geometry, one step looks at. */
    private static final long MANY = 10;

    private static final int FEW = 1_000;

    private QueryCost() {}

    /**
     * The cost of a query in steps.
     *
     * @param candidates how many entities it has to look at
     */
    public static long steps(EntityQuery query, long candidates) {
        long looked = isPage(query) ? Math.min(candidates, (long) query.offset() + query.limit() + 1) : candidates;
        return looked * ofOne(query);
    }

    /** Whether a query is light whatever there is: one of few entities in the order of their ids, each of which matches. */
    public static boolean isLight(EntityQuery query) {
        return isPage(query) && query.offset() <= FEW && query.limit() <= FEW;
    }

    /** Whether every candidate matches, so that the run ends with the page. */
    private static boolean isPage(EntityQuery query) {
        return query.ordering().isById() && query.filter().findOnlyType().isPresent();
    }

    /** The steps that each candidate takes. */
    private static long ofOne(EntityQuery query) {
        EntityFilter filter = query.filter();
        long steps = SELECT;
        for (EntitySelector selector : filter.selectors()) {
            steps += SELECT + (selector.idPattern() == null ? 0 : PATTERN);
        }
        if (!filter.isOnlySelectors() || !query.ordering().isById()) {
            steps += UNPACK;
        }
        if (filter.condition() != null) {
            steps += filter.condition().terms().stream()
                    .mapToLong(QueryCost::ofTerm)
                    .sum();
        }
        if (filter.geo() != null) {
            steps += GEOMETRY + filter.geo().reference().positions() / MANY;
        }
        int distances =
                query.ordering().from() == null ? 0 : query.ordering().from().positions();
        return steps + query.ordering().terms().size() * (ORDER + distances / MANY);
    }

    private static long ofTerm(Condition term) {
        return switch (term) {
            case Exists(var path) -> TERM + path.links().size() * LINK;
            case Comparison comparison ->
                TERM + comparison.path().links().size() * LINK + ofOperand(comparison.operand());
            case Condition.And _, Condition.Or _ -> throw new IllegalArgumentException("no term: " + term);
        };
    }

    private static long ofOperand(Operand operand) {
        return switch (operand) {
            case Operand.OneOf(var literals) -> literals.size() / MANY;
            case Operand.Range _ -> TERM;
            case Operand.Matching _ -> PATTERN;
        };
    }
}
