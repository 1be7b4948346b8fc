package city.emona.broker.subscription;

import city.emona.broker.LinkedEntityRetrieval;
import city.emona.broker.ReceiverInfo;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Message.Header;
import city.emona.broker.subscription.Endpoint.Accept;
import city.emona.broker.subscription.ToldEntities.ToldEntity;
import city.emona.context.EntityChanges;
import city.emona.context.EntityTree;
import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.JsonOut;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the notifications of one subscription (ETSI GS CIM 009 clauses 5.3.1, 5.8.6, 6.3.8 and 7.2).
 *
 * @param terms the context of its names
 * @param find finds linked entities
 */
record NotificationWriter(
        Tenant tenant, Subscription subscription, TermTable terms, Function<String, Optional<StoredEntity>> find) {

    /** What this program itself says in a header, whatever the receiver wants to be told. */
    private static final String CONTENT_TYPE = "content-type";

    /**
     * The message about some entities.
     *
     * @param id of the notification, a URI
     * @param now when it is made, in epoch milliseconds
     * @throws city.emona.problem.Problem of type TooComplexQuery when there are too many linked entities
     */
    Message write(String id, long now, List<ToldEntity> entities) {
        Endpoint endpoint = endpoint();
        byte[] notification = notification(id, now, entities);
        List<Header> headers = headers();
        String mediaType = endpoint.accept().mediaType();
        boolean mqtt = endpoint.mqtt() != null;
        return new Message(
                endpoint.uri(),
                mqtt ? Accept.JSON.mediaType() : mediaType,
                mqtt ? List.of() : headers,
                mqtt ? withMetadata(mediaType, headers, notification) : notification,
                endpoint.timeout(),
                endpoint.cooldown(),
                endpoint.mqtt());
    }

    private Endpoint endpoint() {
        return subscription.notification().endpoint();
    }

    private boolean contextInBody() {
        return switch (endpoint().accept()) {
            case JSON -> false;
            case JSON_LD -> true;
            case GEO_JSON -> !endpoint().prefersContextInLink();
        };
    }

    /** Those of the broker, but for those that the receiver asked for in another way, and then its own. */
    private List<Header> headers() {
        List<ReceiverInfo> infos = endpoint().receiverInfo().stream()
                .filter(info -> !info.key().toLowerCase(Locale.ROOT).equals(CONTENT_TYPE))
                .toList();
        Set<String> own =
                infos.stream().map(info -> info.key().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<Header> headers = new ArrayList<>();
        if (!contextInBody()) {
            headers.add(new Header(
                    "Link",
                    "<" + subscription.context()
                            + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""));
        }
        if (!tenant.isDefault()) {
            headers.add(new Header("NGSILD-Tenant", tenant.name()));
        }
        if (tenant.isSnapshot()) {
            headers.add(new Header("NGSILD-Snapshot", tenant.snapshot()));
        }
        headers.removeIf(header -> own.contains(header.name().toLowerCase(Locale.ROOT)));
        infos.forEach(info -> headers.add(new Header(info.key(), info.value())));
        return headers;
    }

    private static byte[] withMetadata(String mediaType, List<Header> headers, byte[] notification) {
        JsonOut out = new JsonOut(notification.length + 512);
        out.ascii("{\"metadata\":{\"Content-Type\":").string(mediaType);
        for (Header header : headers) {
            out.ascii(',').name(header.name()).string(header.value());
        }
        return out.ascii("},\"body\":").raw(notification).ascii('}').toBytes();
    }

    private byte[] notification(String id, long now, List<ToldEntity> entities) {
        JsonOut out = new JsonOut(1024);
        out.ascii("{\"id\":").string(id).ascii(",\"type\":\"Notification\",\"subscriptionId\":");
        out.string(subscription.id())
                .ascii(",\"notifiedAt\":\"")
                .ascii(Timestamps.format(now))
                .ascii("\",\"data\":");
        boolean features = endpoint().accept() == Accept.GEO_JSON;
        out.ascii(features ? "{\"type\":\"FeatureCollection\",\"features\":[" : "[");
        boolean first = true;
        for (byte[] entity : parts(entities)) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.raw(entity);
        }
        out.ascii(']');
        if (features) {
            if (contextInBody()) {
                out.ascii(",\"@context\":").tree(terms.contextMember());
            }
            out.ascii('}');
        } else if (contextInBody()) {
            out.ascii(",\"@context\":").tree(terms.contextMember());
        }
        return out.ascii('}').toBytes();
    }

    private List<byte[]> parts(List<ToldEntity> entities) {
        NotificationParams params = subscription.notification();
        LinkedEntityRetrieval retrieval = new LinkedEntityRetrieval(find, params.joinLevel(), Set.of());
        return switch (params.join()) {
            case NONE ->
                entities.stream()
                        .map(told ->
                                part(EntityTree.of(told.entity()).withChanges(told.changes()), params.representation()))
                        .toList();
            case INLINE ->
                entities.stream()
                        .map(told -> part(
                                retrieval
                                        .inline(told.entity(), params.representation())
                                        .withChanges(told.changes()),
                                params.representation()))
                        .toList();
            case FLAT -> flat(entities, retrieval);
        };
    }

    private List<byte[]> flat(List<ToldEntity> entities, LinkedEntityRetrieval retrieval) {
        Map<String, EntityChanges> changes = new HashMap<>();
        entities.forEach(told -> changes.put(told.entity().id(), told.changes()));
        return retrieval
                .flat(
                        entities.stream().map(ToldEntity::entity).toList(),
                        subscription.notification().representation())
                .stream()
                .map(shown -> part(
                        EntityTree.of(shown.entity())
                                .withChanges(changes.getOrDefault(shown.entity().id(), EntityChanges.NONE)),
                        shown.representation()))
                .toList();
    }

    private byte[] part(EntityTree tree, Representation shown) {
        EntityWriter writer = new EntityWriter(terms, shown);
        return switch (endpoint().accept()) {
            case JSON -> writer.write(tree);
            case JSON_LD -> writer.writeWithContext(tree);
            case GEO_JSON -> writer.writeFeature(tree, "", false);
        };
    }
}
