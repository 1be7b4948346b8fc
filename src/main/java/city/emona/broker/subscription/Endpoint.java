package city.emona.broker.subscription;

import city.emona.broker.ReceiverInfo;
import city.emona.broker.delivery.Message;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go (ETSI GS CIM 009 clause 5.2.15).
 *
 * @param uri an http, https, mqtt or mqtts address
 * @param receiverInfo what the receiver is told beside the notification
 * @param mqtt how to publish, where the address is one of MQTT; null otherwise
 * @param timeout how long the receiver may take; null for the usual time
 * @param cooldown how long the endpoint is left alone after a failure; null for the usual time
 */
public record Endpoint(
        URI uri,
        Accept accept,
        List<ReceiverInfo> receiverInfo,
        Message.@Nullable Mqtt mqtt,
        @Nullable Duration timeout,
        @Nullable Duration cooldown) {
    public Endpoint {
        receiverInfo = List.copyOf(receiverInfo);
    }

    /** The media types of notifications. */
    public enum Accept {
        JSON("application/json"),
        JSON_LD("application/ld+json"),
        GEO_JSON("application/geo+json");

        private final String mediaType;

        Accept(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** Whether the receiver wants GeoJSON without a context in the body (clause 6.3.8). */
    boolean prefersContextInLink() {
        return receiverInfo.stream()
                .anyMatch(info ->
                        info.key().equalsIgnoreCase("Prefer") && info.value().equals("body=json"));
    }
}
