package city.emona.broker.delivery;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages with MQTT. All endpoints with the same broker, user and version share a connection; it is made when it is needed, made
 * anew when it was lost, and closed when nothing was sent for a while. Safe for use by many threads.
 */
public final class MqttSender implements Sender {
    /** After how long without a message a connection is closed. */
    public static final Duration USUAL_IDLE = Duration.ofMinutes(1);

    private final Duration timeout;
    private final Duration idle;
    private final @Nullable TrustedCertificates trusted;
    private final Map<MqttAddress.Broker, Connection> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mqtt-idle").factory());

    /**
     * @param timeout how long a broker may take where the message does not say
     * @param idle after how long without a message a connection is closed
     * @param trusted whom to trust; null for whom the platform trusts
     */
    public MqttSender(Duration timeout, Duration idle, @Nullable TrustedCertificates trusted) {
        this.timeout = timeout;
        this.idle = idle;
        this.trusted = trusted;
        long pause = Math.max(1, idle.toMillis() / 4);
        var _ = sweeper.scheduleWithFixedDelay(this::closeIdle, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** A client with what it takes to share it. */
    private static final class Connection {
        final MqttLink link;
        int users;
        long usedAt = System.nanoTime();
        private @Nullable CompletableFuture<?> connecting;

        Connection(MqttLink link) {
            this.link = link;
        }

        /** A future that ends when there is a connection; the first who asks makes it. */
        synchronized CompletableFuture<?> connected() {
            if (link.isConnected()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<?> known = connecting;
            if (known == null || known.isDone()) {
                known = link.connect();
                connecting = known;
            }
            return known;
        }
    }

    @Override
    public Outcome send(Message message) throws InterruptedException {
        Message.Mqtt how = message.mqtt();
        MqttAddress address;
        try {
            address = MqttAddress.of(message.endpoint(), how != null && how.version5());
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(
                    "The address of the endpoint has no host, or no topic that can be published to.");
        }
        MqttQos qos = MqttQos.fromCode(how == null ? 0 : how.qos());
        if (qos == null) {
            return new Outcome.Refused("There is no such quality of service.");
        }
        Duration patience = message.timeout() == null ? timeout : message.timeout();
        Connection connection = acquire(address.broker());
        try {
            return publish(connection, address.topic(), qos, message, patience);
        } finally {
            release(address.broker());
        }
    }

    private Connection acquire(MqttAddress.Broker broker) {
        Connection acquired = connections.compute(broker, (_, known) -> {
            Connection connection = known == null
                    ? new Connection(MqttLink.to(broker, trusted == null ? null : trusted.managers()))
                    : known;
            connection.users++;
            return connection;
        });
        // what compute gives is what its function gave
        if (acquired == null) {
            throw new IllegalStateException("there is no connection");
        }
        return acquired;
    }

    private void release(MqttAddress.Broker broker) {
        connections.computeIfPresent(broker, (_, connection) -> {
            connection.users--;
            connection.usedAt = System.nanoTime();
            return connection;
        });
    }

    private Outcome publish(Connection connection, String topic, MqttQos qos, Message message, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean wasConnected = connection.link.isConnected();
        Outcome outcome = publishOnce(connection, topic, qos, message, deadline);
        // a connection that was lost in the meantime looks like a failure; a new one tells
        return outcome instanceof Outcome.Failed && wasConnected && !connection.link.isConnected()
                ? publishOnce(connection, topic, qos, message, deadline)
                : outcome;
    }

    private Outcome publishOnce(Connection connection, String topic, MqttQos qos, Message message, long deadline)
            throws InterruptedException {
        try {
            await(connection.connected(), deadline);
            await(connection.link.publish(topic, qos, message.contentType(), message.body()), deadline);
            return new Outcome.Delivered();
        } catch (TimeoutException e) {
            // what is stuck would arrive some time later, when it has been sent again
            var _ = connection.link.disconnect();
            return new Outcome.Failed("The broker did not answer in time.");
        } catch (ExecutionException e) {
            return judged(e.getCause());
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("The message cannot be published: " + e.getMessage() + ".");
        }
    }

    private static void await(CompletableFuture<?> future, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static Outcome judged(@Nullable Throwable cause) {
        return switch (cause) {
            case Mqtt3ConnAckException refused ->
                new Outcome.Failed("The broker refused the connection: "
                        + refused.getMqttMessage().getReturnCode() + ".");
            case Mqtt5ConnAckException refused ->
                new Outcome.Failed("The broker refused the connection: "
                        + refused.getMqttMessage().getReasonCode() + ".");
            case Mqtt5PubAckException refused ->
                refused(refused.getMqttMessage().getReasonCode().toString());
            case Mqtt5PubRecException refused ->
                refused(refused.getMqttMessage().getReasonCode().toString());
            case MqttEncodeException large ->
                new Outcome.Refused("The message cannot be published: " + large.getMessage() + ".");
            case ConnectionFailedException failed -> new Outcome.Failed(unreachable(failed.getCause()));
            case MqttClientStateException _ -> new Outcome.Failed("The connection to the broker was lost.");
            case null, default ->
                new Outcome.Failed("The connection to the broker was lost: "
                        + (cause == null ? "for no known reason" : cause.getMessage()) + ".");
        };
    }

    /** What a broker of MQTT 5 says of a message: some of it may change, the rest holds for good. */
    private static Outcome refused(String code) {
        String reason = "The broker did not take the message: " + code + ".";
        return switch (code) {
            case "QUOTA_EXCEEDED", "UNSPECIFIED_ERROR", "IMPLEMENTATION_SPECIFIC_ERROR" -> new Outcome.Failed(reason);
            default -> new Outcome.Refused(reason);
        };
    }

    private static String unreachable(@Nullable Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "The host of the broker is not known.";
            case ConnectException _ -> "The broker does not accept connections.";
            case SSLException insecure -> "No secure connection was made: " + insecure.getMessage() + ".";
            case null -> "The broker cannot be reached.";
            default -> "The broker cannot be reached: " + cause.getMessage() + ".";
        };
    }

    /** How many connections there are. */
    int countConnections() {
        return connections.size();
    }

    private void closeIdle() {
        for (MqttAddress.Broker broker : connections.keySet()) {
            connections.computeIfPresent(broker, (_, connection) -> {
                if (connection.users > 0 || System.nanoTime() - connection.usedAt < idle.toNanos()) {
                    return connection;
                }
                close(connection);
                return null;
            });
        }
    }

    private static void close(Connection connection) {
        if (connection.link.isConnected()) {
            var _ = connection.link.disconnect();
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        connections.values().forEach(MqttSender::close);
        connections.clear();
    }
}
