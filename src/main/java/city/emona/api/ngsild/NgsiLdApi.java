package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.SourceIdentity;
import city.emona.broker.subscription.Subscriptions;
import city.emona.broker.temporal.TemporalReads;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.context.Contexts;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Operations;
import city.emona.http.operation.Right;
import java.util.stream.Stream;

/** The NGSI-LD API of a broker, under {@value #ROOT}. */
public final class NgsiLdApi {
    /** Where the API begins. */
    public static final String ROOT = "/ngsi-ld/v1";

    static final String ENTITIES = ROOT + "/entities";
    static final String ENTITY = ENTITIES + "/{id}";
    static final String ATTRIBUTES = ENTITY + "/attrs";
    static final String ATTRIBUTE = ATTRIBUTES + "/{attribute}";
    static final String BATCHES = ROOT + "/entityOperations";
    static final String HISTORIES = ROOT + "/temporal/entities";
    static final String HISTORY = HISTORIES + "/{id}";
    static final String HISTORY_ATTRIBUTES = HISTORY + "/attrs";
    static final String HISTORY_ATTRIBUTE = HISTORY_ATTRIBUTES + "/{attribute}";
    static final String HISTORY_INSTANCE = HISTORY_ATTRIBUTE + "/{instanceId}";
    static final String ENTITY_MAPS = ROOT + "/entityMaps";
    static final String ENTITY_MAP = ENTITY_MAPS + "/{id}";

    private NgsiLdApi() {}

    /** What reads and writes the history of entities. */
    public record History(TemporalReads reads, TemporalWrites writes) {}

    /** Adds the API's operations. */
    public static void addTo(
            Operations operations,
            Broker broker,
            History history,
            Subscriptions subscriptions,
            SourceIdentity identity,
            ContextLibrary library) {
        Contexts contexts = library.contexts();
        ApiRoutes routes = new ApiRoutes(operations);
        broker.snapshots().onChange(new SnapshotNotifier(broker));
        Stream.of(
                        new EntityReads(broker, library)
                                .operations()
                                .map(o -> o.in("Read entities").requiring(Right.DATA_READ)),
                        new SnapshotOperations(broker.snapshots(), history.reads(), contexts)
                                .operations()
                                .map(o -> reading(o.in("Snapshots"), Right.SNAPSHOTS_READ, Right.SNAPSHOTS_KEEP)),
                        new EntityMapOperations(broker.entityMaps(), contexts)
                                .operations()
                                .map(o -> o.in("Entity maps")),
                        new EntityWrites(broker, contexts)
                                .operations()
                                .map(o -> o.in("Change entities").requiring(Right.DATA_WRITE)),
                        new PurgeOperation(broker, contexts)
                                .operations()
                                .map(o -> o.in("Change entities").requiring(Right.DATA_PURGE)),
                        new AttributeWrites(broker, history.writes(), contexts)
                                .operations()
                                .map(o -> o.in("Change attributes").requiring(Right.DATA_WRITE)),
                        new TemporalReadOperations(broker, history.reads(), library)
                                .operations()
                                .map(o -> o.in("Read history").requiring(Right.DATA_READ)),
                        new TemporalWriteOperations(broker, history.writes(), contexts)
                                .operations()
                                .map(o -> o.in("Change history").requiring(Right.HISTORY_WRITE)),
                        new BatchWrites(broker, contexts)
                                .operations()
                                .map(o -> o.in("Change many entities").requiring(Right.DATA_WRITE)),
                        new Discovery(broker, contexts)
                                .operations()
                                .map(o -> o.in("Discover types and attributes").requiring(Right.DATA_READ)),
                        new SubscriptionOperations(subscriptions, contexts)
                                .operations()
                                .map(o -> o.in("Subscribe to changes").requiring(Right.SUBSCRIPTIONS_KEEP)),
                        new JsonLdContexts(library).operations().map(o -> o.in("Keep contexts")),
                        new Identity(identity, contexts)
                                .operations()
                                .map(o -> o.in("Describe this broker").requiring(Right.SERVICE_READ)))
                .flatMap(group -> group)
                .forEach(routes::add);
        routes.refuseEmptyIds();
    }

    private static Operation reading(Operation operation, Right toRead, Right toChange) {
        return operation.requiring(operation.method().equals("GET") ? toRead : toChange);
    }
}
