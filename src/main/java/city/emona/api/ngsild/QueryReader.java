package city.emona.api.ngsild;

import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads which entities a client asks for (clauses 5.7.2.4 and 6.4.3.2). */
final class QueryReader {
    /** The parameters that this class reads. */
    static final List<Parameter> PARAMETERS = Stream.of(
                    Filters.PARAMETERS,
                    Filters.ORDER_PARAMETERS,
                    List.of(Parameters.LIMIT, Parameters.OFFSET, Parameters.COUNT, Parameters.LOCAL))
            .flatMap(List::stream)
            .toList();

    private QueryReader() {}

    /**
     * The query of a request.
     *
     * @throws Problem of type BadRequestData, TooManyResults or TooComplexQuery
     */
    static EntityQuery read(ApiRequest request, TermTable terms, Representation representation) {
        Optional<String> type = request.parameter("type");
        Optional<String> attributes = request.parameter("attrs");
        boolean local = request.flag("local");
        boolean count = request.flag("count");
        int limit = request.number("limit", EntityQuery.DEFAULT_LIMIT);
        int offset = request.number("offset", 0);
        if (limit == 0 && !count) {
            throw Problem.badRequestData("The limit is 0, and no count was asked for.", "Ask for count=true too.");
        }
        if (limit > EntityQuery.MAX_LIMIT) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The limit " + limit + " is above " + EntityQuery.MAX_LIMIT + ".",
                    "Ask for pages, with limit and offset.");
        }
        if (type.isPresent()
                && type.get().equals("*")
                && request.parameter("local").isPresent()
                && !local) {
            throw Problem.badRequestData(
                    "All types can only be asked of this broker, and local is false.", "Leave local out.");
        }
        Filters filters = new Filters(terms);
        EntityFilter filter = filters.read(request)
                .withAttributes(attributes
                        .map(list -> Representations.attributes(list, terms))
                        .orElseGet(() -> pickedAttributes(representation)))
                .withDatasets(representation.datasets());
        if (type.isEmpty() && attributes.isEmpty() && !local && !filter.namesAttribute()) {
            throw Problem.badRequestData(
                    "The query is too wide: it names neither a type nor attributes.",
                    "Add type, attrs, a q that names an attribute, georel, or local=true.");
        }
        return new EntityQuery(filter, filters.ordering(request), limit, offset, count);
    }

    /** The attributes of which an entity must have one, lest nothing of it be left to show. */
    private static Set<String> pickedAttributes(Representation representation) {
        Set<String> pick = representation.projection().pick();
        return pick == null || Projection.IDENTITY.stream().anyMatch(pick::contains) ? Set.of() : pick;
    }
}
