package city.emona.query;

import city.emona.context.Names;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which entity types a query asks for (ETSI GS CIM 009 clause 4.17), as alternatives: an entity is selected when it has every type of at
 * least one of them.
 *
 * @param alternatives non-empty sets of expanded types; an empty list selects every entity
 */
public record TypeSelection(List<Set<String>> alternatives) {
    /** Selects every entity. */
    public static final TypeSelection ANY = new TypeSelection(List.of());

    private static final int MAX_ALTERNATIVES = 100;

    public TypeSelection {
        alternatives = List.copyOf(alternatives);
    }

    /** Selects the entities of one type. */
    public static TypeSelection of(String type) {
        return new TypeSelection(List.of(Set.of(type)));
    }

    /**
     * Reads {@code A,B}, {@code A|B} or {@code (A;B)|C}; {@code *} selects every entity.
     *
     * @param expand turns a name into an expanded type
     * @throws Problem of type BadRequestData when the text is no type selection
     */
    public static TypeSelection parse(String text, UnaryOperator<String> expand) {
        if (text.equals("*")) {
            return ANY;
        }
        return new TypeSelection(new Parser(text, expand).selection());
    }

    public boolean isAny() {
        return alternatives.isEmpty();
    }

    /** Whether an entity of these types is selected. */
    public boolean matches(List<String> types) {
        if (alternatives.isEmpty()) {
            return true;
        }
        for (Set<String> all : alternatives) {
            if (types.containsAll(all)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the grammar: or := and ((","|"|") and)*; and := one (";" one)*; one := name | "(" or ")". */
    private static final class Parser {
        private final String text;
        private final UnaryOperator<String> expand;
        private int at;

        Parser(String text, UnaryOperator<String> expand) {
            this.text = text;
            this.expand = expand;
        }

        List<Set<String>> selection() {
            List<Set<String>> result = or(0);
            if (at < text.length()) {
                throw invalid();
            }
            return result;
        }

        private List<Set<String>> or(int depth) {
            List<Set<String>> result = new ArrayList<>(and(depth));
            while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '|')) {
                at++;
                result.addAll(and(depth));
            }
            return result;
        }

        private List<Set<String>> and(int depth) {
            List<Set<String>> result = one(depth);
            while (at < text.length() && text.charAt(at) == ';') {
                at++;
                result = product(result, one(depth));
            }
            return result;
        }

        private List<Set<String>> product(List<Set<String>> left, List<Set<String>> right) {
            if (left.size() * right.size() > MAX_ALTERNATIVES) {
                throw Problem.badRequestData("The type selection has too many combinations.", "Ask for fewer types.");
            }
            List<Set<String>> result = new ArrayList<>();
            for (Set<String> one : left) {
                for (Set<String> other : right) {
                    Set<String> both = new LinkedHashSet<>(one);
                    both.addAll(other);
                    result.add(both);
                }
            }
            return result;
        }

        private List<Set<String>> one(int depth) {
            if (depth > 20) {
                throw invalid();
            }
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
                List<Set<String>> inner = or(depth + 1);
                if (at >= text.length() || text.charAt(at) != ')') {
                    throw invalid();
                }
                at++;
                return inner;
            }
            int start = at;
            while (at < text.length() && ",|;()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == start) {
                throw invalid();
            }
            String name = text.substring(start, at).strip();
            return List.of(Set.of(expand.apply(Names.requireName(name, "The type"))));
        }

        private Problem invalid() {
            return Problem.badRequestData(
                    "»" + text + "« is not a type selection.", "Write A,B for either type and (A;B) for both.");
        }
    }
}
