package city.emona.api.ngsild;

import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads which entities a client asks for (clauses 5.7.2.4 and 6.4.3.2). */
final class QueryReader {
    /** The parameters that say which entities, and in which order. */
    static final List<Parameter> PARAMETERS = Stream.of(Filters.PARAMETERS, Filters.ORDER_PARAMETERS)
            .flatMap(List::stream)
            .toList();

    /** The parameters that say which page of them. */
    static final List<Parameter> PAGE_PARAMETERS =
            List.of(Parameters.LIMIT, Parameters.OFFSET, Parameters.COUNT, Parameters.LOCAL);

    private QueryReader() {}

    /**
     * The query of a request.
     *
     * @param join how far linked entities are part of the answer
     * @param selectors those of a body; empty where they stand in the parameters
     * @throws Problem of type BadRequestData, TooManyResults or TooComplexQuery
     */
    static EntityQuery read(
            ApiRequest request,
            TermTable terms,
            Representation representation,
            Join join,
            List<QueryBody.Selector> selectors) {
        Page page = Page.read(request);
        Filters filters = new Filters(terms);
        EntityFilter filter = filters.read(request)
                .withAttributes(request.parameter("attrs")
                        .map(list -> Representations.attributes(list, terms))
                        .orElseGet(() -> pickedAttributes(representation)))
                .withDatasets(representation.datasets());
        if (!selectors.isEmpty()) {
            filter = filter.withSelectors(selectors.stream()
                    .map(s -> filters.selector(Optional.of(s.type()), s.ids(), s.idPattern()))
                    .toList());
        }
        requireNarrow(request, filter, selectors);
        Filters.requireLinked(filter, join.level());
        return new EntityQuery(filter, filters.ordering(request), page.limit(), page.offset(), page.count());
    }

    /** Clause 5.7.2.4: a query has to name what it looks for; and all types can only be asked of this broker. */
    private static void requireNarrow(ApiRequest request, EntityFilter filter, List<QueryBody.Selector> selectors) {
        boolean local = request.flag("local") || request.tenant().isSnapshot();
        Optional<String> type = request.parameter("type");
        boolean allTypes = type.filter("*"::equals).isPresent()
                || selectors.stream().anyMatch(s -> s.type().equals("*"));
        if (allTypes && request.parameter("local").isPresent() && !local) {
            throw Problem.badRequestData(
                    "All types can only be asked of this broker, and local is false.", "Leave local out.");
        }
        boolean narrow = type.isPresent()
                || !selectors.isEmpty()
                || request.parameter("attrs").isPresent()
                || local
                || filter.namesAttribute();
        if (!narrow) {
            throw Problem.badRequestData(
                    "The query is too wide: it names neither a type nor attributes.",
                    "Add type, attrs, a q that names an attribute, georel, or local=true.");
        }
    }

    /** The attributes of which an entity must have one, lest nothing of it be left to show. */
    private static Set<String> pickedAttributes(Representation representation) {
        Set<String> pick = representation.projection().pick();
        return pick == null || Projection.IDENTITY.stream().anyMatch(pick::contains) ? Set.of() : pick;
    }
}
