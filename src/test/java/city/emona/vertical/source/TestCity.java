package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.http.OutgoingGate;
import city.emona.query.EntityQuery;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A store, a broker and the shipped verticals, with a clock that the test sets. */
final class TestCity implements AutoCloseable {
    final AtomicReference<Instant> now;
    final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    final Verticals verticals = Verticals.load(Path.of("verticals"), contexts);
    final Broker broker;
    private final LocalStore store;
    private final HttpFetcher web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"));

    TestCity(Path folder, Instant now) {
        this.now = new AtomicReference<>(now);
        Clock clock = clock();
        this.store = LocalStore.open(folder, 0, clock);
        this.broker = new Broker(store, clock);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    /** A runner for a shipped source at another address. */
    SourceRunner runner(String verticalId, String sourceId, String address) {
        Vertical vertical = verticals.find(verticalId).orElseThrow();
        var declared = vertical.findSource(sourceId).orElseThrow();
        var spec = declared.at(address, Duration.ofSeconds(60), Map.of());
        var identity = new SourceHealth.Identity(
                SourceSupervisor.healthId(verticalId, sourceId), verticalId, sourceId, spec.name(), address, false);
        Connector connector =
                switch (spec.connector()) {
                    case HTTP -> new DocumentConnector(spec, java.net.URI.create(address), web);
                    case GBFS -> new GbfsConnector(spec, java.net.URI.create(address), web);
                    case FILE ->
                        new DocumentConnector(
                                spec, Path.of(address).toAbsolutePath().toUri(), new FileFetcher());
                };
        return new SourceRunner(
                spec, identity, broker, clock(), connector, new Pipeline(vertical, spec, contexts, false));
    }

    List<Entity> entities(String type) {
        return broker.query(Tenant.DEFAULT, EntityQuery.ofType(type).withLimit(1000))
                .entities();
    }

    Entity entity(String id) {
        return broker.get(Tenant.DEFAULT, id);
    }

    @Override
    public void close() {
        web.close();
        store.close();
    }
}
