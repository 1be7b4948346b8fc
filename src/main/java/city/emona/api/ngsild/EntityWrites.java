package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.EntityEdits;
import city.emona.broker.Merges;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.MergeOptions;
import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, replace, merge and delete entities (clauses 6.4.3.1 and 6.5.3.2 to 6.5.3.4). */
final class EntityWrites {
    private final Broker broker;
    private final Contexts contexts;

    EntityWrites(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                Operation.post(NgsiLdApi.ENTITIES, this::create)
                        .named("createEntity", "Create an entity", "6.4.3.1")
                        .with(Parameters.LOCAL)
                        .taking(ApiRequest.json("The entity.", "NewEntity").withExample("NewEntity"))
                        .answering(Answer.empty(201, "The entity is created.").with(Parameters.LOCATION))
                        .refusing(
                                ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.ALREADY_EXISTS),
                change(Operation.put(NgsiLdApi.ENTITY, this::replace))
                        .named("replaceEntity", "Replace an entity", "6.5.3.3")
                        .taking(ApiRequest.json("The new entity.", "EntityFragment")
                                .withExample("NewEntity"))
                        .answering(Answer.empty(204, "The entity is replaced.")),
                change(Operation.patch(NgsiLdApi.ENTITY, this::merge))
                        .named("mergeEntity", "Merge into an entity", "6.5.3.4")
                        .explained("Members are merged to any depth; the URI `urn:ngsi-ld:null` removes one.")
                        .with(Parameters.SIMPLIFIED_FORMAT, Parameters.SIMPLIFIED_OPTION)
                        .with(
                                Parameter.text("lang", "The language of a text that is merged into a map of languages.")
                                        .withExample("sl"),
                                Parameter.text(
                                                "observedAt",
                                                "The time of observation of attributes that had one and are merged without.")
                                        .withExample("2026-11-23T14:05:00Z"))
                        .taking(ApiRequest.mergePatch("What to change.", "EntityFragment")
                                .withExample("EntityFragment"))
                        .answering(Answer.empty(204, "The entity is changed.")),
                change(Operation.delete(NgsiLdApi.ENTITY, this::delete))
                        .named("deleteEntity", "Delete an entity", "6.5.3.2")
                        .answering(Answer.empty(204, "The entity is deleted.")));
    }

    private static Operation change(Operation operation) {
        return operation
                .with(Parameters.ID, Parameters.TYPE, Parameters.LOCAL)
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.CONFLICT);
    }

    Response create(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        ApiRequest.Body body = request.body();
        Entity entity = EntityReader.read(body.object(), body.terms(), broker.now());
        broker.create(tenant, entity);
        return EntityAnswers.withTenant(
                Response.empty(201)
                        .with("Location", NgsiLdApi.ROOT + "/entities/" + ApiRequest.pathSegment(entity.id())),
                tenant);
    }

    Response replace(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = entityId(http);
        ApiRequest.Body body = request.body();
        requireSameId(id, body.object());
        ObjectNode whole = body.object().deepCopy();
        whole.put("id", id);
        if (!whole.has("type") && !whole.has("@type")) {
            whole.set("type", typesOf(tenant, id, body.terms()));
        }
        Entity replacement = EntityReader.read(whole, body.terms(), broker.now());
        broker.edit(tenant, id, types(request, body.terms()), present -> EntityEdits.replace(present, replacement));
        return noContent(tenant);
    }

    private JsonNode typesOf(Tenant tenant, String id, TermTable terms) {
        var types = Json.array();
        broker.get(tenant, id).types().forEach(type -> types.add(terms.compact(type)));
        return types;
    }

    Response merge(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        MergeOptions options = mergeOptions(request);
        Tenant tenant = request.tenant();
        String id = entityId(http);
        ApiRequest.Body body = request.body();
        requireSameId(id, body.object());
        long now = broker.now();
        broker.edit(
                tenant,
                id,
                types(request, body.terms()),
                present -> Merges.merge(present, body.object(), body.terms(), options, now));
        return noContent(tenant);
    }

    /** How a merge is to read its fragment (table 6.5.3.4-1). */
    static MergeOptions mergeOptions(ApiRequest request) {
        boolean simplified =
                request.parameter("format").isPresent() || !request.options().isEmpty();
        return new MergeOptions(
                simplified,
                request.parameter("lang").orElse(null),
                request.parameter("observedAt").orElse(null));
    }

    Response delete(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = entityId(http);
        broker.delete(tenant, id, types(request, request.linkedTerms()));
        return noContent(tenant);
    }

    static String entityId(Request http) {
        return Names.requireUri(http.parameter("id"), "The entity id");
    }

    /** The types of which the entity must be. */
    static TypeSelection types(ApiRequest request, TermTable terms) {
        return request.parameter("type")
                .map(text -> TypeSelection.parse(text, terms::expand))
                .orElse(TypeSelection.ANY);
    }

    static Response noContent(Tenant tenant) {
        return EntityAnswers.withTenant(Response.empty(204), tenant);
    }

    /** Refuses a body that names another entity than the address. */
    static void requireSameId(String id, ObjectNode body) {
        JsonNode own = body.has("id") ? body.get("id") : body.get("@id");
        if (own != null && !(own.isString() && own.stringValue().equals(id))) {
            throw Problem.badRequestData(
                    "The body has another id than the address.", "Leave the id out of the body, or use " + id + ".");
        }
    }
}
