package city.emona.api.operations;

import city.emona.broker.delivery.DeadLetter;
import city.emona.broker.delivery.EndpointState;
import city.emona.json.Json;
import city.emona.time.Timestamps;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** States of the delivery as JSON. */
final class DeliveryJson {
    private DeliveryJson() {}

    static ObjectNode of(EndpointState state) {
        ObjectNode json = Json.object()
                .put("id", state.id())
                .put("address", state.address())
                .put("circuit", state.circuit().term())
                .put("pending", state.pending())
                .put("lagSeconds", state.lagMillis() / 1_000)
                .put("sent", state.sent())
                .put("failed", state.failed())
                .put("refused", state.refused())
                .put("dropped", state.dropped());
        putTime(json, "heldSince", state.heldSince());
        putTime(json, "nextTryAt", state.nextTryAt());
        putTime(json, "lastSuccessAt", state.lastSuccessAt());
        putTime(json, "lastFailureAt", state.lastFailureAt());
        if (!state.lastReason().isEmpty()) {
            json.put("lastReason", state.lastReason());
        }
        return json;
    }

    static ObjectNode of(DeadLetter letter) {
        ObjectNode json = Json.object()
                .put("number", letter.id())
                .put("endpoint", letter.endpointId())
                .put("address", letter.address());
        if (!letter.tenant().isDefault()) {
            json.put("tenant", letter.tenant().name());
        }
        json.put("subscription", letter.subscriptionId())
                .put("position", letter.position())
                .put("reason", letter.reason())
                .put("attempts", letter.attempts())
                .put("at", Timestamps.format(letter.at()));
        if (!letter.contentType().isEmpty()) {
            json.put("contentType", letter.contentType())
                    .put("body", new String(letter.body(), StandardCharsets.UTF_8));
        }
        return json;
    }

    private static void putTime(ObjectNode json, String name, long millis) {
        if (millis != 0) {
            json.put(name, Timestamps.format(millis));
        }
    }
}
