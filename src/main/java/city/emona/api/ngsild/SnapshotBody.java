package city.emona.api.ngsild;

import city.emona.broker.ReceiverInfo;
import city.emona.broker.SnapshotSettings;
import city.emona.context.AttributeInstance;
import city.emona.context.Names;
import city.emona.problem.Problem;
import city.emona.time.IsoDuration;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A snapshot as a client sends it (clause 5.2.41). Members that only the server sets are passed over.
 *
 * @param id empty where there is none
 * @param queries null where there are none
 * @param temporalQueries null where there are none
 */
record SnapshotBody(
        String id, @Nullable ArrayNode queries, @Nullable ArrayNode temporalQueries, ObjectNode members) {
    private static final Set<String> READ_ONLY = Set.of(
            "snapshotStatus",
            "snapshotQueriesDetails",
            "snapshotTemporalQueriesDetails",
            "createdAt",
            "modifiedAt",
            "expiresAt",
            "lastUsedAt");
    private static final Set<String> KNOWN = Set.of(
            "id",
            "type",
            "snapshotQueries",
            "snapshotTemporalQueries",
            "snapshotLifetime",
            "snapshotPriority",
            "endpoint",
            "receiverInfo",
            "@context");

    private static final int MAX_QUERIES = 100;

    /**
     * Reads the body.
     *
     * @param whole whether its type must be there
     * @throws Problem of type BadRequestData
     */
    static SnapshotBody read(ObjectNode body, boolean whole) {
        for (String member : body.propertyNames()) {
            if (!KNOWN.contains(member) && !READ_ONLY.contains(member)) {
                throw Problem.badRequestData("A snapshot has no member »" + member + "«.", "Leave it out.");
            }
        }
        JsonNode type = body.get("type");
        if ((whole || type != null)
                && !(type != null && type.isString() && type.stringValue().equals("Snapshot"))) {
            throw Problem.badRequestData("The type of the body is not Snapshot.", "Send \"type\": \"Snapshot\".");
        }
        return new SnapshotBody(
                body.has("id") ? Names.requireUri(text(body, "id"), "The id of the snapshot") : "",
                array(body, "snapshotQueries"),
                array(body, "snapshotTemporalQueries"),
                body);
    }

    /** Refuses queries, which only a creation has. */
    SnapshotBody withoutQueries() {
        if (queries != null || temporalQueries != null) {
            throw Problem.badRequestData(
                    "The queries of a snapshot cannot be changed.", "Leave them out, or create another snapshot.");
        }
        return this;
    }

    /** Whether the lifetime is named, so that it begins anew. */
    boolean renews() {
        return members.has("snapshotLifetime");
    }

    /**
     * The settings with those of the body in the place of others; »urn:ngsi-ld:null« puts the server's own there.
     *
     * @throws Problem of type BadRequestData
     */
    SnapshotSettings appliedTo(SnapshotSettings present) {
        return new SnapshotSettings(
                changed("snapshotLifetime") ? lifetime().orElse(null) : present.lifetime(),
                changed("snapshotPriority") ? priority() : present.priority(),
                changed("endpoint") ? endpoint().orElse(null) : present.endpoint(),
                changed("receiverInfo") ? receiverInfo() : present.receiverInfo());
    }

    private boolean changed(String member) {
        return members.has(member);
    }

    private boolean isRemoved(String member) {
        JsonNode value = members.get(member);
        return value.isString() && value.stringValue().equals(AttributeInstance.NULL);
    }

    private Optional<String> lifetime() {
        if (isRemoved("snapshotLifetime")) {
            return Optional.empty();
        }
        String text = text(members, "snapshotLifetime");
        if (IsoDuration.parse(text).isEmpty()) {
            throw Problem.badRequestData(
                    "The snapshotLifetime »" + text + "« is no duration.", "Use ISO 8601, such as PT1H.");
        }
        return Optional.of(text);
    }

    private int priority() {
        if (isRemoved("snapshotPriority")) {
            return SnapshotSettings.DEFAULT_PRIORITY;
        }
        JsonNode value = members.get("snapshotPriority");
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > 10) {
            throw Problem.badRequestData(
                    "The snapshotPriority is not a whole number from 1 to 10.", "Use 1 for the least important.");
        }
        return value.intValue();
    }

    private Optional<String> endpoint() {
        if (isRemoved("endpoint")) {
            return Optional.empty();
        }
        String text = text(members, "endpoint");
        try {
            URI uri = URI.create(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return Optional.of(text);
            }
        } catch (IllegalArgumentException e) {
            // told below, with the same words as an address of another kind
        }
        throw Problem.badRequestData("The endpoint »" + text + "« is no http or https address.", "Use one.");
    }

    private List<ReceiverInfo> receiverInfo() {
        if (isRemoved("receiverInfo")) {
            return List.of();
        }
        return requireArray(members, "receiverInfo")
                .valueStream()
                .map(ReceiverInfo::read)
                .toList();
    }

    private static String text(ObjectNode body, String member) {
        JsonNode value = body.get(member);
        if (!value.isString()) {
            throw Problem.badRequestData("The member " + member + " is no string.", "Correct it.");
        }
        return value.stringValue();
    }

    private static @Nullable ArrayNode array(ObjectNode body, String member) {
        if (!body.has(member)) {
            return null;
        }
        ArrayNode array = requireArray(body, member);
        for (JsonNode query : array) {
            if (!query.isObject()) {
                throw Problem.badRequestData("An element of " + member + " is no object.", "Send queries.");
            }
        }
        return array;
    }

    private static ArrayNode requireArray(ObjectNode body, String member) {
        if (body.get(member) instanceof ArrayNode array && !array.isEmpty() && array.size() <= MAX_QUERIES) {
            return array;
        }
        throw Problem.badRequestData(
                "The member " + member + " is no array of one to " + MAX_QUERIES + " elements.", "Correct it.");
    }
}
