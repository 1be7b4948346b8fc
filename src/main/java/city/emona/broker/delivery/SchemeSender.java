package city.emona.broker.delivery;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Leaves each message to the sender for the scheme of its address.
 *
 * @param senders by schemes in small letters
 */
public record SchemeSender(Map<String, Sender> senders) implements Sender {
    public SchemeSender {
        senders = Map.copyOf(senders);
    }

    /** One sender for HTTP and one for MQTT. */
    public static SchemeSender of(Sender http, Sender mqtt) {
        return new SchemeSender(Map.of("http", http, "https", http, "mqtt", mqtt, "mqtts", mqtt));
    }

    /** The same with a sender for one more scheme. */
    public SchemeSender with(String scheme, Sender sender) {
        Map<String, Sender> more = new HashMap<>(senders);
        more.put(scheme, sender);
        return new SchemeSender(more);
    }

    @Override
    public Outcome send(Message message) throws InterruptedException {
        String scheme = message.endpoint().getScheme();
        Sender sender = scheme == null ? null : senders.get(scheme.toLowerCase(Locale.ROOT));
        return sender == null
                ? new Outcome.Refused("The address of the endpoint is none of HTTP or MQTT.")
                : sender.send(message);
    }

    @Override
    public void close() {
        senders.values().stream().distinct().forEach(Sender::close);
    }
}
