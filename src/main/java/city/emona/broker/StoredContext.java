package city.emona.broker;

import city.emona.json.Json;
import city.emona.store.Tenant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * A context that the broker holds, without its content.
 *
 * @param tenant whose it is; a copy of another server's context belongs to the default tenant
 * @param id the identifier within the broker
 * @param url where the original is; empty for a context of this broker
 * @param createdAt when it was given or fetched, in epoch milliseconds
 * @param expiresAt until when the other server promised that it stays so, in epoch milliseconds; 0 for no promise
 * @param bytes how large it is
 * @param usage how often and when it was used since the start
 */
public record StoredContext(
        Tenant tenant,
        ContextKind kind,
        String id,
        String url,
        long createdAt,
        long expiresAt,
        int bytes,
        Usage usage) {

    /** How often a context was used, and when last. */
    public static final class Usage {
        private final LongAdder hits = new LongAdder();
        private final AtomicLong last;

        Usage(long since) {
            this.last = new AtomicLong(since);
        }

        void count(long now) {
            hits.increment();
            last.lazySet(now);
        }

        /** How often. */
        public long hits() {
            return hits.sum();
        }

        /** When last, in epoch milliseconds; before the first use, when the context was given or fetched. */
        public long last() {
            return last.get();
        }
    }

    /** The record of the registry. */
    byte[] record(JsonNode document) {
        var content = Json.object()
                .put("tenant", tenant.name())
                .put("kind", kind.term())
                .put("url", url)
                .put("createdAt", createdAt)
                .put("expiresAt", expiresAt);
        content.set("document", document);
        return Json.bytes(content);
    }

    /** Reads what {@link #record} wrote. */
    static StoredContext read(String id, byte[] content) {
        JsonNode json = Json.parse(content);
        long createdAt = json.required("createdAt").longValue();
        return new StoredContext(
                new Tenant(json.required("tenant").stringValue()),
                ContextKind.find(json.required("kind").stringValue()).orElseThrow(),
                id,
                json.required("url").stringValue(),
                createdAt,
                json.required("expiresAt").longValue(),
                content.length,
                new Usage(createdAt));
    }
}
