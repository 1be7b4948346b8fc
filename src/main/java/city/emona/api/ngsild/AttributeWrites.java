package city.emona.api.ngsild;

import city.emona.broker.AttributeSelector;
import city.emona.broker.Broker;
import city.emona.broker.EntityEdits;
import city.emona.broker.Merges;
import city.emona.broker.UpdateResult;
import city.emona.context.Attribute;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Append, update, replace and delete attributes (clauses 6.6.3 and 6.7.3). */
final class AttributeWrites {
    private final Broker broker;
    private final Contexts contexts;

    AttributeWrites(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    Response append(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        request.allowOnly(Set.of("options", "type", "local"));
        boolean overwrite = !request.options(Set.of("noOverwrite")).contains("noOverwrite");
        return edit(request, fragment -> present -> EntityEdits.append(present, fragment, overwrite));
    }

    Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        request.allowOnly(Set.of("type", "local"));
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
        request.allowOnly(Set.of("type", "local"));
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
        request.allowOnly(Set.of("type", "local"));
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
        request.allowOnly(Set.of("datasetId", "deleteAll", "type", "local"));
        Tenant tenant = request.tenant();
        String id = EntityWrites.entityId(http);
        String name = attributeName(http);
        TermTable terms = request.linkedTerms();
        String dataset = request.parameter("datasetId")
                .filter(text -> !text.equals("@none"))
                .map(text -> Names.requireUri(text, "The datasetId"))
                .orElse("");
        AttributeSelector selector = new AttributeSelector(terms.expand(name), dataset, request.flag("deleteAll"));
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

    /** The name of an attribute, of which the scope is none. */
    private static String writableName(Request http) {
        String name = attributeName(http);
        if (name.equals("scope")) {
            throw Problem.badRequestData(
                    "The scope is not an attribute.", "Update the scope with the entity, or delete it.");
        }
        return name;
    }

    private static String attributeName(Request http) {
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
