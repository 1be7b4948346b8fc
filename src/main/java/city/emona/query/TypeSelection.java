package city.emona.query;

import city.emona.context.Names;
import city.emona.problem.Problem;
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
     * @throws Problem of type BadRequestData when the text is no type selection, TooComplexQuery when it has too many alternatives
     */
    public static TypeSelection parse(String text, UnaryOperator<String> expand) {
        if (text.equals("*")) {
            return ANY;
        }
        return new TypeSelection(Selections.parse(
                text,
                "a type selection",
                "Write A,B for either type and (A;B) for both.",
                name -> expand.apply(Names.requireName(name.strip(), "The type"))));
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
}
