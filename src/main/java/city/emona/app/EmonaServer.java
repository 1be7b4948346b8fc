package city.emona.app;

import city.emona.access.Access;
import city.emona.access.AccessBook;
import city.emona.access.Doorkeeper;
import city.emona.api.ngsild.EventStreams;
import city.emona.api.ngsild.NgsiLdApi;
import city.emona.api.ngsild.Problems;
import city.emona.api.openapi.OpenApi;
import city.emona.api.operations.AlertOperations;
import city.emona.api.operations.BackupOperations;
import city.emona.api.operations.DeliveryOperations;
import city.emona.api.operations.ExportOperations;
import city.emona.api.operations.IndicatorOperations;
import city.emona.api.operations.ProvenanceOperations;
import city.emona.api.operations.SourceOperations;
import city.emona.api.operations.VerticalOperations;
import city.emona.app.demo.DemoCity;
import city.emona.app.demo.DemoPast;
import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.ExpirySweeper;
import city.emona.broker.QueryGate;
import city.emona.broker.SourceIdentity;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.live.LiveHub;
import city.emona.broker.subscription.SubscriptionKeeper;
import city.emona.broker.subscription.SubscriptionMatcher;
import city.emona.broker.subscription.SubscriptionOutbox;
import city.emona.broker.subscription.Subscriptions;
import city.emona.broker.temporal.TemporalReads;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.governance.council.CouncilVocabulary;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Router;
import city.emona.http.TlsFiles;
import city.emona.http.operation.Operations;
import city.emona.portal.Assets;
import city.emona.portal.Portal;
import city.emona.portal.Site;
import city.emona.portal.console.Console;
import city.emona.portal.door.Door;
import city.emona.store.ContextStore;
import city.emona.store.Tenant;
import city.emona.store.backup.BackupSchedule;
import city.emona.store.backup.BackupWriter;
import city.emona.store.backup.Backups;
import city.emona.store.local.LocalStore;
import city.emona.vertical.Finding;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.life.Estate;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.provenance.Origins;
import city.emona.vertical.rule.AlertOutbox;
import city.emona.vertical.rule.AlertWatcher;
import city.emona.vertical.rule.Alerts;
import city.emona.vertical.source.Secrets;
import city.emona.vertical.source.SourceSupervisor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: everything put together, and taken apart again in the reverse order. */
final class EmonaServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmonaServer.class);

    private final Clock clock = Clock.systemUTC();
    private final Configuration configuration;
    private final boolean demo;
    private final boolean open;
    private final Supplier<Configuration> again;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private @Nullable Operations operations;
    private @Nullable AccessBook access;
    private volatile @Nullable HttpServer http;

    private EmonaServer(Configuration configuration, boolean demo, boolean open, Supplier<Configuration> again) {
        this.configuration = configuration;
        this.demo = demo;
        this.open = open;
        this.again = again;
    }

    /**
     * Opens the data folder, listens, and lets the sources run.
     *
     * @param demo whether the sources read the demo city's feeds, which this server then publishes
     * @throws city.emona.store.local.StoreOpenException when the data folder cannot be opened
     * @throws IllegalStateException when the address cannot be listened on
     */
    static EmonaServer start(Configuration configuration, boolean demo) {
        return start(configuration, demo, false, () -> configuration);
    }

    /** The same without access control: everybody who reaches the server may do everything. */
    static EmonaServer startOpen(Configuration configuration, boolean demo) {
        return start(configuration, demo, true, () -> configuration);
    }

    /**
     * The same.
     *
     * @param open whether there is no access control
     * @param again reads the configuration again
     */
    static EmonaServer start(Configuration configuration, boolean demo, boolean open, Supplier<Configuration> again) {
        EmonaServer server = new EmonaServer(configuration, demo, open, again);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void start() {
        Path data = Path.of(configuration.get(Settings.DATA));
        long reserveBytes = configuration.get(Settings.RESERVE_MEGABYTES) * 1024L * 1024;
        ContextStore store = LocalStore.open(data, reserveBytes, clock);
        closing.push(store::close);
        Backups backups = new Backups(new BackupWriter(data, store, Version.current(), clock));
        closing.push(backups::close);
        BackupSchedule schedule = BackupDuty.schedule(configuration, backups, clock);
        closing.push(schedule::close);
        QueryGate gate = new QueryGate(
                configuration.get(Settings.MAX_QUERY_MEGASTEPS) * 1_000_000L,
                Duration.ofSeconds(configuration.get(Settings.MAX_QUERY_SECONDS)));
        closing.push(gate::close);
        Broker broker = new Broker(store, clock, gate);
        ExpirySweeper sweeper = new ExpirySweeper(store, clock, broker);
        closing.push(sweeper::close);
        sweeper.start();
        LiveHub live = new LiveHub(store, broker, configuration.get(Settings.MAX_STREAMS));
        closing.push(live::close);
        ContextLibrary library = new ContextLibrary(store, new RemoteContexts(), clock);
        Contexts contexts = library.contexts();
        Subscriptions subscriptions = new Subscriptions(broker, store, library, clock);
        store.setWatcher(new AlertWatcher(new SubscriptionMatcher(subscriptions, store, clock)));
        Estate estate = VerticalEstate.of(
                configuration,
                demo,
                store,
                contexts,
                VerticalCommand.folderOf(configuration),
                VerticalEstate.followers(subscriptions, broker),
                clock);
        LifeCycle life = new LifeCycle(estate);
        AlertOutbox outbox = new AlertOutbox(
                new SubscriptionOutbox(subscriptions, broker, library, clock),
                broker,
                life::current,
                configuration.get(Settings.ALERT_TARGETS),
                contexts,
                configuration.get(Settings.CITY));
        DeliveryEngine engine = Deliveries.engine(configuration, store, outbox, clock);
        SubscriptionKeeper keeper = new SubscriptionKeeper(subscriptions, clock, engine::offer);
        // what the engine still delivers while it stops is counted by the keeper
        closing.push(keeper::close);
        closing.push(engine::close);
        closing.push(life::close);
        contexts.register(CouncilVocabulary.CONTEXT_PATH, CouncilVocabulary.contextDocument());
        follow(life.current(), store);

        AccessBook book = new AccessBook(store, clock);
        closing.push(book::close);
        this.access = book;
        Doorkeeper doors = new Doorkeeper(
                open ? Access.off() : Access.by(configuration.get(Settings.ACCESS_POLICY)),
                book,
                id -> life.current().find(id).map(Vertical::domain).orElse(""));
        Router router = new Router();
        Operations operations = new Operations(router, doors);
        this.operations = operations;
        SourceIdentity identity = SourceIdentity.of(store, clock);
        NgsiLdApi.addTo(operations, broker, history(broker, store), subscriptions, identity, library);
        EventStreams.addTo(operations, live, library);
        operations.add(Verticals.publication(contexts));
        Health health = new Health(store, () -> http);
        health.operations().forEach(operations::add);
        new ExportOperations(ExportCommand.of(store, clock)).operations().forEach(operations::add);
        new BackupOperations(backups).operations().forEach(operations::add);
        Reload reload = new Reload(configuration, again, next -> {
            gate.setBounds(
                    next.get(Settings.MAX_QUERY_MEGASTEPS) * 1_000_000L,
                    Duration.ofSeconds(next.get(Settings.MAX_QUERY_SECONDS)));
            live.setMaxStreams(next.get(Settings.MAX_STREAMS));
            BackupDuty.change(schedule, next);
            HttpServer running = http;
            if (running != null) {
                running.reloadCertificate();
            }
        });
        reload.operations().forEach(operations::add);
        BackupDuty.count(backups, schedule, health.registry());
        Deliveries.count(engine, health.registry());
        new DeliveryOperations(engine).operations().forEach(operations::add);
        new AlertOperations(new Alerts(broker)).operations().forEach(operations::add);
        IndicatorBook indicators = new IndicatorBook(broker, life::current, configuration.get(Settings.TIMEZONE));
        new IndicatorOperations(indicators, clock).operations().forEach(operations::add);
        RunningSources sources = new RunningSources();
        new SourceOperations(sources::supervisor).operations().forEach(operations::add);
        new VerticalOperations(life).operations().forEach(operations::add);
        DemoCity demoCity = new DemoCity(clock, life::current, () -> localUrl(listener()));
        if (demo) {
            demoCity.routes(router);
        }
        Origins origins = new Origins(store);
        new ProvenanceOperations(broker, origins).operations().forEach(operations::add);
        Portal portal = new Portal(site(life), broker, live, life::current, sources, indicators, origins, doors, clock);
        portal.addTo(operations);
        new Console(
                        portal,
                        configuration.get(Settings.HOST),
                        engine,
                        subscriptions,
                        sources,
                        life,
                        schedule::state,
                        () -> contexts.compileLink(Verticals.CITY_CONTEXT_PATH),
                        clock)
                .addTo(router);
        new Door(portal).addTo(router);
        new OpenApi(
                        Version.current(),
                        operations,
                        Portal.API_PATH,
                        doors.access().policy())
                .addTo(operations);

        HttpServer server = HttpServer.start(
                listening(), router, portal.problemPages((_, problem, _) -> Problems.response(problem)));
        closing.push(server::close);
        closing.push(sources::close);
        http = server;
        contexts.setOwnOrigins(new HashSet<>(List.of(
                "http://localhost:" + server.port(),
                "http://127.0.0.1:" + server.port(),
                url(server),
                localUrl(server))));

        sources.runWith(new SourceSupervisor(
                new SourceSupervisor.Surroundings(
                        contexts,
                        broker,
                        store,
                        clock,
                        new Secrets(data.resolve("secrets"), System.getenv()),
                        estate.secrets(),
                        estate.gate(),
                        data.resolve("inbox"),
                        identity.alias(Tenant.DEFAULT)),
                demo ? demoCity::overrides : _ -> List.of()));
        Evaluation evaluation = new Evaluation(store, broker, live, indicators, life::current, clock);
        closing.push(evaluation::close);
        life.onChange(verticals -> {
            follow(verticals, store);
            sources.follow(verticals, life.resting());
            evaluation.follow(verticals);
        });
        sources.follow(life.current(), life.resting());
        life.resume();

        engine.start();
        schedule.start();
        keeper.start();
        evaluation.start(life.current());

        RunningServer running = new RunningServer(data);
        running.announce(localUrl(server), book.commandKey());
        closing.push(running::withdraw);
        if (demo) {
            DemoPast past = new DemoPast(store, contexts, clock, DemoPast.PATIENCE);
            closing.push(past::close);
            past.follow(life.current());
            life.onChange(past::follow);
        }
    }

    private NgsiLdApi.History history(Broker broker, ContextStore store) {
        return new NgsiLdApi.History(
                new TemporalReads(
                        broker, store, configuration.get(Settings.TIMEZONE), configuration.get(Settings.MAX_INSTANCES)),
                new TemporalWrites(broker, store));
    }

    private void follow(Verticals verticals, ContextStore store) {
        store.setRetention(verticals.listRetention(), configuration.get(Settings.TIMEZONE));
        for (Finding finding : verticals.findings()) {
            LOG.warn("A vertical is not right: {}", finding);
        }
    }

    private Site site(LifeCycle life) {
        String city = configuration.get(Settings.CITY);
        return new Site(
                new LocalizedText(city, city),
                configuration.get(Settings.TIMEZONE),
                demo,
                () -> Portal.navigation(life.current(), List.of()),
                Assets.load());
    }

    private HttpServerConfig listening() {
        HttpServerConfig plain = HttpServerConfig.onLoopback(configuration.get(Settings.PORT))
                .withHost(configuration.get(Settings.HOST))
                .withMaxBodyBytes(configuration.get(Settings.MAX_BODY_MEGABYTES) * 1024 * 1024);
        String certificate = configuration.get(Settings.CERTIFICATE);
        String key = configuration.get(Settings.KEY);
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalStateException(
                    "Only one of server.certificate and server.key is set. Set both, or none to speak without TLS.");
        }
        return certificate.isEmpty() ? plain : plain.withTls(new TlsFiles(Path.of(certificate), Path.of(key)));
    }

    private boolean isSecure() {
        return !configuration.get(Settings.CERTIFICATE).isEmpty();
    }

    /** How others reach the server. */
    private String url(HttpServer server) {
        return (isSecure() ? "https" : "http") + "://" + bracketed(configuration.get(Settings.HOST)) + ":"
                + server.port();
    }

    /** How this machine's programs reach the server, which is never over TLS. */
    private String localUrl(HttpServer server) {
        String host = isSecure() ? "127.0.0.1" : bracketed(configuration.get(Settings.HOST));
        return "http://" + host + ":" + server.localPort();
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The address to show to people of this machine. */
    String address() {
        return (isSecure() ? "https" : "http") + "://localhost:" + port() + "/";
    }

    /** What the server offers. */
    Operations operations() {
        Operations offered = operations;
        if (offered == null) {
            throw new IllegalStateException("the server has not started");
        }
        return offered;
    }

    /** The accounts and keys. */
    AccessBook access() {
        AccessBook book = access;
        if (book == null) {
            throw new IllegalStateException("the server has not started");
        }
        return book;
    }

    /** The port that the server listens on. */
    int port() {
        return listener().port();
    }

    private HttpServer listener() {
        HttpServer server = http;
        if (server == null) {
            throw new IllegalStateException("the server is not listening");
        }
        return server;
    }

    /** Finishes what was accepted, and stops: the parts in the reverse order of their start. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
