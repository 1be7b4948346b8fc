package city.emona.vertical.source;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.source.Fetched.Validators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is kept of sources over a restart, as documents of the store. Safe for use by many threads. */
final class SourceStates {
    private static final String DESIRED = "source-desired";
    private static final String POSITION = "source-position";
    private static final String REJECTED = "source-rejected";
    private static final int MAX_REJECTED_CHARS = 200_000;

    private final ContextStore store;

    SourceStates(ContextStore store) {
        this.store = store;
    }

    /**
     * Where a source is.
     *
     * @param fingerprint of what it was read with; another mapping has to read everything again
     */
    record Position(String fingerprint, Validators validators, long lastSuccess, SourceHealth.Counts counts) {}

    /** Whether somebody has said that the source is to run, or not to. */
    Optional<Boolean> findDesired(String id) {
        return find(DESIRED, id).map(json -> json.path("on").asBoolean(true));
    }

    void setDesired(String id, boolean on) {
        write(DESIRED, id, Json.object().put("on", on));
    }

    Optional<Position> findPosition(String id) {
        return find(POSITION, id)
                .map(json -> new Position(
                        json.path("fingerprint").asString(""),
                        new Validators(
                                json.path("etag").asString(""),
                                json.path("lastModified").asString("")),
                        json.path("lastSuccess").asLong(0),
                        new SourceHealth.Counts(
                                json.path("accepted").asInt(0),
                                json.path("incomplete").asInt(0),
                                json.path("rejected").asInt(0),
                                json.path("unchanged").asInt(0),
                                json.path("entities").asInt(0),
                                json.path("newestObservation").asLong(0))));
    }

    void setPosition(String id, Position position) {
        SourceHealth.Counts counts = position.counts();
        write(
                POSITION,
                id,
                Json.object()
                        .put("fingerprint", position.fingerprint())
                        .put("etag", position.validators().etag())
                        .put("lastModified", position.validators().lastModified())
                        .put("lastSuccess", position.lastSuccess())
                        .put("accepted", counts.accepted())
                        .put("incomplete", counts.incomplete())
                        .put("rejected", counts.rejected())
                        .put("unchanged", counts.unchanged())
                        .put("entities", counts.entities())
                        .put("newestObservation", counts.newestObservation()));
    }

    /** The rejected records that are kept, newest first. */
    List<RejectedRecord> listRejected(String id) {
        List<RejectedRecord> list = new ArrayList<>();
        find(REJECTED, id).ifPresent(json -> json.path("records").forEach(one -> list.add(rejected(one))));
        return list;
    }

    private static RejectedRecord rejected(JsonNode json) {
        return new RejectedRecord(
                json.path("at").asLong(0),
                json.path("record").asString(""),
                new LocalizedText(json.path("sl").asString(""), json.path("en").asString("")),
                json.path("partly").asBoolean(false));
    }

    /** Keeps rejected records, newest first, up to a length in all. */
    void setRejected(String id, List<RejectedRecord> records) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("records");
        int chars = 0;
        for (RejectedRecord one : records) {
            chars += one.record().length();
            if (chars > MAX_REJECTED_CHARS) {
                break;
            }
            list.addObject()
                    .put("at", one.atMillis())
                    .put("record", one.record())
                    .put("sl", one.reason().sl())
                    .put("en", one.reason().en())
                    .put("partly", one.partly());
        }
        write(REJECTED, id, document);
    }

    private Optional<JsonNode> find(String kind, String id) {
        return store.findDocument(Tenant.DEFAULT, kind, id).flatMap(bytes -> {
            try {
                return Optional.of(Json.parse(bytes));
            } catch (Problem _) {
                return Optional.empty();
            }
        });
    }

    private void write(String kind, String id, ObjectNode document) {
        store.commit(
                new ChangeSet(Tenant.DEFAULT, List.of(), List.of(new DocumentWrite(kind, id, Json.bytes(document)))));
    }
}
