package city.emona.api.ngsild;

import city.emona.broker.AttributeSelector;
import city.emona.broker.Broker;
import city.emona.broker.EntityEdits;
import city.emona.broker.Merges;
import city.emona.broker.UpdateResult;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.context.Attribute;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
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
import city.emona.store.Tenant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Append, update, replace and delete attributes (clauses 6.6.3 and 6.7.3). */
final class AttributeWrites {
    private final Broker broker;
    private final TemporalWrites history;
    private final Contexts contexts;

    AttributeWrites(Broker broker, TemporalWrites history, Contexts contexts) {
        this.broker = broker;
        this.history = history;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                change(Operation.post(NgsiLdApi.ATTRIBUTES, this::append))
                        .named("appendAttrs", "Append attributes to an entity", "6.6.3.1")
                        .with(Parameter.choices(
                                "options",
                                List.of("noOverwrite"),
                                "With `noOverwrite`, present attributes stay as they are."))
                        .taking(ApiRequest.json("The attributes.", "EntityFragment")
                                .withExample("EntityFragment"))
                        .answering(Answer.empty(204, "All attributes are appended."), partly()),
                change(Operation.patch(NgsiLdApi.ATTRIBUTES, this::update))
                        .named("updateEntity", "Update attributes of an entity", "6.6.3.2")
                        .taking(ApiRequest.mergePatch("The attributes.", "EntityFragment")
                                .withExample("EntityFragment"))
                        .answering(Answer.empty(204, "All attributes are updated."), partly()),
                change(Operation.patch(NgsiLdApi.ATTRIBUTE, this::updateOne))
                        .named("updateAttrs", "Update members of an attribute", "6.7.3.1")
                        .with(Parameters.ATTRIBUTE)
                        .taking(ApiRequest.mergePatch("The members to change.", "AttributeFragment")
                                .withExample("AttributeFragment"))
                        .answering(Answer.empty(204, "The attribute is updated.")),
                change(Operation.put(NgsiLdApi.ATTRIBUTE, this::replaceOne))
                        .named("replaceAttrs", "Replace an attribute", "6.7.3.3")
                        .with(Parameters.ATTRIBUTE)
                        .taking(ApiRequest.json("The attribute.", "NewAttribute")
                                .withExample("NewAttribute"))
                        .answering(Answer.empty(204, "The attribute is replaced.")),
                change(Operation.delete(NgsiLdApi.ATTRIBUTE, this::deleteOne))
                        .named("deleteAttrs", "Delete an attribute", "6.7.3.2")
                        .with(
                                Parameters.ATTRIBUTE,
                                Parameters.DATASET_ID,
                                Parameter.flag("deleteAll", "All instances of the attribute."))
                        .answering(Answer.empty(204, "The attribute is deleted.")));
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

    private static Answer partly() {
        return Answer.of(
                207,
                "Some attributes were left as they are; the body says which and why.",
                "UpdateResult",
                ApiRequest.JSON);
    }

    Response append(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        boolean overwrite = !request.options().contains("noOverwrite");
        return edit(request, fragment -> present -> EntityEdits.append(present, fragment, overwrite));
    }

    Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        return edit(request, fragment -> present -> EntityEdits.update(present, fragment));
    }

    private Response edit(ApiRequest request, Function<Entity, Function<Entity, EntityEdits.Edited>> operation) {
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(request.http());
        ApiRequest.Body body = request.body();
        Entity fragment = EntityReader.readFragment(body.object(), body.terms(), broker.now());
        Function<Entity, EntityEdits.Edited> edit = operation.apply(fragment);
        UpdateResult[] result = new UpdateResult[1];
        broker.edit(tenant, id, EntityWrites.types(request, body.terms()), present -> {
            EntityEdits.Edited edited = edit.apply(present);
            result[0] = edited.result();
            return edited.entity();
        });
        return result[0].notUpdated().isEmpty()
                ? EntityWrites.noContent(tenant)
                : EntityAnswers.withTenant(Response.json(207, Json.bytes(body(result[0]))), tenant);
    }

    private static ObjectNode body(UpdateResult result) {
        ObjectNode body = Json.object();
        ArrayNode updated = body.putArray("updated");
        result.updated().forEach(updated::add);
        ArrayNode notUpdated = body.putArray("notUpdated");
        result.notUpdated()
                .forEach(not -> notUpdated
                        .addObject()
                        .put("attributeName", not.attributeName())
                        .put("reason", not.reason()));
        return body;
    }

    Response updateOne(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = writableName(http);
        ApiRequest.Body body = request.body();
        JsonNode fragment = withoutContext(body);
        long now = broker.now();
        broker.edit(
                tenant,
                id,
                EntityWrites.types(request, body.terms()),
                present -> Merges.updateAttribute(present, name, fragment, body.terms(), now));
        return EntityWrites.noContent(tenant);
    }

    Response replaceOne(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        ApiRequest.Body body = request.body();
        Attribute replacement =
                EntityReader.readAttribute(writableName(http), withoutContext(body), body.terms(), broker.now(), false);
        broker.edit(
                tenant,
                id,
                EntityWrites.types(request, body.terms()),
                present -> EntityEdits.replaceAttribute(present, replacement));
        return EntityWrites.noContent(tenant);
    }

    Response deleteOne(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = attributeName(http);
        TermTable terms = request.linkedTerms();
        AttributeSelector selector = selector(request, terms, name);
        if (history.recordDeletion(tenant, id, selector)) {
            return EntityWrites.noContent(tenant);
        }
        long now = broker.now();
        broker.edit(
                tenant,
                id,
                EntityWrites.types(request, terms),
                present -> name.equals("scope")
                        ? EntityEdits.deleteScope(present, now)
                        : EntityEdits.deleteAttribute(present, selector, now));
        return EntityWrites.noContent(tenant);
    }

    /** Which instances of an attribute are to be deleted (clauses 6.7.3.2 and 6.21.3.1). */
    static AttributeSelector selector(ApiRequest request, TermTable terms, String name) {
        String dataset = request.parameter("datasetId")
                .filter(text -> !text.equals("@none"))
                .map(text -> Names.requireUri(text, "The datasetId"))
                .orElse("");
        return new AttributeSelector(terms.expand(name), dataset, request.flag("deleteAll"));
    }

    /** The name of an attribute, of which the scope is none. */
    private static String writableName(Request http) {
        String name = attributeName(http);
        if (name.equals("scope")) {
            throw Problem.badRequestData(
                    "The scope is not an attribute.", "Update the scope with the entity, or delete it.");
        }
        return name;
    }

    static String attributeName(Request http) {
        return Names.requireName(http.parameter("attribute"), "The attribute");
    }

    private static JsonNode withoutContext(ApiRequest.Body body) {
        if (body.json() instanceof ObjectNode object && object.has("@context")) {
            ObjectNode rest = object.deepCopy();
            rest.remove("@context");
            return rest;
        }
        if (body.json().isArray()) {
            throw Problem.badRequestData("The body is an array.", "Send one attribute as an object.");
        }
        return body.json();
    }
}
