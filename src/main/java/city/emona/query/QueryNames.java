package city.emona.query;

import city.emona.context.TermTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names and values of a query mean (ETSI GS CIM 009 clauses 4.9 and 5.5.7). */
public sealed interface QueryNames {
    /** The expanded name of an attribute. */
    String attribute(String name);

    /** The expanded name of a type. */
    String type(String name);

    /** The member of the system that a name means, or null. */
    @Nullable
    SystemMember member(String name, boolean ofEntity);

    /** Whether a name is followed by a colon because it is the prefix of another name. */
    boolean isPrefix(String name);

    /** What a value means that is compared with what a path leads to. */
    Literal coerced(AttributePath path, Literal literal);

    /** Names of entities, which a context expands. */
    static QueryNames of(TermTable terms) {
        return new OfEntities(terms, Set.of());
    }

    /**
     * Names of entities, which a context expands.
     *
     * @param expandValues expanded names of attributes; texts that are compared with one of them are expanded too
     */
    static QueryNames of(TermTable terms, Set<String> expandValues) {
        return new OfEntities(terms, expandValues);
    }

    /** Names of the members of JSON documents, which mean themselves. */
    static QueryNames ofDocuments() {
        return new OfDocuments();
    }

    /** See {@link #of}. */
    record OfEntities(TermTable terms, Set<String> expandValues) implements QueryNames {
        public OfEntities {
            expandValues = Set.copyOf(expandValues);
        }

        @Override
        public String attribute(String name) {
            return terms.expand(name);
        }

        @Override
        public String type(String name) {
            return terms.expand(name);
        }

        @Override
        public @Nullable SystemMember member(String name, boolean ofEntity) {
            return ofEntity ? SystemMember.ofEntity(name) : SystemMember.ofAttribute(name);
        }

        @Override
        public boolean isPrefix(String name) {
            return terms.isPrefix(name);
        }

        @Override
        public Literal coerced(AttributePath path, Literal literal) {
            if (!(literal instanceof Literal.Text text)) {
                return literal;
            }
            SystemMember member = path.member();
            boolean vocabulary = member == null
                    ? !path.attributes().isEmpty()
                            && expandValues.contains(path.attributes().getLast())
                    : member.isVocabulary(path.attributes().isEmpty());
            return vocabulary ? new Literal.Text(terms.expand(text.value()), null) : literal;
        }
    }

    /** See {@link #ofDocuments}. */
    record OfDocuments() implements QueryNames {
        @Override
        public String attribute(String name) {
            return name;
        }

        @Override
        public String type(String name) {
            return name;
        }

        @Override
        public @Nullable SystemMember member(String name, boolean ofEntity) {
            return null;
        }

        @Override
        public boolean isPrefix(String name) {
            return false;
        }

        @Override
        public Literal coerced(AttributePath path, Literal literal) {
            return literal;
        }
    }
}
