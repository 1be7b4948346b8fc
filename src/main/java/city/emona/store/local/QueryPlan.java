package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.EntityFilter;
import city.emona.query.GeoQuery;
import city.emona.query.Literal;
import city.emona.query.ScopeQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a filter's conditions rule entities out before they are looked at: whole blocks by the names and the limits of values that occur
 * in them, single entities by columns. It takes only conditions that must all hold and that one column decides, so that an entity which
 * fulfils the filter is never ruled out, not even while it changes. What is left is to be compared with the whole filter.
 */
final class QueryPlan {
    /** A list so short is looked at as it is: columns would not pay. */
    private static final int SHORT = Block.CAPACITY;

    private static final int MOST_TEXTS = 16;

    private final EntityFilter filter;
    private final List<ColumnTest> tests = new ArrayList<>();

    /** Whether the tests are all that the filter asks for, but for types and ids. */
    private boolean complete;

    private QueryPlan(EntityFilter filter) {
        this.filter = filter;
        this.complete = filter.attributes().isEmpty() && filter.datasets() == null;
    }

    static QueryPlan of(EntityFilter filter) {
        QueryPlan plan = new QueryPlan(filter);
        if (filter.condition() != null) {
            plan.add(filter.condition());
        }
        GeoQuery geo = filter.geo();
        if (geo != null && geo.bounds().isEmpty()) {
            plan.complete = false;
        } else if (geo != null) {
            plan.tests.add(new ColumnTest.Meeting(new ColumnKey(ColumnKey.Kind.BOX, geo.property()), geo));
        }
        ScopeQuery scopes = filter.scopes();
        if (scopes != null) {
            plan.tests.add(new ColumnTest.Scoped(new ColumnKey(ColumnKey.Kind.SCOPE, ""), scopes));
        }
        return plan;
    }

    /** Whether columns rule entities out. */
    boolean rulesOut() {
        return !tests.isEmpty();
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.And(var all) -> all.forEach(this::add);
            case Condition.Comparison(var path, var operator, var operand) -> {
                if (path.isPlainAttribute()) {
                    add(path, operator, operand);
                } else {
                    complete = false;
                }
            }
            case Condition.Or _, Condition.Exists _ -> complete = false;
        }
    }

    private void add(AttributePath path, Condition.Operator operator, Condition.Operand operand) {
        String attribute = path.attributes().getFirst();
        ColumnTest test =
                switch (operand) {
                    case Condition.Operand.OneOf(var literals) -> among(attribute, operator, literals);
                    case Condition.Operand.Range(var least, var most) ->
                        operator == Condition.Operator.EQUAL
                                        && least instanceof Literal.Numeric from
                                        && most instanceof Literal.Numeric to
                                ? numbers(attribute, from, to, true)
                                : null;
                    case Condition.Operand.Matching _ -> null;
                };
        if (test == null) {
            complete = false;
        } else {
            tests.add(test);
        }
    }

    private static @Nullable ColumnTest among(String attribute, Condition.Operator operator, List<Literal> literals) {
        Literal first = literals.getFirst();
        return switch (operator) {
            case EQUAL -> equal(attribute, literals);
            case GREATER, GREATER_OR_EQUAL ->
                first instanceof Literal.Numeric least ? numbers(attribute, least, null, true) : null;
            case LESS, LESS_OR_EQUAL ->
                first instanceof Literal.Numeric most ? numbers(attribute, null, most, true) : null;
            case UNEQUAL, MATCHES, MATCHES_NOT -> null;
        };
    }

    private static @Nullable ColumnTest equal(String attribute, List<Literal> literals) {
        if (literals.size() > MOST_TEXTS) {
            return null;
        }
        List<Literal.Numeric> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Literal literal : literals) {
            switch (literal) {
                case Literal.Numeric number -> numbers.add(number);
                case Literal.Text text -> texts.add(text.value());
                case Literal.Truth _, Literal.Temporal _ -> {
                    return null;
                }
            }
        }
        if (texts.isEmpty()) {
            return numbers(
                    attribute,
                    Collections.min(numbers, QueryPlan::compare),
                    Collections.max(numbers, QueryPlan::compare),
                    false);
        }
        return numbers.isEmpty()
                ? new ColumnTest.Texts(new ColumnKey(ColumnKey.Kind.TEXT, attribute), List.copyOf(texts))
                : null;
    }

    private static int compare(Literal.Numeric one, Literal.Numeric other) {
        return one.value().compareTo(other.value());
    }

    /** Rounding keeps the order, so what lies between two numbers still does when all are rounded. */
    private static ColumnTest numbers(
            String attribute, Literal.@Nullable Numeric least, Literal.@Nullable Numeric most, boolean all) {
        return new ColumnTest.Numbers(
                new ColumnKey(ColumnKey.Kind.NUMBER, attribute),
                least == null
                        ? NumberColumn.NONE + 1
                        : NumberColumn.ordered(least.value().doubleValue()),
                most == null
                        ? NumberColumn.UNKNOWN - 1
                        : NumberColumn.ordered(most.value().doubleValue()),
                all);
    }

    /** The entities of a list that are to be looked at. */
    BlockFilter on(EntityList list) {
        if (filter.isOnlySelectors()) {
            return BlockFilter.NONE;
        }
        ColumnBook book = list.columns();
        List<ColumnTest> usable = list.size() <= SHORT
                ? List.of()
                : tests.stream().map(ColumnTest::forOneList).toList();
        usable.forEach(test -> book.use(test.key()));
        Names names = new Names();
        return (block, places) -> {
            if (!block.names().mayHold(names::suit)) {
                Arrays.fill(places, 0);
                return;
            }
            int stamp = block.stamp();
            for (ColumnTest test : usable) {
                test.retain(block.column(test.key(), book), book, places);
            }
            if (!block.isStill(stamp)) {
                block.selectAll(places);
            }
        };
    }

    /** Whether an entity of the right types and ids is certainly among those asked for, as far as can be told without unpacking it. */
    boolean isFulfilledBy(PackedEntity entity) {
        if (!complete) {
            return false;
        }
        for (ColumnTest test : tests) {
            if (!test.isProvedBy(entity)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether an entity in which these names occur may be among those asked for. */
    private final class Names {
        private @Nullable List<String> last;
        private boolean lastSuits;

        @SuppressWarnings("ReferenceEquality") // because: entities of the same kind share the list
        boolean suit(List<String> names) {
            if (names != last) {
                last = names;
                lastSuits = (filter.condition() == null || filter.condition().isPossibleWith(names))
                        && (filter.geo() == null || names.contains(filter.geo().property()))
                        && hasAny(names, filter.attributes());
            }
            return lastSuits;
        }

        private static boolean hasAny(List<String> names, Set<String> attributes) {
            return attributes.isEmpty() || !Collections.disjoint(names, attributes);
        }
    }
}
