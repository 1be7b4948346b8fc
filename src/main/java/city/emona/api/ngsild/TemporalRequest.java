package city.emona.api.ngsild;

import city.emona.broker.temporal.HistoryQuery;
import city.emona.broker.temporal.SeriesChoice;
import city.emona.broker.temporal.TemporalQuery;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.query.EntityQuery;
import city.emona.query.Ordering;
import city.emona.query.SystemMember;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a client asks of histories: which instances, and how they are shown. */
record TemporalRequest(
        ApiRequest request, TermTable terms, Representation representation, TemporalForm form, TemporalQuery temporal) {

    /** Which entities, too. */
    record OfMany(TemporalRequest asked, HistoryQuery query) {}

    /** What stands in the address. */
    static TemporalRequest ofAddress(ApiRequest request) {
        return of(request, request.linkedTerms(), false);
    }

    private static TemporalRequest of(ApiRequest request, TermTable terms, boolean inBody) {
        TemporalForm form = TemporalForm.read(request, inBody);
        Representation representation = Representations.read(request, terms, form.format());
        Join.read(request, representation.projection());
        return new TemporalRequest(request, terms, representation, form, TemporalQueryReader.read(request));
    }

    /** The query that stands in the address. */
    static OfMany queryOfAddress(ApiRequest request) {
        return ofMany(ofAddress(request), List.of());
    }

    /** The query that stands in the body (clause 5.2.23), with the page and the form in the address. */
    static OfMany queryOfBody(ApiRequest request) {
        ApiRequest.Body body = request.body();
        QueryBody query = QueryBody.readTemporal(body.object());
        return ofMany(of(request.with(query.parameters()), body.terms(), true), query.selectors());
    }

    /** A query that is part of something larger. */
    static OfMany queryOf(ApiRequest request, TermTable terms, ObjectNode query) {
        QueryBody body = QueryBody.readTemporal(query);
        return ofMany(of(request.with(body.parameters()), terms, true), body.selectors());
    }

    private static OfMany ofMany(TemporalRequest asked, List<QueryBody.Selector> selectors) {
        if (asked.temporal.relation() == null) {
            throw Problem.badRequestData(
                    "The query has no temporal query.", "Add timerel and timeAt, for example timerel=after.");
        }
        EntityQuery query = QueryReader.read(
                asked.request,
                asked.terms,
                asked.representation,
                Join.read(asked.request, asked.representation.projection()),
                selectors);
        return new OfMany(
                asked,
                new HistoryQuery(
                        query.filter(),
                        asked.temporal,
                        asked.form instanceof TemporalForm.Aggregated,
                        isDescending(query.ordering()),
                        query.limit(),
                        query.offset(),
                        query.count()));
    }

    /** Clause 5.7.4.4: histories are ordered by id alone. */
    private static boolean isDescending(Ordering ordering) {
        if (ordering.isById()) {
            return false;
        }
        Ordering.Term term = ordering.terms().getFirst();
        boolean byId = ordering.terms().size() == 1
                && term.path().attributes().isEmpty()
                && term.path().member() == SystemMember.ID;
        if (!byId) {
            throw Problem.badRequestData(
                    "Histories cannot be ordered by anything but the id.", "Leave orderBy out, or order by id.");
        }
        return switch (term.direction()) {
            case ASCENDING -> false;
            case DESCENDING -> true;
            case NEAREST_FIRST, FARTHEST_FIRST ->
                throw Problem.badRequestData("An id has no distance.", "Use id;asc or id;desc.");
        };
    }

    /** Which series are shown. */
    SeriesChoice choice() {
        return new SeriesChoice(representation.projection(), representation.datasets());
    }

    /** The same, shown otherwise. */
    TemporalRequest with(Representation changed) {
        return new TemporalRequest(request, terms, changed, form, temporal);
    }
}
