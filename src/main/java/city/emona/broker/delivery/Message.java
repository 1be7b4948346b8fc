package city.emona.broker.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to an endpoint.
 *
 * @param endpoint an http, https, mqtt or mqtts address
 * @param contentType of the body
 * @param headers in the order in which they are sent, without Content-Type
 * @param timeout how long the receiver may take; null for the usual time
 * @param cooldown how long the endpoint is left alone after a failure; null for the usual
 * @param mqtt how to publish, where the endpoint is one of MQTT; null otherwise
 */
public record Message(
        URI endpoint,
        String contentType,
        List<Header> headers,
        byte[] body,
        @Nullable Duration timeout,
        @Nullable Duration cooldown,
        @Nullable Mqtt mqtt) {
    public Message {
        headers = List.copyOf(headers);
    }

    /** One header of HTTP. */
    public record Header(String name, String value) {}

    /**
     * How a message is published. The body is already of the form that the standard asks for (ETSI GS CIM 009 clause 7.2).
     *
     * @param version5 whether with MQTT 5.0, rather than 3.1.1
     * @param qos 0, 1 or 2
     */
    public record Mqtt(boolean version5, int qos) {}
}
