package city.emona.broker.delivery;

import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of the delivery is kept in the store: how far it is, and how each endpoint has done. */
final class DeliveryRecords {
    private static final String KIND = "delivery";
    private static final String ENDPOINT_KIND = "deliveryEndpoint";
    private static final String POSITION = "position";
    private static final String SALT = "salt";
    private static final int SALT_BYTES = 16;

    private final ContextStore store;

    DeliveryRecords(ContextStore store) {
        this.store = store;
    }

    /**
     * What is kept of one endpoint.
     *
     * @param cursor null when it has all that was handed to it
     */
    record Endpoint(String id, String address, PendingQueue.@Nullable Cursor cursor, EndpointHealth.Tally health) {}

    /** The secret of this installation from which the names of endpoints are made; made when it is first wanted. */
    byte[] salt() {
        Optional<byte[]> known = store.findDocument(Tenant.DEFAULT, KIND, SALT);
        if (known.isPresent()) {
            return HexFormat.of().parseHex(Json.parse(known.get()).path(SALT).asString());
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] document = Json.bytes(Json.object().put(SALT, HexFormat.of().formatHex(salt)));
        commit(List.of(new DocumentWrite(KIND, SALT, document)));
        return salt;
    }

    /** The position up to which the log was handed to the endpoints; 0 at the beginning. */
    long position() {
        return store.findDocument(Tenant.DEFAULT, KIND, POSITION)
                .map(document -> Json.parse(document).path(POSITION).asLong())
                .orElse(0L);
    }

    List<Endpoint> listEndpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String id : store.listDocuments(Tenant.DEFAULT, ENDPOINT_KIND)) {
            store.findDocument(Tenant.DEFAULT, ENDPOINT_KIND, id)
                    .ifPresent(document -> endpoints.add(endpoint(id, Json.parse(document))));
        }
        return endpoints;
    }

    /**
     * Writes where everything is, as one commit.
     *
     * @throws city.emona.problem.Problem of type InsufficientStorage when the disk is full; what was written before stays
     */
    void write(long position, List<Endpoint> endpoints) {
        List<DocumentWrite> writes = new ArrayList<>();
        writes.add(new DocumentWrite(KIND, POSITION, Json.bytes(Json.object().put(POSITION, position))));
        endpoints.forEach(
                endpoint -> writes.add(new DocumentWrite(ENDPOINT_KIND, endpoint.id(), Json.bytes(json(endpoint)))));
        commit(writes);
    }

    void delete(String endpointId) {
        commit(List.of(new DocumentWrite(ENDPOINT_KIND, endpointId, null)));
    }

    private void commit(List<DocumentWrite> writes) {
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), writes));
    }

    private static ObjectNode json(Endpoint endpoint) {
        EndpointHealth.Tally health = endpoint.health();
        ObjectNode json = Json.object()
                .put("address", endpoint.address())
                .put("sent", health.sent())
                .put("failed", health.failed())
                .put("refused", health.refused())
                .put("dropped", health.dropped())
                .put("lastSuccessAt", health.lastSuccessAt())
                .put("lastFailureAt", health.lastFailureAt())
                .put("lastReason", health.lastReason())
                .put("failingSince", health.failingSince())
                .put("heldSince", health.heldSince());
        PendingQueue.Cursor cursor = endpoint.cursor();
        if (cursor != null) {
            ObjectNode waiting = json.putObject("waiting")
                    .put("after", cursor.after())
                    .put("pending", cursor.pending())
                    .put("since", cursor.since());
            Replay replay = cursor.replay();
            if (replay != null) {
                ObjectNode again = waiting.putObject("replay").put("until", replay.until());
                Replay.Subscription subscription = replay.subscription();
                if (subscription != null) {
                    again.put("tenant", subscription.tenant().key()).put("subscription", subscription.id());
                }
            }
        }
        return json;
    }

    private static Endpoint endpoint(String id, JsonNode json) {
        JsonNode waiting = json.path("waiting");
        PendingQueue.Cursor cursor = waiting.isMissingNode()
                ? null
                : new PendingQueue.Cursor(
                        waiting.path("after").asLong(),
                        waiting.path("pending").asLong(),
                        waiting.path("since").asLong(),
                        replay(waiting.path("replay")));
        var health = new EndpointHealth.Tally(
                json.path("sent").asLong(),
                json.path("failed").asLong(),
                json.path("refused").asLong(),
                json.path("dropped").asLong(),
                json.path("lastSuccessAt").asLong(),
                json.path("lastFailureAt").asLong(),
                json.path("lastReason").asString(),
                json.path("failingSince").asLong(),
                json.path("heldSince").asLong(0));
        return new Endpoint(id, json.path("address").asString(), cursor, health);
    }

    private static @Nullable Replay replay(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        Replay.Subscription subscription = json.has("subscription")
                ? new Replay.Subscription(
                        Tenant.ofKey(json.path("tenant").asString()),
                        json.path("subscription").asString())
                : null;
        return new Replay(json.path("until").asLong(), subscription);
    }
}
