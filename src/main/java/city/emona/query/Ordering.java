package city.emona.query;

import city.emona.geo.Geometry;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of a query's results (ETSI GS CIM 009 clause 4.23).
 *
 * @param terms what decides, the first first; empty for the order of ids
 * @param from the geometry that distances are measured from; null where none are
 * @param collation the order of texts as a BCP 47 tag; empty for that of the root
 */
public record Ordering(List<Term> terms, @Nullable Geometry from, String collation) {
    /** The order of ids. */
    public static final Ordering BY_ID = new Ordering(List.of(), null, "");

    /** How many terms an order may have. */
    private static final int MAX_TERMS = 20;

    public Ordering {
        terms = List.copyOf(terms);
    }

    /** What an order looks at, and which way. */
    public record Term(AttributePath path, Direction direction) {}

    /** Which way a term orders. */
    public enum Direction {
        ASCENDING,
        DESCENDING,
        NEAREST_FIRST,
        FARTHEST_FIRST;

        boolean isDistance() {
            return this == NEAREST_FIRST || this == FARTHEST_FIRST;
        }

        boolean isReversed() {
            return this == DESCENDING || this == FARTHEST_FIRST;
        }
    }

    public boolean isById() {
        return terms.isEmpty();
    }

    /**
     * Reads {@code orderBy}: paths joined by commas, each with {@code ;asc}, {@code ;desc}, {@code ;dist-asc} or {@code ;dist-desc} or
     * without.
     *
     * @throws Problem of type BadRequestData when the text is no order, or orders by distance and {@code from} is null
     */
    public static Ordering parse(String text, QueryNames names, @Nullable Geometry from, String collation) {
        if (text.length() > ConditionParser.MAX_LENGTH) {
            throw ConditionParser.tooComplex("ordered by more than " + ConditionParser.MAX_LENGTH + " characters");
        }
        Cursor in = new Cursor(text, "orderBy");
        PathParser paths = new PathParser(in, names);
        List<Term> terms = new ArrayList<>();
        do {
            if (terms.size() == MAX_TERMS) {
                throw ConditionParser.tooComplex("ordered by more than " + MAX_TERMS + " terms");
            }
            AttributePath path = paths.path();
            Direction direction = in.take(';') ? direction(in) : Direction.ASCENDING;
            if (!path.links().isEmpty()) {
                throw in.unexpected("an order cannot follow relationships.", "Order by attributes of the entity.");
            }
            if (direction.isDistance() && from == null) {
                throw Problem.badRequestData(
                        "orderBy asks for distances, and orderFrom is missing.",
                        "Add orderFrom with coordinates, for example [14.51,46.05].");
            }
            terms.add(new Term(path, direction));
        } while (in.take(','));
        in.requireEnd();
        return new Ordering(terms, from, EntityOrder.checkedCollation(collation));
    }

    private static Direction direction(Cursor in) {
        String word = in.until(",");
        return switch (word) {
            case "asc" -> Direction.ASCENDING;
            case "desc" -> Direction.DESCENDING;
            case "dist-asc" -> Direction.NEAREST_FIRST;
            case "dist-desc" -> Direction.FARTHEST_FIRST;
            default -> throw in.unexpected("»" + word + "« is no direction.", "Use asc, desc, dist-asc or dist-desc.");
        };
    }
}
