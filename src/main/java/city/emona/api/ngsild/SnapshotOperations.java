package city.emona.api.ngsild;

import city.emona.broker.Snapshot;
import city.emona.broker.SnapshotQuery;
import city.emona.broker.SnapshotSettings;
import city.emona.broker.Snapshots;
import city.emona.broker.temporal.TemporalReads;
import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.Names;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The operations on snapshots (clauses 5.16 and 6.36 to 6.38). */
final class SnapshotOperations {
    private static final String ROOT = NgsiLdApi.ROOT + "/snapshots";
    private static final String ONE = ROOT + "/{id}";
    private static final Parameter ID = Parameter.path("id", "The id of the snapshot, a URI.")
            .withFormat("uri")
            .withExample("urn:ngsi-ld:Snapshot:1");

    private final Snapshots snapshots;
    private final TemporalReads history;
    private final Contexts contexts;

    SnapshotOperations(Snapshots snapshots, TemporalReads history, Contexts contexts) {
        this.snapshots = snapshots;
        this.history = history;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                Operation.post(ROOT, this::create)
                        .named("createSnapshot", "Freeze the results of queries", "6.36.3.1")
                        .explained("The snapshot is filled in the background; its status says when it is ready."
                                + " Requests with its id in the header `NGSILD-Snapshot` act on its entities alone.")
                        .taking(ApiRequest.json("The snapshot.", "Snapshot").withExample("Snapshot"))
                        .answering(Answer.empty(201, "The snapshot is known.").with(Parameters.LOCATION))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.ALREADY_EXISTS,
                                ProblemType.TOO_MANY_RESULTS),
                Operation.delete(ROOT, this::purge)
                        .named("purgeSnapshots", "Delete the snapshots that fulfil a condition", "6.36.3.2")
                        .with(Parameter.text("q", "A condition on members of snapshots, in the language of queries.")
                                .withExample("snapshotPriority<5")
                                .asRequired())
                        .answering(Answer.empty(204, "The snapshots are deleted."))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND),
                one(Operation.get(ONE, this::retrieve))
                        .named("retrieveSnapshot", "Retrieve the status of a snapshot", "6.37.3.1")
                        .answering(status("The snapshot.")),
                one(Operation.patch(ONE, this::update))
                        .named("updateSnapshot", "Change a snapshot", "6.37.3.2")
                        .explained("A lifetime begins anew; queries cannot be changed.")
                        .taking(ApiRequest.mergePatch("What to change.", "SnapshotFragment")
                                .withExample("SnapshotFragment"))
                        .answering(status("The changed snapshot.")),
                one(Operation.delete(ONE, this::delete))
                        .named("deleteSnapshot", "Delete a snapshot", "6.37.3.3")
                        .answering(Answer.empty(204, "The snapshot is deleted.")),
                one(Operation.post(ONE + "/clone", this::copy))
                        .named("cloneSnapshot", "Copy a snapshot", "6.38.3.1")
                        .taking(ApiRequest.json("The copy, without queries.", "Snapshot")
                                .withExample("SnapshotFragment"))
                        .answering(Answer.empty(201, "The copy is known.").with(Parameters.LOCATION))
                        .refusing(ProblemType.ALREADY_EXISTS, ProblemType.CONFLICT, ProblemType.TOO_MANY_RESULTS));
    }

    private static Operation one(Operation operation) {
        return operation
                .with(ID)
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.NOT_ACCEPTABLE);
    }

    private static Answer status(String description) {
        return Answer.of(200, description, "Snapshot", ApiRequest.JSON, ApiRequest.JSON_LD)
                .with(Parameters.CONTEXT_LINK);
    }

    private Response create(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        ApiRequest.Body body = request.body();
        SnapshotBody asked = SnapshotBody.read(body.object(), true);
        if (asked.queries() == null && asked.temporalQueries() == null) {
            throw Problem.badRequestData(
                    "The snapshot has no queries.", "Add snapshotQueries, an array of at least one query.");
        }
        List<SnapshotQuery> queries = new ArrayList<>();
        if (asked.queries() != null) {
            asked.queries().forEach(query -> queries.add(query(request, body.terms(), (ObjectNode) query)));
        }
        List<Snapshots.HistoryCopy> histories = new ArrayList<>();
        if (asked.temporalQueries() != null) {
            asked.temporalQueries().forEach(query -> histories.add(history(request, body.terms(), (ObjectNode) query)));
        }
        Snapshot created = snapshots.create(
                tenant.withoutSnapshot(),
                asked.id(),
                asked.appliedTo(SnapshotSettings.DEFAULT),
                asked.queries(),
                queries,
                asked.temporalQueries(),
                histories);
        return created(created, tenant);
    }

    private Snapshots.HistoryCopy history(ApiRequest request, TermTable terms, ObjectNode query) {
        if (!(query.get("temporalQ") instanceof ObjectNode)) {
            throw Problem.badRequestData(
                    "An element of snapshotTemporalQueries has no temporalQ.", "Put it into snapshotQueries.");
        }
        TemporalRequest.OfMany many = TemporalRequest.queryOf(request, terms, query);
        return space -> history.copy(
                space.withoutSnapshot(), space, many.query(), many.asked().choice());
    }

    private static SnapshotQuery query(ApiRequest request, TermTable terms, ObjectNode json) {
        QueryRequest query = QueryRequest.of(request, terms, json);
        Representation shown = query.representation();
        boolean whole = shown.projection().equals(Projection.ALL) && shown.datasets() == null;
        return new SnapshotQuery(
                query.query().filter(), whole ? Optional.empty() : Optional.of(entity -> reduced(entity, shown)));
    }

    private static Entity reduced(Entity entity, Representation shown) {
        List<Attribute> attributes = new ArrayList<>();
        for (Attribute attribute : entity.attributes()) {
            List<AttributeInstance> instances = attribute.instances().stream()
                    .filter(instance -> shown.showsDataset(instance.datasetId()))
                    .toList();
            if (shown.shows(attribute.name()) && !instances.isEmpty()) {
                attributes.add(new Attribute(attribute.name(), instances));
            }
        }
        Entity picked = entity.withAttributes(attributes);
        return shown.shows("scope") ? picked : picked.withScopes(List.of());
    }

    private Response copy(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        SnapshotBody asked = SnapshotBody.read(request.body().object(), true).withoutQueries();
        SnapshotSettings settings = asked.appliedTo(SnapshotSettings.DEFAULT);
        return created(snapshots.copy(tenant.withoutSnapshot(), id(http), asked.id(), settings), tenant);
    }

    private static Response created(Snapshot snapshot, Tenant tenant) {
        return EntityAnswers.withTenant(
                Response.empty(201).with("Location", ROOT + "/" + ApiRequest.pathSegment(snapshot.id())), tenant);
    }

    private Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        DocumentAnswer answer = DocumentAnswer.of(request);
        return answer.object(
                snapshots.get(request.tenant().withoutSnapshot(), id(http)).toJson());
    }

    private Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        String id = id(http);
        Tenant tenant = request.tenant().withoutSnapshot();
        ApiRequest.Body body = request.body();
        SnapshotBody asked = SnapshotBody.read(body.object(), false).withoutQueries();
        if (!asked.id().isEmpty() && !asked.id().equals(id)) {
            throw Problem.badRequestData("The id of a snapshot cannot be changed.", "Leave it out.");
        }
        DocumentAnswer answer = DocumentAnswer.of(request);
        return answer.object(
                snapshots.update(tenant, id, asked::appliedTo, asked.renews()).toJson());
    }

    private Response delete(Request http) {
        Tenant tenant = new ApiRequest(http, contexts).tenant();
        snapshots.delete(tenant.withoutSnapshot(), id(http));
        return EntityWrites.noContent(tenant);
    }

    private Response purge(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        SnapshotFilter filter = SnapshotFilter.parse(request.parameter("q")
                .orElseThrow(() -> Problem.badRequestData(
                        "The request does not say which snapshots to delete.",
                        "Add q, for example q=snapshotPriority<5.")));
        if (snapshots.deleteAll(tenant.withoutSnapshot(), filter::matches) == 0) {
            throw Problem.notFound("No snapshot fulfils the condition.");
        }
        return EntityWrites.noContent(tenant);
    }

    private static String id(Request http) {
        return Names.requireUri(http.parameter("id"), "The id of the snapshot");
    }
}
