package city.emona.broker;

import city.emona.json.Json;
import city.emona.time.Timestamps;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A snapshot and its status (ETSI GS CIM 009 clause 5.2.41); its entities lie in a space of their own.
 *
 * @param id a URI
 * @param queries the queries as they came; null for none
 * @param temporalQueries the queries of the past as they came; null for none
 * @param details what became of the queries, in their order; null before they were executed
 * @param temporalDetails the same of the queries of the past
 * @param createdAt epoch milliseconds
 * @param modifiedAt epoch milliseconds
 * @param expiresAt epoch milliseconds
 * @param lastUsedAt epoch milliseconds
 */
public record Snapshot(
        String id,
        @Nullable ArrayNode queries,
        @Nullable ArrayNode temporalQueries,
        SnapshotSettings settings,
        Status status,
        @Nullable ArrayNode details,
        @Nullable ArrayNode temporalDetails,
        long createdAt,
        long modifiedAt,
        long expiresAt,
        long lastUsedAt) {

    /** How far a snapshot is. */
    public enum Status {
        PREPARING,
        SUCCESS,
        PARTIAL,
        FAILURE,
        EMPTY;

        /** The word of the standard. */
        public String term() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String term) {
            return valueOf(term.toUpperCase(Locale.ROOT));
        }
    }

    Snapshot withSettings(SnapshotSettings changed, long expiry, long now) {
        return new Snapshot(
                id,
                queries,
                temporalQueries,
                changed,
                status,
                details,
                temporalDetails,
                createdAt,
                now,
                expiry,
                lastUsedAt);
    }

    Snapshot withStatus(Status changed, @Nullable ArrayNode ofQueries, @Nullable ArrayNode ofTemporal, long now) {
        return new Snapshot(
                id,
                queries,
                temporalQueries,
                settings,
                changed,
                ofQueries,
                ofTemporal,
                createdAt,
                now,
                expiresAt,
                lastUsedAt);
    }

    Snapshot withLastUsedAt(long changed) {
        return new Snapshot(
                id,
                queries,
                temporalQueries,
                settings,
                status,
                details,
                temporalDetails,
                createdAt,
                modifiedAt,
                expiresAt,
                changed);
    }

    Snapshot withExpiresAt(long changed) {
        return withSettings(settings, changed, modifiedAt);
    }

    /** The snapshot as the standard shows it, without a context. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("id", id).put("type", "Snapshot");
        setIfPresent(json, "snapshotQueries", queries);
        setIfPresent(json, "snapshotTemporalQueries", temporalQueries);
        if (settings.lifetime() != null) {
            json.put("snapshotLifetime", settings.lifetime());
        }
        json.put("snapshotPriority", settings.priority());
        if (settings.endpoint() != null) {
            json.put("endpoint", settings.endpoint());
        }
        if (!settings.receiverInfo().isEmpty()) {
            ArrayNode infos = json.putArray("receiverInfo");
            settings.receiverInfo()
                    .forEach(info -> infos.addObject().put("key", info.key()).put("value", info.value()));
        }
        json.put("snapshotStatus", status.term());
        setIfPresent(json, "snapshotQueriesDetails", details);
        setIfPresent(json, "snapshotTemporalQueriesDetails", temporalDetails);
        return json.put("createdAt", Timestamps.format(createdAt))
                .put("modifiedAt", Timestamps.format(modifiedAt))
                .put("expiresAt", Timestamps.format(expiresAt))
                .put("lastUsedAt", Timestamps.format(lastUsedAt));
    }

    private static void setIfPresent(ObjectNode json, String member, @Nullable JsonNode value) {
        if (value != null) {
            json.set(member, value);
        }
    }

    byte[] bytes() {
        return Json.bytes(toJson());
    }

    static Snapshot read(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        List<ReceiverInfo> receiverInfo = json.path("receiverInfo")
                .valueStream()
                .map(info -> new ReceiverInfo(
                        info.required("key").stringValue(),
                        info.required("value").stringValue()))
                .toList();
        return new Snapshot(
                json.required("id").stringValue(),
                array(json, "snapshotQueries"),
                array(json, "snapshotTemporalQueries"),
                new SnapshotSettings(
                        text(json, "snapshotLifetime"),
                        json.required("snapshotPriority").intValue(),
                        text(json, "endpoint"),
                        receiverInfo),
                Status.of(json.required("snapshotStatus").stringValue()),
                array(json, "snapshotQueriesDetails"),
                array(json, "snapshotTemporalQueriesDetails"),
                time(json, "createdAt"),
                time(json, "modifiedAt"),
                time(json, "expiresAt"),
                time(json, "lastUsedAt"));
    }

    private static @Nullable ArrayNode array(JsonNode json, String member) {
        return json.get(member) instanceof ArrayNode array ? array : null;
    }

    private static @Nullable String text(JsonNode json, String member) {
        return Optional.ofNullable(json.get(member)).map(JsonNode::stringValue).orElse(null);
    }

    private static long time(JsonNode json, String member) {
        return Timestamps.parse(json.required(member).stringValue()).orElseThrow();
    }
}
