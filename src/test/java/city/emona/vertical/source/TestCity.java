package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.http.OutgoingGate;
import city.emona.query.EntityQuery;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
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
    final Origins origins;
    private final LocalStore store;
    private final HttpFetcher web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"));

    TestCity(Path folder, Instant now) {
        this.now = new AtomicReference<>(now);
        Clock clock = clock();
        this.store = LocalStore.open(folder, 0, clock);
        this.broker = new Broker(store, clock);
        this.origins = new Origins(store);
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
        var spec = declared.at(
                declared.connector(),
                declared.connector() == SourceSpec.Connector.FILE
                        ? Path.of(address).toAbsolutePath().toString()
                        : address,
                Duration.ofSeconds(60),
                Map.of());
        var identity = new SourceHealth.Identity(
                SourceSupervisor.healthId(verticalId, sourceId), verticalId, sourceId, spec.name(), address, false);
        Path here = Path.of("").toAbsolutePath();
        return new SourceRunner(
                spec,
                identity,
                new SourceRunner.Parts(broker, clock(), new SourceStates(store), origins),
                new Connectors(web, Secrets.none(), InstallSecrets.NONE, here, "test").of(vertical, spec),
                new Pipeline(vertical, spec, contexts, false),
                Origin.of(identity.id(), vertical, spec),
                Pipelines.fingerprint(vertical, spec));
    }

    /** A runner for a source of any vertical, as it is declared. */
    SourceRunner runner(Vertical vertical, String sourceId, Connectors connectors) {
        SourceSpec spec = vertical.findSource(sourceId).orElseThrow();
        var identity = new SourceHealth.Identity(
                SourceSupervisor.healthId(vertical.id(), sourceId),
                vertical.id(),
                sourceId,
                spec.name(),
                spec.address(),
                false);
        return new SourceRunner(
                spec,
                identity,
                new SourceRunner.Parts(broker, clock(), new SourceStates(store), origins),
                connectors.of(vertical, spec),
                new Pipeline(vertical, spec, contexts, false),
                Origin.of(identity.id(), vertical, spec),
                Pipelines.fingerprint(vertical, spec));
    }

    SourceSupervisor.Surroundings surroundings(Path inbox) {
        return new SourceSupervisor.Surroundings(
                contexts,
                broker,
                store,
                clock(),
                Secrets.none(),
                InstallSecrets.NONE,
                OutgoingGate.allowing("127.0.0.0/8"),
                inbox,
                "test");
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
