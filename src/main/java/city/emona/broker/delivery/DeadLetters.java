package city.emona.broker.delivery;

import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages that were given up, as documents of the store; when there are too many, the oldest go. Safe for use by many threads.
 */
final class DeadLetters {
    private static final String KIND = "deadLetter";
    private static final String COUNT_KIND = "deadLetterCount";
    private static final String DROPPED = "dropped";

    private final ContextStore store;
    private final int maxNumber;
    private final long maxBytes;
    private final TreeMap<Long, Entry> index = new TreeMap<>();
    private long bytes;
    private long dropped;
    private long lastId;

    private record Entry(String endpointId, int bytes) {}

    DeadLetters(ContextStore store, int maxNumber, long maxBytes) {
        this.store = store;
        this.maxNumber = maxNumber;
        this.maxBytes = maxBytes;
        for (String key : store.listDocuments(Tenant.DEFAULT, KIND)) {
            document(key).ifPresent(document -> {
                long id = Long.parseLong(key);
                String endpointId = Json.parse(document).path("endpointId").asString();
                index.put(id, new Entry(endpointId, document.length));
                bytes += document.length;
                lastId = id;
            });
        }
        dropped = store.findDocument(Tenant.DEFAULT, COUNT_KIND, DROPPED)
                .map(document -> Json.parse(document).path(DROPPED).longValue(0))
                .orElse(0L);
    }

    private Optional<byte[]> document(String key) {
        return store.findDocument(Tenant.DEFAULT, KIND, key);
    }

    private static String key(long id) {
        // as many digits as make the order of the keys that of the numbers
        return "%019d".formatted(id);
    }

    /**
     * Keeps a message.
     *
     * @param message null where it could not even be written
     * @throws city.emona.problem.Problem of type InsufficientStorage when the disk is full; nothing is kept
     */
    synchronized void add(
            String endpointId, Dispatch dispatch, @Nullable Message message, String reason, int attempts, long at) {
        long id = lastId + 1;
        byte[] document = write(endpointId, dispatch, message, reason, attempts, at);
        List<DocumentWrite> writes = new ArrayList<>();
        List<Long> oldest = new ArrayList<>();
        long left = bytes + document.length;
        for (var entry : index.entrySet()) {
            if (left <= maxBytes && index.size() - oldest.size() < maxNumber) {
                break;
            }
            oldest.add(entry.getKey());
            left -= entry.getValue().bytes();
            writes.add(new DocumentWrite(KIND, key(entry.getKey()), null));
        }
        writes.add(new DocumentWrite(KIND, key(id), document));
        if (!oldest.isEmpty()) {
            byte[] count = Json.bytes(Json.object().put(DROPPED, dropped + oldest.size()));
            writes.add(new DocumentWrite(COUNT_KIND, DROPPED, count));
        }
        commit(writes);
        oldest.forEach(index::remove);
        index.put(id, new Entry(endpointId, document.length));
        bytes = left;
        dropped += oldest.size();
        lastId = id;
    }

    /** Takes note that a message failed again; one that is gone stays gone. */
    synchronized void failedAgain(long id, @Nullable Message message, String reason, long at) {
        Optional<byte[]> known = document(key(id));
        if (known.isPresent()) {
            JsonNode json = Json.parse(known.get());
            byte[] document = write(
                    json.path("endpointId").asString(),
                    dispatch(json),
                    message,
                    reason,
                    json.path("attempts").asInt() + 1,
                    at);
            commit(List.of(new DocumentWrite(KIND, key(id), document)));
            Entry before = index.put(id, new Entry(json.path("endpointId").asString(), document.length));
            bytes += document.length - (before == null ? 0 : before.bytes());
        }
    }

    private void commit(List<DocumentWrite> writes) {
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), writes));
    }

    private static byte[] write(
            String endpointId, Dispatch dispatch, @Nullable Message message, String reason, int attempts, long at) {
        Base64.Encoder base64 = Base64.getEncoder();
        var json = Json.object()
                .put("endpointId", endpointId)
                .put("endpoint", dispatch.endpoint())
                .put("tenant", dispatch.tenant().key())
                .put("subscription", dispatch.subscriptionId())
                .put("position", dispatch.position())
                .put("content", base64.encodeToString(dispatch.content()))
                .put("reason", reason)
                .put("attempts", attempts)
                .put("at", at);
        if (message != null) {
            byte[] body = message.body();
            byte[] kept =
                    body.length <= DeadLetter.MAX_BODY_BYTES ? body : Arrays.copyOf(body, DeadLetter.MAX_BODY_BYTES);
            json.put("contentType", message.contentType()).put("body", base64.encodeToString(kept));
        }
        return Json.bytes(json);
    }

    private static Dispatch dispatch(JsonNode json) {
        return new Dispatch(
                Tenant.ofKey(json.path("tenant").asString()),
                json.path("subscription").asString(),
                json.path("endpoint").asString(),
                json.path("position").asLong(),
                Base64.getDecoder().decode(json.path("content").asString()));
    }

    private static DeadLetter letter(long id, JsonNode json) {
        return new DeadLetter(
                id,
                json.path("endpointId").asString(),
                Addresses.masked(json.path("endpoint").asString()),
                Tenant.ofKey(json.path("tenant").asString()),
                json.path("subscription").asString(),
                json.path("position").asLong(),
                json.path("reason").asString(),
                json.path("attempts").asInt(),
                json.path("at").asLong(),
                json.path("contentType").asString(""),
                Base64.getDecoder().decode(json.path("body").asString("")));
    }

    /**
     * The oldest letters first.
     *
     * @param endpointId empty for all endpoints
     * @param after the letter behind which to begin; 0 for the first
     */
    List<DeadLetter> list(String endpointId, long after, int limit) {
        List<DeadLetter> letters = new ArrayList<>();
        for (long id : ids(endpointId)) {
            if (id > after && letters.size() < limit) {
                document(key(id)).ifPresent(document -> letters.add(letter(id, Json.parse(document))));
            }
        }
        return letters;
    }

    /** One letter to be sent again; empty when there is none. */
    Optional<Pending.Letter> find(long id) {
        return document(key(id)).map(document -> new Pending.Letter(dispatch(Json.parse(document)), id));
    }

    /** The letters of an endpoint, or of all when it is empty, the oldest first. */
    synchronized List<Long> ids(String endpointId) {
        Stream<Long> ids = index.entrySet().stream()
                .filter(entry ->
                        endpointId.isEmpty() || entry.getValue().endpointId().equals(endpointId))
                .map(Map.Entry::getKey);
        return ids.toList();
    }

    synchronized boolean has(long id) {
        return index.containsKey(id);
    }

    /** Takes letters away, and says how many there were. */
    synchronized int delete(List<Long> ids) {
        List<Long> known = ids.stream().filter(index::containsKey).toList();
        if (!known.isEmpty()) {
            commit(known.stream()
                    .map(id -> new DocumentWrite(KIND, key(id), null))
                    .toList());
            for (long id : known) {
                Entry entry = index.remove(id);
                bytes -= entry == null ? 0 : entry.bytes();
            }
        }
        return known.size();
    }

    synchronized int size() {
        return index.size();
    }

    /** How many were dropped because there were too many. */
    synchronized long dropped() {
        return dropped;
    }
}
