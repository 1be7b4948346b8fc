package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Outbox;
import city.emona.config.Configuration;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.LogEntry;
import city.emona.store.Samples;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.source.Wait;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The delivery as the configuration makes it. */
class DeliveriesTest {
    @TempDir
    Path folder;

    /** Tells one address of every commit. */
    private record OneOutbox(String address) implements Outbox {
        @Override
        public List<Dispatch> dispatches(LogEntry entry) {
            return List.of(new Dispatch(entry.tenant(), "s1", address, entry.position(), new byte[0]));
        }

        @Override
        public Optional<Message> compose(Dispatch dispatch) {
            return Optional.of(
                    new Message(URI.create(address), "text/plain", List.of(), new byte[] {'1'}, null, null, null));
        }

        @Override
        public void delivered(Dispatch dispatch, long at) {
            // counted by the engine
        }

        @Override
        public void failed(Dispatch dispatch, long at, String reason) {
            // counted by the engine
        }
    }

    private static Configuration configuration(Map<String, String> values) {
        return Configuration.read(Settings.ALL, null, values);
    }

    @Test
    void countsWhatBecomesOfMessages() throws IOException {
        Router router = new Router().post("/taken", _ -> Response.empty(204));
        try (HttpServer server = HttpServer.start(
                        HttpServerConfig.onLoopback(0),
                        router,
                        (_, problem, _) -> Response.empty(problem.type().status()));
                LocalStore store = LocalStore.open(folder, 1024 * 1024, Clock.systemUTC())) {
            store.setWatcher(_ -> new byte[] {1});
            Outbox outbox = new OneOutbox("http://localhost:" + server.port() + "/taken");
            try (DeliveryEngine engine = Deliveries.engine(configuration(Map.of()), store, outbox, Clock.systemUTC())) {
                PrometheusRegistry registry = new PrometheusRegistry();
                Deliveries.count(engine, registry);
                engine.start();
                store.commit(ChangeSet.ofEntities(
                        Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:n:1", "N", 1)))));
                Wait.until(() -> engine.listEndpoints().stream().anyMatch(state -> state.pending() == 0));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
                assertThat(out.toString(StandardCharsets.UTF_8))
                        .contains("emona_deliveries_total{outcome=\"delivered\"} 1.0")
                        .contains("emona_delivery_endpoints{circuit=\"closed\"} 1.0")
                        .contains("emona_deliveries_pending 0.0")
                        .contains("emona_dead_letters 0.0");
            }
        }
    }

    @Test
    void refusesAFileThatHoldsNoCertificates() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 1024 * 1024, Clock.systemUTC())) {
            assertThatThrownBy(() -> Deliveries.engine(
                            configuration(Map.of("delivery.trusted-certificates", file.toString())),
                            store,
                            new OneOutbox("http://localhost/"),
                            Clock.systemUTC()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("certificates in PEM");
        }
    }
}
