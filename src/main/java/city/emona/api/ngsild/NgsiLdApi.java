package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.Handler;
import city.emona.http.Router;
import city.emona.problem.Problem;

/** The NGSI-LD API of a broker, under {@value #ROOT}. */
public final class NgsiLdApi {
    /** Where the API begins. */
    public static final String ROOT = "/ngsi-ld/v1";

    private NgsiLdApi() {}

    /** Adds the API's paths to a router. */
    public static void routes(Router router, Broker broker, Contexts contexts) {
        EntityReads reads = new EntityReads(broker, contexts);
        EntityWrites writes = new EntityWrites(broker, contexts);
        AttributeWrites attributes = new AttributeWrites(broker, contexts);
        BatchWrites batches = new BatchWrites(broker, contexts);
        ApiRoutes routes = new ApiRoutes(router);

        String entities = ROOT + "/entities";
        routes.getFast(entities, reads::query).post(entities, writes::create);
        String entity = entities + "/{id}";
        routes.getFast(entity, reads::retrieve)
                .put(entity, writes::replace)
                .patch(entity, writes::merge)
                .delete(entity, writes::delete);
        routes.post(entity + "/attrs", attributes::append).patch(entity + "/attrs", attributes::update);
        String attribute = entity + "/attrs/{attribute}";
        routes.patch(attribute, attributes::updateOne)
                .put(attribute, attributes::replaceOne)
                .delete(attribute, attributes::deleteOne);
        withoutEntityId(routes, entities);

        String operations = ROOT + "/entityOperations";
        routes.post(operations + "/create", batches::create)
                .post(operations + "/upsert", batches::upsert)
                .post(operations + "/update", batches::update)
                .post(operations + "/merge", batches::merge)
                .post(operations + "/delete", batches::delete);
    }

    /** The addresses that are left when a client's entity id is empty. */
    private static void withoutEntityId(ApiRoutes routes, String entities) {
        Handler refuse = _ -> {
            throw Problem.badRequestData("The address has no entity id.", "Write the id behind /entities/.");
        };
        routes.put(entities, refuse).patch(entities, refuse);
        routes.post(entities + "//attrs", refuse).patch(entities + "//attrs", refuse);
        String attribute = entities + "//attrs/{attribute}";
        routes.patch(attribute, refuse).put(attribute, refuse).delete(attribute, refuse);
    }
}
