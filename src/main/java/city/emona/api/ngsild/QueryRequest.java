package city.emona.api.ngsild;

import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.query.EntityQuery;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A query for entities as it came, by GET or by POST. */
record QueryRequest(ApiRequest request, TermTable terms, Representation representation, Join join, EntityQuery query) {

    /** The query that stands in the address. */
    static QueryRequest ofAddress(ApiRequest request) {
        return read(request, request.linkedTerms(), List.of());
    }

    /** The query that stands in the body (clause 5.2.23), with the page and the form in the address. */
    static QueryRequest ofBody(ApiRequest request) {
        ApiRequest.Body body = request.body();
        QueryBody query = QueryBody.read(body.object());
        return read(request.with(query.parameters()), body.terms(), query.selectors());
    }

    /** A query that is part of something larger. */
    static QueryRequest of(ApiRequest request, TermTable terms, ObjectNode query) {
        QueryBody body = QueryBody.read(query);
        return read(request.with(body.parameters()), terms, body.selectors());
    }

    private static QueryRequest read(ApiRequest request, TermTable terms, List<QueryBody.Selector> selectors) {
        Representation representation = Representations.read(request, terms);
        Join join = Join.read(request, representation.projection());
        EntityQuery query = QueryReader.read(request, terms, representation, join, selectors);
        return new QueryRequest(request, terms, representation, join, query);
    }
}
