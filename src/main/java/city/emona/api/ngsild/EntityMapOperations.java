package city.emona.api.ngsild;

import city.emona.broker.EntityMap;
import city.emona.broker.EntityMaps;
import city.emona.context.Contexts;
import city.emona.context.Names;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Right;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on entity maps (clauses 5.14, 6.32 and 6.34). */
final class EntityMapOperations {
    private static final Parameter ID = Parameter.path("id", "The id of the entity map, a URI.")
            .withFormat("uri")
            .withExample("urn:ngsi-ld:EntityMap:6d3b");

    private final EntityMaps maps;
    private final Contexts contexts;

    EntityMapOperations(EntityMaps maps, Contexts contexts) {
        this.maps = maps;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                created(Operation.get(NgsiLdApi.ENTITY_MAPS, this::create))
                        .requiring(Right.DATA_READ)
                        .named("createEntityMap", "Create an entity map of a query", "6.34.3.1")
                        .with(QueryReader.PARAMETERS)
                        .with(Parameters.REPRESENTATION)
                        .with(Join.PARAMETERS)
                        .with(EntityMapUse.PARAMETERS),
                created(Operation.post(NgsiLdApi.ENTITY_MAPS, this::createByPost))
                        .requiring(Right.DATA_READ)
                        .named("createEntityMapByPost", "Create an entity map of a query in a body", "6.34.3.2")
                        .taking(ApiRequest.json("The query.", "Query").withExample("Query")),
                one(Operation.get(NgsiLdApi.ENTITY_MAP, this::retrieve))
                        .requiring(Right.DATA_READ)
                        .named("retrieveEntityMap", "Retrieve an entity map", "6.32.3.1")
                        .answering(Answer.of(200, "The entity map.", "EntityMap", ApiRequest.JSON, ApiRequest.JSON_LD))
                        .refusing(ProblemType.NOT_ACCEPTABLE),
                one(Operation.patch(NgsiLdApi.ENTITY_MAP, this::update))
                        .requiring(Right.MAPS_KEEP)
                        .named("updateEntityMap", "Change when an entity map expires", "6.32.3.2")
                        .explained("At most a day from now is granted. All members but expiresAt are ignored.")
                        .taking(ApiRequest.mergePatch("The time.", "EntityMapFragment")
                                .withExample("EntityMapFragment"))
                        .answering(Answer.empty(204, "The entity map is changed.")),
                one(Operation.delete(NgsiLdApi.ENTITY_MAP, this::delete))
                        .requiring(Right.MAPS_KEEP)
                        .named("deleteEntityMap", "Delete an entity map", "6.32.3.3")
                        .answering(Answer.empty(204, "The entity map is deleted.")));
    }

    private static Operation created(Operation operation) {
        return operation
                .with(QueryReader.PAGE_PARAMETERS)
                .with(Parameters.FORMS)
                .answering(Answer.of(201, "The entity map.", "EntityMap", ApiRequest.JSON, ApiRequest.JSON_LD)
                        .with(EntityMapUse.ANSWER_HEADER))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.TOO_COMPLEX_QUERY,
                        ProblemType.TOO_MANY_RESULTS,
                        ProblemType.NOT_ACCEPTABLE);
    }

    private static Operation one(Operation operation) {
        return operation
                .with(ID)
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.RESOURCE_NOT_FOUND);
    }

    private Response create(Request http) {
        return create(QueryRequest.ofAddress(new ApiRequest(http, contexts)));
    }

    private Response createByPost(Request http) {
        return create(QueryRequest.ofBody(new ApiRequest(http, contexts)));
    }

    private Response create(QueryRequest asked) {
        EntityMapUse use = EntityMapUse.read(asked.request());
        DocumentAnswer answer = DocumentAnswer.of(asked.request(), asked.terms());
        EntityMap map = maps.create(answer.tenant(), asked.query(), use.lifetime());
        return EntityMapUse.addTo(answer.object(map.toJson()).withStatus(201), map.id());
    }

    private Response retrieve(Request http) {
        DocumentAnswer answer = DocumentAnswer.of(new ApiRequest(http, contexts));
        return answer.object(maps.get(answer.tenant(), id(http)).toJson());
    }

    private Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = id(http);
        ObjectNode fragment = request.body().object();
        JsonNode expiresAt = fragment.get("expiresAt");
        if (expiresAt == null) {
            maps.get(tenant, id);
        } else {
            OptionalLong millis =
                    expiresAt.isString() ? Timestamps.parse(expiresAt.stringValue()) : OptionalLong.empty();
            maps.setExpiry(
                    tenant,
                    id,
                    millis.orElseThrow(() -> Problem.badRequestData(
                            "expiresAt is not a date-time.", "Use ISO 8601 in UTC, such as 2030-01-01T00:00:00Z.")));
        }
        return EntityAnswers.withTenant(Response.empty(204), tenant);
    }

    private Response delete(Request http) {
        Tenant tenant = new ApiRequest(http, contexts).tenant();
        maps.delete(tenant, id(http));
        return EntityAnswers.withTenant(Response.empty(204), tenant);
    }

    private static String id(Request http) {
        return Names.requireUri(http.parameter("id"), "The id of the entity map");
    }
}
