package city.emona.context;

import city.emona.problem.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which members of an entity are shown, and of the entities that its relationships lead to (ETSI GS CIM 009 clause 4.21).
 *
 * @param pick the only members shown: {@code id}, {@code type}, {@code scope} and expanded attribute names; null for all
 * @param omit the members not shown
 * @param linked what is shown of the entities that a relationship, by its expanded name, leads to; all where it is not named
 */
public record Projection(@Nullable Set<String> pick, Set<String> omit, Map<String, Projection> linked) {

    /** Shows everything. */
    public static final Projection ALL = new Projection(null, Set.of(), Map.of());

    /** The members that are no attributes. */
    public static final Set<String> IDENTITY = Set.of("id", "type", "scope");

    public Projection {
        pick = pick == null ? null : Set.copyOf(pick);
        omit = Set.copyOf(omit);
        linked = Map.copyOf(linked);
    }

    /** Shows the id, the types, the scopes and these attributes. */
    public static Projection ofAttributes(Collection<String> names) {
        Set<String> members = new HashSet<>(names);
        members.addAll(IDENTITY);
        return new Projection(members, Set.of(), Map.of());
    }

    /**
     * Reads {@code a,b|c} and {@code a{b,c{d}}}, where braces hold the members of linked entities.
     *
     * @param pick the members to show; null for all
     * @param omit the members not to show; null for none
     * @param expand turns a name into an expanded attribute name
     * @throws Problem of type BadRequestData when a text is no projection, or both name the same member
     */
    public static Projection parse(@Nullable String pick, @Nullable String omit, UnaryOperator<String> expand) {
        return of(
                pick == null ? null : ProjectionParser.parse("pick", pick, expand),
                omit == null ? null : ProjectionParser.parse("omit", omit, expand));
    }

    private static Projection of(
            @Nullable Map<String, ProjectionParser.Term> pick, @Nullable Map<String, ProjectionParser.Term> omit) {
        Set<String> omitted = new HashSet<>();
        Map<String, ProjectionParser.Term> within = new LinkedHashMap<>();
        if (omit != null) {
            omit.forEach((name, term) -> {
                if (term.linked() == null) {
                    omitted.add(name);
                } else {
                    within.put(name, term);
                }
            });
        }
        if (pick != null && omitted.stream().anyMatch(pick::containsKey)) {
            throw Problem.badRequestData("A member is in pick and in omit.", "Name it in one of them.");
        }
        Map<String, Projection> linked = new HashMap<>();
        if (pick != null) {
            pick.forEach((name, term) -> {
                ProjectionParser.Term other = within.remove(name);
                if (term.linked() != null || other != null) {
                    linked.put(name, of(term.linked(), other == null ? null : other.linked()));
                }
            });
        }
        within.forEach((name, term) -> linked.put(name, of(null, term.linked())));
        return new Projection(pick == null ? null : pick.keySet(), omitted, linked);
    }

    /** Whether a member, or an attribute by its expanded name, is shown. */
    public boolean shows(String member) {
        return (pick == null || pick.contains(member)) && !omit.contains(member);
    }

    /** What is shown of the entities that a relationship leads to. */
    public Projection within(String relationship) {
        return linked.getOrDefault(relationship, ALL);
    }

    /** Over how many relationships in a row the projection reaches. */
    public int depth() {
        return linked.values().stream().mapToInt(p -> 1 + p.depth()).max().orElse(0);
    }
}
