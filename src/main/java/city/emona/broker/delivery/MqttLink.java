package city.emona.broker.delivery;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of one MQTT broker in one version of the protocol. Safe for use by many threads. */
sealed interface MqttLink {
    /** How often a connection that has nothing to say shows that it is alive, in seconds. */
    int KEEP_ALIVE_SECONDS = 30;

    boolean isConnected();

    CompletableFuture<?> connect();

    /** Publishes; the future ends when the broker has taken the message over as the quality of service asks. */
    CompletableFuture<?> publish(String topic, MqttQos qos, String contentType, byte[] body);

    CompletableFuture<?> disconnect();

    /**
     * A client that is not connected yet.
     *
     * @param trusted null for whom the platform trusts
     */
    static MqttLink to(MqttAddress.Broker broker, @Nullable TrustManagerFactory trusted) {
        MqttClientSslConfig tls =
                MqttClientSslConfig.builder().trustManagerFactory(trusted).build();
        MqttClientBuilder builder = MqttClient.builder()
                // 3.1.1 promises no more than 23 letters and digits
                .identifier(
                        "emona" + UUID.randomUUID().toString().replace("-", "").substring(0, 16))
                .serverHost(broker.host())
                .serverPort(broker.port())
                .sslConfig(broker.secure() ? tls : null);
        String user = broker.credentials().user();
        byte[] password = broker.credentials().password().getBytes(StandardCharsets.UTF_8);
        boolean anonymous = broker.credentials().isEmpty();
        if (broker.version5()) {
            Mqtt5SimpleAuth auth =
                    Mqtt5SimpleAuth.builder().username(user).password(password).build();
            return new Version5(builder.useMqttVersion5()
                    .simpleAuth(anonymous ? null : auth)
                    .buildAsync());
        }
        Mqtt3SimpleAuth auth =
                Mqtt3SimpleAuth.builder().username(user).password(password).build();
        return new Version3(
                builder.useMqttVersion3().simpleAuth(anonymous ? null : auth).buildAsync());
    }

    /** MQTT 3.1.1. */
    record Version3(Mqtt3AsyncClient client) implements MqttLink {
        @Override
        public boolean isConnected() {
            return client.getState() == MqttClientState.CONNECTED;
        }

        @Override
        public CompletableFuture<?> connect() {
            return client.connectWith()
                    .cleanSession(true)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .send();
        }

        @Override
        public CompletableFuture<?> publish(String topic, MqttQos qos, String contentType, byte[] body) {
            return client.publishWith().topic(topic).qos(qos).payload(body).send();
        }

        @Override
        public CompletableFuture<?> disconnect() {
            return client.disconnect();
        }
    }

    /** MQTT 5.0, which also has a place for the content type. */
    record Version5(Mqtt5AsyncClient client) implements MqttLink {
        @Override
        public boolean isConnected() {
            return client.getState() == MqttClientState.CONNECTED;
        }

        @Override
        public CompletableFuture<?> connect() {
            return client.connectWith()
                    .cleanStart(true)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .send();
        }

        @Override
        public CompletableFuture<?> publish(String topic, MqttQos qos, String contentType, byte[] body) {
            return client.publishWith()
                    .topic(topic)
                    .qos(qos)
                    .contentType(contentType)
                    .payload(body)
                    .send()
                    .thenAccept(result -> result.getError().ifPresent(MqttLink::raise));
        }

        @Override
        public CompletableFuture<?> disconnect() {
            return client.disconnect();
        }
    }

    private static void raise(Throwable error) {
        throw new CompletionException(error);
    }
}
