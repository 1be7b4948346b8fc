package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.SourceIdentity;
import city.emona.broker.subscription.Subscriptions;
import city.emona.broker.temporal.TemporalReads;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.context.Contexts;
import city.emona.http.operation.Operations;
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
                        new EntityReads(broker, library).operations().map(o -> o.in("Read entities")),
                        new SnapshotOperations(broker.snapshots(), history.reads(), contexts)
                                .operations()
                                .map(o -> o.in("Snapshots")),
                        new EntityMapOperations(broker.entityMaps(), contexts)
                                .operations()
                                .map(o -> o.in("Entity maps")),
                        new EntityWrites(broker, contexts).operations().map(o -> o.in("Change entities")),
                        new PurgeOperation(broker, contexts).operations().map(o -> o.in("Change entities")),
                        new AttributeWrites(broker, history.writes(), contexts)
                                .operations()
                                .map(o -> o.in("Change attributes")),
                        new TemporalReadOperations(broker, history.reads(), library)
                                .operations()
                                .map(o -> o.in("Read history")),
                        new TemporalWriteOperations(broker, history.writes(), contexts)
                                .operations()
                                .map(o -> o.in("Change history")),
                        new BatchWrites(broker, contexts).operations().map(o -> o.in("Change many entities")),
                        new Discovery(broker, contexts).operations().map(o -> o.in("Discover types and attributes")),
                        new SubscriptionOperations(subscriptions, contexts)
                                .operations()
                                .map(o -> o.in("Subscribe to changes")),
                        new JsonLdContexts(library).operations().map(o -> o.in("Keep contexts")),
                        new Identity(identity, contexts).operations().map(o -> o.in("Describe this broker")))
                .flatMap(group -> group)
                .forEach(routes::add);
        routes.refuseEmptyIds();
    }
}
