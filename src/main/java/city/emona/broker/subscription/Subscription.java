package city.emona.broker.subscription;

import city.emona.query.EntityFilter;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is to be told of which changes (ETSI GS CIM 009 clause 5.2.12). Immutable; the document must not be changed.
 *
 * @param id a URI
 * @param document the members as their client gave them, with expanded names and without those that only the server sets
 * @param filter the entities that are meant
 * @param watched expanded names of the attributes whose changes count; empty for all
 * @param triggers the kinds of change that count
 * @param active whether its client wants to be told, rather than to pause
 * @param expiresAt epoch milliseconds, or 0 for never
 * @param throttlingMillis the least time between two notifications; 0 for none
 * @param intervalMillis the time between notifications of all that matches, whatever changes; 0 to tell of changes
 * @param context the address of the JSON-LD context of its notifications
 */
public record Subscription(
        String id,
        ObjectNode document,
        EntityFilter filter,
        Set<String> watched,
        Set<Trigger> triggers,
        boolean active,
        long expiresAt,
        long throttlingMillis,
        long intervalMillis,
        String context,
        NotificationParams notification) {
    public Subscription {
        watched = Set.copyOf(watched);
        triggers = Set.copyOf(triggers);
    }

    /** What has become of a subscription. */
    public enum Status {
        ACTIVE("active"),
        PAUSED("paused"),
        EXPIRED("expired");

        private final String term;

        Status(String term) {
            this.term = term;
        }

        /** The name in JSON. */
        public String term() {
            return term;
        }
    }

    /** The status at a time, in epoch milliseconds. */
    public Status status(long now) {
        if (expiresAt != 0 && expiresAt <= now) {
            return Status.EXPIRED;
        }
        return active ? Status.ACTIVE : Status.PAUSED;
    }

    /** The same with the address of another context. */
    Subscription withContext(String address) {
        return new Subscription(
                id,
                document,
                filter,
                watched,
                triggers,
                active,
                expiresAt,
                throttlingMillis,
                intervalMillis,
                address,
                notification);
    }

    /** Whether it is told of all that matches, time and again, rather than of changes. */
    public boolean isPeriodic() {
        return intervalMillis != 0;
    }
}
