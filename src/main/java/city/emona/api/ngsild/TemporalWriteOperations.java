package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.context.AttributeInstance;
import city.emona.context.Contexts;
import city.emona.context.EntityHistory;
import city.emona.context.EntityHistoryReader;
import city.emona.context.Names;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.util.stream.Stream;

/** Write history: create or update, add, modify and delete (clauses 5.6.11 to 5.6.16, 6.18.3.1, 6.19.3.2 and 6.20 to 6.22). */
final class TemporalWriteOperations {
    private static final Parameter INSTANCE = Parameter.path("instanceId", "The instanceId of the instance, a URI.")
            .withFormat("uri")
            .withExample("urn:ngsi-ld:instance:mhs0000-0-0");

    private final Broker broker;
    private final TemporalWrites writes;
    private final Contexts contexts;

    TemporalWriteOperations(Broker broker, TemporalWrites writes, Contexts contexts) {
        this.broker = broker;
        this.writes = writes;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                Operation.post(NgsiLdApi.HISTORIES, this::upsert)
                        .named("upsertTemporal", "Create the history of an entity, or add to it", "6.18.3.1")
                        .explained(
                                "Current state stays as it is. An instance of the same dataset and the same `observedAt` as one that"
                                        + " is there takes its place.")
                        .with(Parameters.LOCAL)
                        .taking(ApiRequest.json("The history.", "NewEntityTemporal")
                                .withExample("NewEntityTemporal"))
                        .answering(
                                Answer.empty(201, "A history is created.").with(Parameters.LOCATION),
                                Answer.empty(204, "The instances are added to the history."))
                        .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA),
                change(Operation.delete(NgsiLdApi.HISTORY, this::delete))
                        .named("deleteTemporal", "Delete the history of an entity", "6.19.3.2")
                        .answering(Answer.empty(204, "The history is deleted.")),
                change(Operation.post(NgsiLdApi.HISTORY_ATTRIBUTES, this::addAttributes))
                        .named("appendAttrsTemporal", "Add instances to the history of an entity", "6.20.3.1")
                        .taking(ApiRequest.json("The instances.", "EntityTemporalFragment")
                                .withExample("EntityTemporalFragment"))
                        .answering(Answer.empty(204, "The instances are added.")),
                change(Operation.delete(NgsiLdApi.HISTORY_ATTRIBUTE, this::deleteAttribute))
                        .named("deleteAttrsTemporal", "Delete the history of an attribute", "6.21.3.1")
                        .with(
                                Parameters.ATTRIBUTE,
                                Parameters.DATASET_ID,
                                Parameter.flag("deleteAll", "All datasets of the attribute."))
                        .answering(Answer.empty(204, "The history of the attribute is deleted.")),
                change(Operation.patch(NgsiLdApi.HISTORY_INSTANCE, this::replaceInstance))
                        .named("updateAttrsInstanceTemporal", "Replace an instance of an attribute", "6.22.3.1")
                        .with(Parameters.ATTRIBUTE, INSTANCE)
                        .taking(ApiRequest.mergePatch("The instance, alone or in an array.", "TemporalInstances")
                                .withExample("TemporalInstances"))
                        .answering(Answer.empty(204, "The instance is replaced; its instanceId stays.")),
                change(Operation.delete(NgsiLdApi.HISTORY_INSTANCE, this::deleteInstance))
                        .named("deleteAttrsInstanceTemporal", "Delete an instance of an attribute", "6.22.3.2")
                        .with(Parameters.ATTRIBUTE, INSTANCE)
                        .answering(Answer.empty(204, "The instance is deleted.")));
    }

    private static Operation change(Operation operation) {
        return operation
                .with(Parameters.ID, Parameters.LOCAL)
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.RESOURCE_NOT_FOUND);
    }

    Response upsert(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        ApiRequest.Body body = request.body();
        EntityHistory history = EntityHistoryReader.read(body.object(), body.terms(), broker.now());
        return writes.upsert(tenant, history)
                ? EntityAnswers.withTenant(
                        Response.empty(201)
                                .with("Location", NgsiLdApi.HISTORIES + "/" + ApiRequest.pathSegment(history.id())),
                        tenant)
                : EntityWrites.noContent(tenant);
    }

    Response delete(Request http) {
        Tenant tenant = new ApiRequest(http, contexts).tenant();
        writes.delete(tenant, EntityWrites.entityId(http));
        return EntityWrites.noContent(tenant);
    }

    Response addAttributes(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        ApiRequest.Body body = request.body();
        EntityWrites.requireSameId(id, body.object());
        writes.addAttributes(tenant, id, EntityHistoryReader.readFragment(body.object(), body.terms(), broker.now()));
        return EntityWrites.noContent(tenant);
    }

    Response deleteAttribute(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = AttributeWrites.attributeName(http);
        writes.deleteAttribute(tenant, id, AttributeWrites.selector(request, request.linkedTerms(), name));
        return EntityWrites.noContent(tenant);
    }

    Response replaceInstance(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = AttributeWrites.attributeName(http);
        String instanceId = instanceId(http);
        ApiRequest.Body body = request.body();
        AttributeInstance instance = EntityHistoryReader.readInstance(name, body.json(), body.terms(), broker.now());
        writes.replaceInstance(tenant, id, body.terms().expand(name), instanceId, instance);
        return EntityWrites.noContent(tenant);
    }

    Response deleteInstance(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = AttributeWrites.attributeName(http);
        String instanceId = instanceId(http);
        writes.deleteInstance(tenant, id, request.linkedTerms().expand(name), instanceId);
        return EntityWrites.noContent(tenant);
    }

    private static String instanceId(Request http) {
        return Names.requireUri(http.parameter("instanceId"), "The instanceId");
    }
}
