package city.emona.broker.delivery;

import java.net.URI;

/**
 * The address of an endpoint of MQTT (ETSI GS CIM 009 clause 7.2): {@code mqtt[s]://[user[:password]@]host[:port]/topic[/subtopic]*}.
 */
record MqttAddress(Broker broker, String topic) {
    private static final int PORT = 1883;
    private static final int SECURE_PORT = 8883;

    /**
     * All that tells one connection from another.
     *
     * @param version5 whether with MQTT 5.0, rather than 3.1.1
     */
    record Broker(String host, int port, boolean secure, Addresses.Credentials credentials, boolean version5) {}

    MqttAddress {
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("»" + topic + "« is no topic to publish to");
        }
    }

    /** @throws IllegalArgumentException when it has no host, or no topic that can be published to */
    static MqttAddress of(URI address, boolean version5) {
        boolean secure = "mqtts".equalsIgnoreCase(address.getScheme());
        String host = address.getHost();
        String path = address.getRawPath();
        if (host == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException("the address has no host or no topic");
        }
        int port = address.getPort() > 0 ? address.getPort() : secure ? SECURE_PORT : PORT;
        // the brackets around an address of IPv6 belong to the URI
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new MqttAddress(
                new Broker(plain, port, secure, Addresses.credentials(address), version5),
                Addresses.decoded(path.substring(1)));
    }
}
