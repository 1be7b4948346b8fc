package city.emona.broker;

import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who this broker is to other brokers (ETSI GS CIM 009 clause 5.2.40). Its alias is drawn when a data folder is first used and kept in it,
 * so that registrations and loop detection of others can rely on it. Safe for use by many threads.
 */
public final class SourceIdentity {
    private static final String KIND = "platform";
    private static final String KEY = "alias";

    /** Stands between the alias and a tenant's name; no name of a tenant has it. */
    private static final char BEFORE_TENANT = '~';

    private final String alias;
    private final Clock clock;
    private final long startedAt;

    private SourceIdentity(String alias, Clock clock) {
        this.alias = alias;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    /** The identity that a store keeps; a new store is given one. */
    public static SourceIdentity of(ContextStore store, Clock clock) {
        Optional<byte[]> kept = store.findDocument(Tenant.DEFAULT, KIND, KEY);
        if (kept.isPresent()) {
            return new SourceIdentity(new String(kept.get(), StandardCharsets.US_ASCII), clock);
        }
        String drawn = "emona-" + UUID.randomUUID();
        byte[] content = drawn.getBytes(StandardCharsets.US_ASCII);
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(new DocumentWrite(KIND, KEY, content))));
        return new SourceIdentity(drawn, clock);
    }

    /** The pseudonym of a tenant of this broker, as it stands in a Via header (RFC 9110 section 7.6.3). */
    public String alias(Tenant tenant) {
        return tenant.isDefault() ? alias : alias + BEFORE_TENANT + tenant.name();
    }

    /** How long the broker has been running. */
    public Duration uptime() {
        return Duration.ofMillis(Math.max(0, clock.millis() - startedAt));
    }

    /** The present time, in epoch milliseconds. */
    public long now() {
        return clock.millis();
    }
}
