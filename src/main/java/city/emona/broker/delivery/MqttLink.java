package city.emona.broker.delivery;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
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

    /** @param trusted null for whom the platform trusts */
    static MqttLink to(MqttAddress.Broker broker, @Nullable TrustManagerFactory trusted) {
        // 3.1.1 promises no more than 23 letters and digits
        String clientId =
                "emona" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        MqttClientSslConfig tls =
                MqttClientSslConfig.builder().trustManagerFactory(trusted).build();
        return broker.version5() ? Version5.to(broker, clientId, tls) : Version3.to(broker, clientId, tls);
    }

    /** MQTT 3.1.1. */
    record Version3(Mqtt3AsyncClient client) implements MqttLink {
        static Version3 to(MqttAddress.Broker broker, String clientId, MqttClientSslConfig tls) {
            var builder = Mqtt3Client.builder()
                    .identifier(clientId)
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .sslConfig(broker.secure() ? tls : null);
            Addresses.Credentials credentials = broker.credentials();
            if (!credentials.isEmpty()) {
                builder.simpleAuth(Mqtt3SimpleAuth.builder()
                        .username(credentials.user())
                        .password(credentials.password().getBytes(StandardCharsets.UTF_8))
                        .build());
            }
            return new Version3(builder.buildAsync());
        }

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
        static Version5 to(MqttAddress.Broker broker, String clientId, MqttClientSslConfig tls) {
            var builder = Mqtt5Client.builder()
                    .identifier(clientId)
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .sslConfig(broker.secure() ? tls : null);
            Addresses.Credentials credentials = broker.credentials();
            if (!credentials.isEmpty()) {
                builder.simpleAuth(Mqtt5SimpleAuth.builder()
                        .username(credentials.user())
                        .password(credentials.password().getBytes(StandardCharsets.UTF_8))
                        .build());
            }
            return new Version5(builder.buildAsync());
        }

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
