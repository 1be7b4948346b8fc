package city.emona.api.ngsild;

import city.emona.broker.LinkedEntityRetrieval;
import city.emona.context.Names;
import city.emona.context.Projection;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether and how linked entities are part of an answer (clauses 4.5.23, 6.4.3.2 and 6.5.3.1).
 *
 * @param level over how many relationships in a row the answer reaches; 0 where it has no linked entities
 * @param containedBy ids of entities that the client has already met
 */
record Join(Form form, int level, Set<String> containedBy) {
    private static final Join NONE = new Join(Form.NONE, 0, Set.of());

    /** The parameters that this class reads. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.text(
                            "join",
                            "Whether linked entities are part of the answer: `inline` within relationships, `flat` behind the entities,"
                                    + " `@none` not at all.")
                    .withExample("inline"),
            Parameter.text(
                            "joinLevel",
                            "Over how many relationships in a row the answer reaches, from 1 to "
                                    + LinkedEntityRetrieval.MAX_LEVEL + "; 1 when absent.")
                    .withExample("2"),
            Parameter.list("containedBy", "Linked entities that the client has already met, which are left out.")
                    .withFormat("uri"));

    enum Form {
        NONE,
        INLINE,
        FLAT
    }

    /**
     * Reads join, joinLevel and containedBy.
     *
     * @throws Problem of type BadRequestData when one of them is wrong, or the projection reaches farther than the answer
     */
    static Join read(ApiRequest request, Projection projection) {
        Form form = request.parameter("join").map(Join::form).orElse(Form.NONE);
        int level = request.parameter("joinLevel").map(Join::level).orElse(1);
        Set<String> containedBy =
                request.parameter("containedBy").map(Join::ids).orElse(Set.of());
        Join join = form == Form.NONE ? NONE : new Join(form, level, containedBy);
        if (projection.depth() > join.level) {
            throw Problem.badRequestData(
                    "pick or omit names members of linked entities that are not part of the answer.",
                    form == Form.NONE
                            ? "Ask for linked entities with join=inline or join=flat."
                            : "Ask for joinLevel=" + projection.depth() + ", or name fewer members.");
        }
        return join;
    }

    boolean isNone() {
        return form == Form.NONE;
    }

    private static Form form(String text) {
        return switch (text) {
            case "@none" -> Form.NONE;
            case "inline" -> Form.INLINE;
            case "flat" -> Form.FLAT;
            default -> throw Problem.badRequestData("join is »" + text + "«.", "Use inline, flat or @none.");
        };
    }

    private static int level(String text) {
        Optional<Integer> level = Optional.of(text)
                .filter(t -> t.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .filter(l -> l >= 1 && l <= LinkedEntityRetrieval.MAX_LEVEL);
        return level.orElseThrow(() -> Problem.badRequestData(
                "joinLevel is »" + text + "«.",
                "Use a whole number from 1 to " + LinkedEntityRetrieval.MAX_LEVEL + "."));
    }

    private static Set<String> ids(String list) {
        Set<String> ids = new LinkedHashSet<>();
        for (String id : list.split(",", -1)) {
            ids.add(Names.requireUri(id, "In containedBy, the id"));
        }
        return ids;
    }
}
