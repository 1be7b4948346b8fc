package city.emona.app;

import city.emona.broker.delivery.Circuit;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.EndpointState;
import city.emona.broker.delivery.HttpSender;
import city.emona.broker.delivery.MailSender;
import city.emona.broker.delivery.MailSettings;
import city.emona.broker.delivery.MqttSender;
import city.emona.broker.delivery.Outbox;
import city.emona.broker.delivery.SchemeSender;
import city.emona.broker.delivery.TrustedCertificates;
import city.emona.config.Configuration;
import city.emona.store.ContextStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The delivery of messages as it is configured, and what of it is counted. */
final class Deliveries {
    private Deliveries() {}

    /**
     * Makes the engine, which does nothing before it is started.
     *
     * @throws IllegalStateException when the file of certificates cannot be used
     */
    static DeliveryEngine engine(Configuration configuration, ContextStore store, Outbox outbox, InstantSource clock) {
        String file = configuration.get(Settings.DELIVERY_CERTIFICATES);
        TrustedCertificates trusted = file.isEmpty() ? null : TrustedCertificates.read(Path.of(file));
        Duration timeout = Duration.ofSeconds(configuration.get(Settings.DELIVERY_TIMEOUT_SECONDS));
        SchemeSender sender = SchemeSender.of(
                        new HttpSender(timeout, trusted == null ? null : trusted.context(), clock),
                        new MqttSender(timeout, MqttSender.USUAL_IDLE, trusted))
                .with("mailto", new MailSender(mail(configuration, timeout), clock));
        return new DeliveryEngine(store, outbox, sender, clock, settings(configuration));
    }

    private static MailSettings mail(Configuration configuration, Duration timeout) {
        return new MailSettings(
                configuration.get(Settings.MAIL_HOST),
                configuration.get(Settings.MAIL_PORT),
                configuration.get(Settings.MAIL_SECURITY),
                configuration.get(Settings.MAIL_FROM),
                configuration.get(Settings.MAIL_USER),
                secret(configuration.get(Settings.MAIL_PASSWORD_FILE)),
                timeout);
    }

    /** What stands in a file of one line. */
    private static String secret(String file) {
        try {
            return file.isEmpty() ? "" : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The file " + file
                            + " of mail.password-file cannot be read. Make it readable, or correct the setting.",
                    e);
        }
    }

    private static DeliverySettings settings(Configuration configuration) {
        return new DeliverySettings(
                configuration.get(Settings.DELIVERY_QUEUE_LENGTH),
                DeliverySettings.DEFAULT.firstPause(),
                Duration.ofSeconds(configuration.get(Settings.DELIVERY_LONGEST_PAUSE_SECONDS)),
                Duration.ofHours(configuration.get(Settings.DELIVERY_RETENTION_HOURS)),
                configuration.get(Settings.DELIVERY_MESSAGES_PER_SECOND),
                configuration.get(Settings.DELIVERY_MAX_DEAD_LETTERS),
                configuration.get(Settings.DELIVERY_MAX_DEAD_LETTER_MEGABYTES) * 1024L * 1024);
    }

    /** Counts what the engine does, for Prometheus; figures of single endpoints would be too many. */
    static void count(DeliveryEngine engine, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("emona_deliveries")
                .help(
                        "Messages to endpoints by what became of them: delivered, failed attempts, refused for good, left out")
                .labelNames("outcome")
                .callback(callback -> {
                    List<EndpointState> states = engine.listEndpoints();
                    callback.call(sum(states, EndpointState::sent), "delivered");
                    callback.call(sum(states, EndpointState::failed), "failed");
                    callback.call(sum(states, EndpointState::refused), "refused");
                    callback.call(sum(states, EndpointState::dropped), "dropped");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_delivery_endpoints")
                .help("Endpoints by whether messages go to them: closed when they do, open and halfOpen after failures")
                .labelNames("circuit")
                .callback(callback -> {
                    List<EndpointState> states = engine.listEndpoints();
                    for (Circuit circuit : Circuit.values()) {
                        callback.call(sum(states, state -> state.circuit() == circuit ? 1 : 0), circuit.term());
                    }
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_deliveries_pending")
                .help("Messages that wait, about")
                .callback(callback -> callback.call(sum(engine.listEndpoints(), EndpointState::pending)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_delivery_lag_seconds")
                .help("How long the message that waits longest has waited")
                .callback(callback -> callback.call(engine.listEndpoints().stream()
                                .mapToLong(EndpointState::lagMillis)
                                .max()
                                .orElse(0)
                        / 1_000.0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_dead_letters")
                .help("Messages that were given up and are kept")
                .callback(callback -> callback.call(engine.countDeadLetters()))
                .register(registry);
        CounterWithCallback.builder()
                .name("emona_dead_letters_dropped")
                .help("Messages that were given up and are no longer kept, because there were too many")
                .callback(callback -> callback.call((double) engine.countDroppedDeadLetters()))
                .register(registry);
    }

    private static double sum(List<EndpointState> states, ToDoubleFunction<EndpointState> figure) {
        return states.stream().mapToDouble(figure).sum();
    }
}
