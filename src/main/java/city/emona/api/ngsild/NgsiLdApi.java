package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.Handler;
import city.emona.http.Router;

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

        String entities = ROOT + "/entities";
        router.getFast(entities, reads::query).getFast(entities + "/", reads::query);
        post(router, entities, writes::create);
        String entity = entities + "/{id}";
        router.getFast(entity, reads::retrieve)
                .put(entity, writes::replace)
                .patch(entity, writes::merge)
                .delete(entity, writes::delete);
        post(router, entity + "/attrs", attributes::append);
        router.patch(entity + "/attrs", attributes::update).patch(entity + "/attrs/", attributes::update);
        String attribute = entity + "/attrs/{attribute}";
        router.patch(attribute, attributes::updateOne)
                .put(attribute, attributes::replaceOne)
                .delete(attribute, attributes::deleteOne);

        String operations = ROOT + "/entityOperations";
        post(router, operations + "/create", batches::create);
        post(router, operations + "/upsert", batches::upsert);
        post(router, operations + "/update", batches::update);
        post(router, operations + "/merge", batches::merge);
        post(router, operations + "/delete", batches::delete);
    }

    private static void post(Router router, String pattern, Handler handler) {
        router.post(pattern, handler).post(pattern + "/", handler);
    }
}
