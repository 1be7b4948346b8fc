package city.emona.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.source.Wait;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real broker of MQTT takes, and what its subscribers get. */
class MqttSenderTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static Mosquitto broker;

    private final MqttSender sender = new MqttSender(TIMEOUT, MqttSender.USUAL_IDLE, null);
    private final List<Mqtt5Publish> got = new CopyOnWriteArrayList<>();
    private Mqtt5AsyncClient subscriber;

    @BeforeAll
    static void startBroker() throws IOException, InterruptedException {
        broker = new Mosquitto(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void subscribe() {
        subscriber = Mqtt5Client.builder()
                .serverHost("localhost")
                .serverPort(broker.port())
                .simpleAuth()
                .username(Mosquitto.USER)
                .password(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        subscriber.toBlocking().connect();
        subscriber
                .subscribeWith()
                .topicFilter("city/#")
                .qos(MqttQos.EXACTLY_ONCE)
                .callback(got::add)
                .send()
                .join();
    }

    @AfterEach
    void close() {
        sender.close();
        if (subscriber.getState().isConnected()) {
            subscriber.toBlocking().disconnect();
        }
    }

    private static Message message(String address, Message.Mqtt how, String body) {
        return new Message(
                URI.create(address),
                "application/json",
                List.of(),
                body.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                how);
    }

    private static String body(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "false, 1", "false, 2", "true, 0", "true, 1", "true, 2"})
    void publishesInBothVersionsWithEveryQuality(boolean version5, int qos) throws InterruptedException {
        Message.Mqtt how = new Message.Mqtt(version5, qos);
        for (int i = 1; i <= 20; i++) {
            assertThat(sender.send(message(broker.address("city/air/a%20b"), how, "n" + i)))
                    .isEqualTo(new Outcome.Delivered());
        }
        Wait.until(() -> got.size() == 20);
        for (int i = 0; i < 20; i++) {
            assertThat(body(got.get(i))).isEqualTo("n" + (i + 1));
        }
        Mqtt5Publish first = got.getFirst();
        assertThat(first.getTopic()).hasToString("city/air/a b");
        assertThat(first.getQos().getCode()).isEqualTo(qos);
        assertThat(first.getContentType().isPresent()).isEqualTo(version5);
        assertThat(sender.countConnections()).isEqualTo(1);
    }

    @Test
    void sharesAConnectionBetweenTopicsButNotBetweenVersions() throws InterruptedException {
        sender.send(message(broker.address("city/a"), new Message.Mqtt(false, 1), "1"));
        sender.send(message(broker.address("city/b"), new Message.Mqtt(false, 1), "2"));
        assertThat(sender.countConnections()).isEqualTo(1);
        sender.send(message(broker.address("city/b"), new Message.Mqtt(true, 1), "3"));
        assertThat(sender.countConnections()).isEqualTo(2);
    }

    @Test
    void encryptsForThoseWhoTrustTheCertificate() throws InterruptedException {
        Message.Mqtt how = new Message.Mqtt(true, 1);
        try (MqttSender trusting =
                new MqttSender(TIMEOUT, MqttSender.USUAL_IDLE, TrustedCertificates.read(broker.certificate()))) {
            assertThat(trusting.send(message(broker.secureAddress("city/tls"), how, "secret")))
                    .isEqualTo(new Outcome.Delivered());
            Wait.until(() -> got.size() == 1);
            assertThat(body(got.getFirst())).isEqualTo("secret");
            // the certificate is for this machine by its name and 127.0.0.1 alone
            String other = broker.secureAddress("city/tls").replace("localhost", "127.0.0.2");
            assertThat(trusting.send(message(other, how, "secret"))).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(sender.send(message(broker.secureAddress("city/tls"), how, "secret")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).startsWith("No secure connection was made"));
    }

    @Test
    void saysWhyTheBrokerRefuses() throws InterruptedException {
        String wrong = broker.address("city/a").replace("ge%2Fheim", "wrong");
        assertThat(sender.send(message(wrong, new Message.Mqtt(false, 1), "1")))
                .isEqualTo(new Outcome.Failed("The broker refused the connection: NOT_AUTHORIZED."));
        assertThat(sender.send(message(wrong, new Message.Mqtt(true, 1), "1")))
                .isEqualTo(new Outcome.Failed("The broker refused the connection: NOT_AUTHORIZED."));
        assertThat(sender.send(message(broker.address("village/a"), new Message.Mqtt(true, 1), "1")))
                .isEqualTo(new Outcome.Refused("The broker did not take the message: NOT_AUTHORIZED."));
        assertThat(sender.send(message(broker.address("city/+"), new Message.Mqtt(true, 1), "1")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(sender.send(message("mqtt://localhost", new Message.Mqtt(true, 1), "1")))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void comesBackAfterTheBrokerWasAway() throws IOException, InterruptedException {
        Message.Mqtt how = new Message.Mqtt(false, 1);
        assertThat(sender.send(message(broker.address("city/a"), how, "1"))).isEqualTo(new Outcome.Delivered());
        broker.kill();
        assertThat(sender.send(message(broker.address("city/a"), how, "2"))).isInstanceOf(Outcome.Failed.class);
        broker.startAgain();
        assertThat(sender.send(message(broker.address("city/a"), how, "3"))).isEqualTo(new Outcome.Delivered());
        assertThat(sender.countConnections()).isEqualTo(1);
    }

    @Test
    void closesAConnectionThatNobodyUses() throws InterruptedException {
        try (MqttSender impatient = new MqttSender(TIMEOUT, Duration.ofMillis(20), null)) {
            assertThat(impatient.send(message(broker.address("city/a"), new Message.Mqtt(true, 0), "1")))
                    .isEqualTo(new Outcome.Delivered());
            Wait.until(() -> impatient.countConnections() == 0);
        }
    }

    @Test
    void bringsWhatCommitsAskForToTheBroker(@TempDir Path data) {
        NumberOutbox outbox = new NumberOutbox().subscribe("s1", broker.address("city/numbers"));
        outbox.mqtt(new Message.Mqtt(true, 1));
        try (DeliveryBench bench = new DeliveryBench(data, Clock.systemUTC(), outbox, DeliverySettings.DEFAULT)) {
            bench.commit(50);
            Wait.until(() -> got.size() == 50);
            assertThat(got).extracting(MqttSenderTest::body).isEqualTo(DeliveryBench.numbers(1, 50));
            assertThat(bench.endpoint().address()).contains("ana:***@");
        }
    }
}
