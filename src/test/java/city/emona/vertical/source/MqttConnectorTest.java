package city.emona.vertical.source;

import static city.emona.vertical.source.TestVertical.LEVEL;
import static city.emona.vertical.source.TestVertical.THING;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.Mosquitto;
import city.emona.http.OutgoingGate;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.format.SourceFailure;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a real MQTT broker. */
class MqttConnectorTest {
    @TempDir
    Path folder;

    private Mosquitto mosquitto;
    private TestCity city;
    private Mqtt3BlockingClient sender;

    @BeforeEach
    void start() throws Exception {
        mosquitto = new Mosquitto(Files.createDirectories(folder.resolve("mosquitto")));
        city = new TestCity(folder.resolve("data"), Instant.parse("2026-11-23T08:00:00Z"));
        sender = MqttClient.builder()
                .useMqttVersion3()
                .serverHost("localhost")
                .serverPort(mosquitto.port())
                .simpleAuth()
                .username(Mosquitto.USER)
                .password(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        sender.connect();
    }

    @AfterEach
    void stop() {
        city.close();
        mosquitto.close();
    }

    private void publish(String topic, String payload) {
        sender.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private Connectors connectors(HttpFetcher web) {
        return new Connectors(
                web,
                new Secrets(folder, Map.of("EMONA_SECRET_THINGS_BROKER", Mosquitto.PASSWORD)),
                InstallSecrets.NONE,
                folder,
                "test");
    }

    private SourceRunner runner(HttpFetcher web) throws Exception {
        var vertical = TestVertical.of(
                folder, city.contexts, TestVertical.source("s", """
                connector: mqtt
                address: mqtt://localhost:%d/city/things/%%23
                every: 1s
                format: json
                authentication: {kind: basic, user: %s, secret: broker}""".formatted(mosquitto.port(), Mosquitto.USER)), """
                {"id": "urn:ngsi-ld:Thing:" & $split($header.topic, "/")[2], "type": "Thing", "level": {"value": level}}
                """);
        return city.runner(vertical, "s", connectors(web));
    }

    private static void pollUntil(SourceRunner runner, BooleanSupplier done) {
        Wait.until(() -> {
            try {
                runner.poll();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return done.getAsBoolean();
        });
    }

    private int level(String id) {
        return city.entity("urn:ngsi-ld:Thing:" + id)
                .findValue(LEVEL)
                .orElseThrow()
                .asInt();
    }

    @Test
    void takesMessagesWithTheirTopicAndRejectsOneThatIsBroken() throws Exception {
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            SourceRunner runner = runner(web);
            runner.poll();
            assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
            publish("city/things/a", "{\"level\": 1}");
            publish("city/things/b", "{\"level\":");
            publish("city/things/b", "{\"level\": 3}");
            pollUntil(runner, () -> city.entities(THING).size() == 2);
            assertThat(level("a")).isEqualTo(1);
            assertThat(level("b")).isEqualTo(3);
            assertThat(runner.lastRejected()).singleElement().satisfies(one -> {
                assertThat(one.record()).contains("city/things/b");
                assertThat(one.reason().en()).contains("not valid JSON");
            });
            runner.close();
        }
    }

    @Test
    void whatIsPublishedWhileItIsAwayWaitsAtTheBroker() throws Exception {
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            SourceRunner first = runner(web);
            first.poll();
            first.close();
            publish("city/things/a", "{\"level\": 7}");
            SourceRunner second = runner(web);
            pollUntil(second, () -> city.entities(THING).size() == 1);
            assertThat(level("a")).isEqualTo(7);
            second.close();
        }
    }

    @Test
    void aMessageThatWasNotCommittedComesAgain() throws Exception {
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            var vertical = TestVertical.of(
                    folder, city.contexts, TestVertical.source("s", """
                    connector: mqtt
                    address: mqtt://localhost:%d/city/things/+
                    every: 1s
                    format: json
                    authentication: {kind: basic, user: %s, secret: broker}""".formatted(mosquitto.port(), Mosquitto.USER)));
            Connector connector =
                    connectors(web).of(vertical, vertical.sources().getFirst());
            var occasion = new Connector.Occasion(Instant.now(), 0);
            connector.poll(occasion, new RecordSet());
            publish("city/things/a", "{\"level\": 7}");
            var taken = new RecordSet();
            Wait.until(() -> polled(connector, occasion, taken));
            assertThat(taken.records()).hasSize(1);
            connector.close();

            Connector again = connectors(web).of(vertical, vertical.sources().getFirst());
            var repeated = new RecordSet();
            Wait.until(() -> polled(again, occasion, repeated));
            assertThat(repeated.records()).isEqualTo(taken.records());
            again.accepted();
            again.close();
        }
    }

    private static boolean polled(Connector connector, Connector.Occasion occasion, RecordSet set) {
        try {
            return connector.poll(occasion, set);
        } catch (SourceFailure | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connectsAgainWhenTheBrokerIsBack() throws Exception {
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            SourceRunner runner = runner(web);
            runner.poll();
            mosquitto.kill();
            pollUntil(runner, () -> runner.health().failures() > 0);
            assertThat(runner.pause()).isPositive();
            mosquitto.startAgain();
            pollUntil(runner, () -> runner.health().failures() == 0);
            sender = sender.getState().isConnected() ? sender : reconnected();
            publish("city/things/c", "{\"level\": 9}");
            pollUntil(runner, () -> city.entities(THING).size() == 1);
            assertThat(level("c")).isEqualTo(9);
            runner.close();
        }
    }

    private Mqtt3BlockingClient reconnected() {
        sender.connect();
        return sender;
    }

    @Test
    void saysThatAPasswordIsNotTaken() throws Exception {
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            var vertical =
                    TestVertical.of(folder, city.contexts, TestVertical.source("s", """
                    connector: mqtt
                    address: mqtt://localhost:%d/city/things/+
                    format: json
                    authentication: {kind: basic, user: nobody, secret: broker}""".formatted(mosquitto.port())));
            SourceRunner runner = city.runner(vertical, "s", connectors(web));
            runner.poll();
            assertThat(runner.health().findTrouble().orElseThrow().reason().en())
                    .contains("does not take the connection");
            runner.close();
        }
    }
}
