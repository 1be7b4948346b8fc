package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.HttpSender;
import city.emona.broker.delivery.Mosquitto;
import city.emona.broker.delivery.MqttSender;
import city.emona.broker.delivery.SchemeSender;
import city.emona.json.Json;
import city.emona.vertical.source.Wait;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts are told through a real broker of MQTT. */
class AlertMqttTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void publishesWhenAnAlertIsRaisedAndWhenItIsOver() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        try (Mosquitto broker = new Mosquitto(Files.createDirectory(folder.resolve("broker")));
                RuleCity city = new RuleCity(folder.resolve("data"));
                MqttSender mqtt = new MqttSender(TIMEOUT, MqttSender.USUAL_IDLE, null)) {
            Mqtt5BlockingClient subscriber = Mqtt5Client.builder()
                    .serverHost("localhost")
                    .serverPort(broker.port())
                    .simpleAuth()
                    .username(Mosquitto.USER)
                    .password(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .buildBlocking();
            subscriber.connect();
            subscriber
                    .toAsync()
                    .subscribeWith()
                    .topicFilter("city/alerts/air")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(message -> got.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)))
                    .send()
                    .join();
            AlertTargets targets =
                    AlertTargets.parse("environment=$ROOM", Map.of("ROOM", broker.address("city/alerts/air")));
            city.watch(new AlertWatcher(_ -> null));
            Clock clock = Clock.systemUTC();
            try (DeliveryEngine delivery = new DeliveryEngine(
                            city.store,
                            new AlertOutbox(
                                    RuleCity.NOBODY,
                                    city.broker,
                                    () -> city.verticals,
                                    targets,
                                    city.contexts,
                                    "Ljubljana"),
                            SchemeSender.of(new HttpSender(TIMEOUT, null, clock), mqtt),
                            clock,
                            DeliverySettings.DEFAULT);
                    RuleEngine rules = city.engine()) {
                assertThat(rules).isNotNull();
                delivery.start();
                city.say(RuleCity.AIR, "Bežigrad", "o3", 190);
                Wait.until(() -> got.size() == 1);
                city.say(RuleCity.AIR, "Bežigrad", "o3", 100);
                Wait.until(() -> got.size() == 2);
            }
            subscriber.disconnect();
        }
        assertThat(got)
                .extracting(one -> Json.parse(one).path("event").asString())
                .containsExactly("raised", "cleared");
        assertThat(Json.parse(got.getFirst()).at("/alert/severity").asString()).isEqualTo("high");
    }
}
