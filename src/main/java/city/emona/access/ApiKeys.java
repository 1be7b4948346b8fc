package city.emona.access;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys of programs. A key is shown once; the store has its hash. Safe for use by many threads; looking one up never waits. */
public final class ApiKeys {
    /** How every key begins, so that one that got lost is recognized. */
    public static final String PREFIX = "emona_";

    /** How long a key is good at most. */
    public static final int MOST_DAYS = 730;

    private static final int SHOWN = PREFIX.length() + 4;
    private static final int MOST_NAME = 200;

    private final AccessDocuments documents;
    private final InstantSource clock;
    private final Map<String, ApiKey> byHash = new ConcurrentHashMap<>();
    private final Map<String, Long> saved = new ConcurrentHashMap<>();

    /** A new key with its secret, which nobody can show again. */
    public record Drawn(ApiKey key, String secret) {}

    public ApiKeys(ContextStore store, InstantSource clock) {
        this.documents = new AccessDocuments(store, "api-key");
        this.clock = clock;
        documents.readAll(ApiKeys::read).forEach(key -> byHash.put(key.hash(), key));
    }

    /** All keys, the newest first; those that are good no more too. */
    public List<ApiKey> list() {
        return byHash.values().stream()
                .sorted(Comparator.comparingLong(ApiKey::createdAt).reversed())
                .toList();
    }

    /**
     * Makes a key.
     *
     * @param days how long it is good
     * @param by the name of who makes it
     * @throws Problem of type BadRequestData when a value is not good
     */
    public Drawn create(String name, Set<Grant> grants, int days, String by) {
        if (name.isBlank() || name.length() > MOST_NAME) {
            throw Problem.badRequestData("The key has no name, or one that is too long.", "Say what it is for.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.badRequestData(
                    "The key would be good for " + days + " days.", "Use 1 to " + MOST_DAYS + " days.");
        }
        String secret = PREFIX + Tokens.draw();
        long now = clock.millis();
        ApiKey key = new ApiKey(
                UUID.randomUUID().toString(),
                name.strip(),
                secret.substring(0, SHOWN),
                Tokens.hash(secret),
                grants,
                by,
                now,
                now + Duration.ofDays(days).toMillis(),
                new AtomicLong(),
                0);
        put(key);
        return new Drawn(key, secret);
    }

    private void put(ApiKey key) {
        documents.write(key.id(), json(key));
        byHash.put(key.hash(), key);
    }

    /** A key that exists, whether it is good or not. */
    public Optional<ApiKey> find(String id) {
        return byHash.values().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /**
     * Takes a key back, at once and for good.
     *
     * @throws Problem of type ResourceNotFound
     */
    public synchronized void revoke(String id) {
        ApiKey key = find(id).orElseThrow(() -> Problem.notFound("There is no such key."));
        if (key.revokedAt() == 0) {
            put(key.revoked(clock.millis()));
        }
    }

    /** The key with a secret, if it is good; it is used by this. */
    Optional<ApiKey> use(String secret) {
        ApiKey key = byHash.get(Tokens.hash(secret));
        long now = clock.millis();
        if (key == null || !key.isGood(now)) {
            return Optional.empty();
        }
        key.usedAt().set(now);
        return Optional.of(key);
    }

    /** Writes down when keys were last used. */
    synchronized void save() {
        List<DocumentWrite> writes = new ArrayList<>();
        for (ApiKey key : byHash.values()) {
            long usedAt = key.usedAt().get();
            Long before = saved.put(key.id(), usedAt);
            if (before == null ? usedAt != 0 : before != usedAt) {
                writes.add(documents.change(key.id(), json(key)));
            }
        }
        documents.commit(writes);
    }

    private static ObjectNode json(ApiKey key) {
        ObjectNode json = Json.object()
                .put("id", key.id())
                .put("name", key.name())
                .put("start", key.start())
                .put("hash", key.hash())
                .put("by", key.by())
                .put("createdAt", key.createdAt())
                .put("expiresAt", key.expiresAt())
                .put("usedAt", key.usedAt().get())
                .put("revokedAt", key.revokedAt());
        json.set("grants", AccessDocuments.json(key.grants()));
        return json;
    }

    private static ApiKey read(JsonNode json) {
        return new ApiKey(
                json.path("id").asString(),
                json.path("name").asString(),
                json.path("start").asString(),
                json.path("hash").asString(),
                AccessDocuments.grants(json.path("grants")),
                json.path("by").asString(),
                json.path("createdAt").asLong(),
                json.path("expiresAt").asLong(),
                new AtomicLong(json.path("usedAt").asLong()),
                json.path("revokedAt").asLong());
    }
}
