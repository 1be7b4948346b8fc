package city.emona.query;

import java.util.Collection;
import java.util.List;

/**
 * What the parameter {@code q} asks of an entity (ETSI GS CIM 009 clause 4.9). {@link ConditionParser} reads it and
 * {@link ConditionEvaluator} answers it; every condition asks that what its path leads to is there.
 */
public sealed interface Condition {
    /** All of them hold. */
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    /** At least one of them holds. */
    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }
    }

    /** What the path leads to is there. */
    record Exists(AttributePath path) implements Condition {}

    /** What the path leads to compares so. */
    record Comparison(AttributePath path, Operator operator, Operand operand) implements Condition {}

    /** The operators of clause 4.9. */
    enum Operator {
        EQUAL("=="),
        UNEQUAL("!="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        MATCHES("~="),
        MATCHES_NOT("!~=");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** How it is written. */
        public String text() {
            return text;
        }

        /** Whether it asks for an order, and so for one value. */
        public boolean isOrdering() {
            return this == GREATER || this == GREATER_OR_EQUAL || this == LESS || this == LESS_OR_EQUAL;
        }

        /** Whether it takes a pattern. */
        public boolean takesPattern() {
            return this == MATCHES || this == MATCHES_NOT;
        }
    }

    /** What a value is compared with. */
    sealed interface Operand {
        /** One of some literals; a single value is a list of one. */
        record OneOf(List<Literal> literals) implements Operand {
            public OneOf {
                literals = List.copyOf(literals);
            }
        }

        /** Between two literals of the same kind, both included. */
        record Range(Literal least, Literal most) implements Operand {}

        /** A regular expression that occurs in the text. */
        record Matching(TextPattern pattern) implements Operand {}
    }

    /**
     * Whether an entity in which no other names occur can fulfil this: a cheap question to ask before the entity is unpacked.
     *
     * @param names the expanded names of all attributes and sub-attributes of the entity
     */
    default boolean isPossibleWith(Collection<String> names) {
        return switch (this) {
            case And(var all) -> all.stream().allMatch(c -> c.isPossibleWith(names));
            case Or(var any) -> any.stream().anyMatch(c -> c.isPossibleWith(names));
            case Exists(var path) -> path.isPossibleWith(names);
            case Comparison comparison -> comparison.path().isPossibleWith(names);
        };
    }

    /** All terms without their logic, in order: each an {@link Exists} or a {@link Comparison}. */
    default List<Condition> terms() {
        return switch (this) {
            case And(var all) -> all.stream().flatMap(c -> c.terms().stream()).toList();
            case Or(var any) -> any.stream().flatMap(c -> c.terms().stream()).toList();
            case Exists _, Comparison _ -> List.of(this);
        };
    }

    /** How many linked entities deep the deepest path leads; 0 when none leaves the entity. */
    default int linkDepth() {
        return paths().stream().mapToInt(p -> p.links().size()).max().orElse(0);
    }

    /** Whether at least one attribute is named that is not one of the system. */
    default boolean namesAttribute() {
        return paths().stream().anyMatch(AttributePath::namesAttribute);
    }

    /** The paths of all terms, in order. */
    default List<AttributePath> paths() {
        return terms().stream()
                .map(term -> switch (term) {
                    case Exists(var path) -> path;
                    case Comparison comparison -> comparison.path();
                    case And _, Or _ -> throw new IllegalStateException("no term: " + term);
                })
                .toList();
    }
}
