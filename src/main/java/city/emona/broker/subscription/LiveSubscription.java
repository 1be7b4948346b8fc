package city.emona.broker.subscription;

import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.Condition;
import city.emona.query.ConditionDocument;
import city.emona.store.Tenant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A subscription at work.
 *
 * @param record what became of its notifications; the same object however often the subscription is changed
 */
record LiveSubscription(Tenant tenant, Subscription subscription, DeliveryRecord record) {
    String id() {
        return subscription.id();
    }

    boolean isActive(long now) {
        return subscription.status(now) == Subscription.Status.ACTIVE;
    }

    LiveSubscription with(Subscription changed) {
        return new LiveSubscription(tenant, changed, record);
    }

    /** The subscription as its readers see it, with the names of their context (clause 5.2.12). */
    ObjectNode toJson(TermTable terms, long now) {
        ObjectNode json = SubscriptionNames.replace(subscription.document(), terms::compact);
        json.put("jsonldContext", subscription.context());
        json.put("status", subscription.status(now).term());
        if (json.get("notification") instanceof ObjectNode notification) {
            record.addTo(notification);
        }
        return json;
    }

    /** The document of the registry: what is kept needs no context to be understood. */
    byte[] bytes() {
        ObjectNode json = Json.object().put("context", subscription.context());
        json.set("subscription", subscription.document());
        Condition condition = subscription.filter().condition();
        if (condition != null) {
            json.set("condition", ConditionDocument.write(condition));
        }
        return Json.bytes(json);
    }

    /** Reads what {@link #bytes} gave. */
    static Subscription read(String id, byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        JsonNode condition = json.get("condition");
        return SubscriptionReader.read(
                id,
                (ObjectNode) json.required("subscription"),
                read(condition),
                json.required("context").stringValue());
    }

    private static @Nullable Condition read(@Nullable JsonNode condition) {
        return condition == null ? null : ConditionDocument.read(condition);
    }
}
