package city.emona.api.ngsild;

import city.emona.broker.BatchResult;
import city.emona.broker.Broker;
import city.emona.broker.PurgeExtent;
import city.emona.context.Contexts;
import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.store.Tenant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Purge Entities (clauses 5.6.21 and 6.4.3.3). */
final class PurgeOperation {
    private final Broker broker;
    private final Contexts contexts;

    PurgeOperation(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(Operation.delete(NgsiLdApi.ENTITIES, this::purge)
                .named("purgeEntities", "Delete all entities that fulfil conditions", "6.4.3.3")
                .explained("With `drop` or `keep`, the entities stay and lose attributes.")
                .with(Filters.PARAMETERS)
                .with(
                        Parameter.list("attrs", "Only entities that have one of these attributes."),
                        Parameter.list("drop", "Only these attributes are deleted; not beside keep."),
                        Parameter.list("keep", "All attributes but these are deleted; not beside drop."),
                        Parameters.LOCAL)
                .answering(
                        Answer.empty(204, "All is deleted."),
                        Answer.of(
                                207,
                                "Some entities could not be deleted; the body says which.",
                                "BatchOperationResult",
                                ApiRequest.JSON))
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.TOO_COMPLEX_QUERY));
    }

    private Response purge(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        TermTable terms = request.linkedTerms();
        PurgeExtent extent = extent(request, terms);
        EntityFilter filter = filter(request, terms, request.flag("local") || tenant.isSnapshot());
        BatchResult result = broker.purge(tenant, filter, extent);
        return result.errors().isEmpty() ? EntityWrites.noContent(tenant) : BatchWrites.multiStatus(tenant, result);
    }

    private static EntityFilter filter(ApiRequest request, TermTable terms, boolean local) {
        Optional<String> attributes = request.parameter("attrs");
        EntityFilter filter = new Filters(terms)
                .read(request)
                .withAttributes(attributes
                        .map(list -> Representations.attributes(list, terms))
                        .orElse(Set.of()));
        Filters.requireLinked(filter, 0);
        if (request.parameter("type").isEmpty() && attributes.isEmpty() && !local && !filter.namesAttribute()) {
            throw Problem.badRequestData(
                    "The purge is too wide: it names neither a type nor attributes.",
                    "Add type, attrs, a q that names an attribute, georel, or local=true.");
        }
        return filter;
    }

    private static PurgeExtent extent(ApiRequest request, TermTable terms) {
        Optional<String> drop = request.parameter("drop");
        Optional<String> keep = request.parameter("keep");
        if (drop.isPresent() && keep.isPresent()) {
            throw Problem.badRequestData("The request has drop and keep.", "Send one of them.");
        }
        if (drop.isPresent()) {
            return new PurgeExtent.Drop(members("drop", drop.get(), terms));
        }
        return keep.isPresent() ? new PurgeExtent.Keep(members("keep", keep.get(), terms)) : new PurgeExtent.Whole();
    }

    /** The members of a list; ids and types, which cannot be deleted, may only be kept. */
    private static Set<String> members(String parameter, String list, TermTable terms) {
        Set<String> members = new HashSet<>();
        for (String name : list.split(",", -1)) {
            if (name.equals("id") || name.equals("type")) {
                if (parameter.equals("drop")) {
                    throw Problem.badRequestData(
                            "The " + name + " of an entity cannot be deleted.", "Name attributes, or leave drop out.");
                }
            } else if (name.equals("scope")) {
                members.add(name);
            } else {
                members.add(terms.expand(Names.requireName(name, "In " + parameter + ", the attribute")));
            }
        }
        return members;
    }
}
