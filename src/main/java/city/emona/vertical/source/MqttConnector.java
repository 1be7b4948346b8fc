package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.PassingSink;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an MQTT broker. The session is kept by the broker under a name that never changes, so that what is published while we are away
 * waits there; a message is acknowledged when it is committed, and comes again when it was not.
 */
final class MqttConnector implements Connector {
    private static final Pattern ADDRESS =
            Pattern.compile("(mqtts?)://([^/:@?#\\s]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/(\\S+)");
    private static final int PORT = 1883;
    private static final int SECURE_PORT = 8883;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int QUEUE = 2_000;
    private static final int BATCH = 500;
    /** How long a poll waits for a message, so that a source that is switched off ends soon. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final SourceSpec spec;
    private final String vertical;
    private final Secrets secrets;
    private final Outside outside;
    private final String clientId;
    private final Matcher address;
    private final BlockingQueue<Mqtt3Publish> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final List<Mqtt3Publish> taken = new ArrayList<>();
    private final ExecutorService receiving = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("mqtt-source").factory());
    private @Nullable Mqtt3AsyncClient client;

    /** @throws IllegalArgumentException when the address has no broker or no topic */
    MqttConnector(SourceSpec spec, String vertical, Secrets secrets, Outside outside, String clientId) {
        this.spec = spec;
        this.vertical = vertical;
        this.secrets = secrets;
        this.outside = outside;
        this.clientId = clientId;
        this.address = ADDRESS.matcher(spec.address());
        if (!address.matches()) {
            throw new IllegalArgumentException("it is not of the form mqtt[s]://host[:port]/topic");
        }
    }

    @Override
    public boolean isPatient() {
        return true;
    }

    @Override
    public boolean hasMore() {
        return true;
    }

    @Override
    public boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure, InterruptedException {
        taken.clear();
        connect();
        Mqtt3Publish first = arrived.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        taken.add(first);
        arrived.drainTo(taken, BATCH - 1);
        for (Mqtt3Publish message : taken) {
            read(message, sink);
        }
        return true;
    }

    private void read(Mqtt3Publish message, RecordSink sink) {
        String topic = message.getTopic().toString();
        byte[] payload = message.getPayloadAsBytes();
        try {
            if (payload.length > spec.maxBytes()) {
                throw new SourceFailure("Sporočilo je preveliko.", "The message is too large.");
            }
            Formats.read(spec.format(), new Body(payload, spec.charset(), null), new OfTopic(sink, topic));
        } catch (SourceFailure e) {
            sink.unusable(Map.of("topic", topic, "payload", new String(payload, StandardCharsets.UTF_8)), e.reason());
        }
    }

    /** Tells the mapping the topic as {@code $header.topic}. */
    private static final class OfTopic extends PassingSink {
        private final String topic;

        OfTopic(RecordSink sink, String topic) {
            super(sink);
            this.topic = topic;
        }

        @Override
        public void header(Map<String, @Nullable Object> header) {
            Map<String, @Nullable Object> more = new LinkedHashMap<>(header);
            more.put("topic", topic);
            super.header(more);
        }

        @Override
        public void brokenOff(LocalizedText reason) {
            unusable(topic, reason);
        }
    }

    @Override
    public void accepted() {
        taken.forEach(Mqtt3Publish::acknowledge);
        taken.clear();
    }

    private void connect() throws SourceFailure, InterruptedException {
        Mqtt3AsyncClient known = client;
        if (known != null && known.getState() == MqttClientState.CONNECTED) {
            return;
        }
        close(known);
        // what was not acknowledged comes again in the new connection
        arrived.clear();
        outside.require(URI.create(address.group(1) + "://" + address.group(2)));
        Mqtt3AsyncClient next = newClient();
        client = next;
        next.publishes(MqttGlobalPublishFilter.ALL, this::receive, receiving, true);
        await(next.connectWith()
                .cleanSession(false)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .send());
        await(next.subscribeWith()
                .topicFilter(address.group(4).replace("%23", "#"))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send());
    }

    private void receive(Mqtt3Publish message) {
        try {
            arrived.put(message);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Mqtt3AsyncClient newClient() throws SourceFailure {
        boolean secure = address.group(1).equals("mqtts");
        String port = address.group(3);
        var builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(clientId)
                .serverHost(address.group(2))
                .serverPort(port == null ? (secure ? SECURE_PORT : PORT) : Integer.parseInt(port))
                .sslConfig(secure ? MqttClientSslConfig.builder().build() : null);
        if (spec.transport().authentication() instanceof Transport.Authentication.Basic basic) {
            builder = builder.simpleAuth(Mqtt3SimpleAuth.builder()
                    .username(basic.user())
                    .password(secrets.get(vertical, basic.secret()).getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return builder.buildAsync();
    }

    private void await(CompletableFuture<?> step) throws SourceFailure, InterruptedException {
        try {
            step.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause == null ? e.toString() : String.valueOf(cause.getMessage());
            throw new SourceFailure(
                    "Posrednik MQTT ne sprejme povezave: " + why + ".",
                    "The MQTT broker does not take the connection: " + why + ".");
        } catch (TimeoutException _) {
            long seconds = Math.max(1, spec.timeout().toSeconds());
            throw new SourceFailure(
                    "Posrednik MQTT ni odgovoril v " + seconds + " s.",
                    "The MQTT broker did not answer within " + seconds + " s.");
        }
    }

    private static void close(@Nullable Mqtt3AsyncClient client) {
        if (client != null) {
            // the future tells of a connection that was not there any more, which is no matter
            client.disconnect()
                    .orTimeout(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> null);
        }
    }

    @Override
    public void close() {
        close(client);
        receiving.shutdownNow();
    }
}
