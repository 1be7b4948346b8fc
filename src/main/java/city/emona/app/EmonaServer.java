package city.emona.app;

import city.emona.api.ngsild.EventStreams;
import city.emona.api.ngsild.NgsiLdApi;
import city.emona.api.ngsild.Problems;
import city.emona.api.openapi.OpenApi;
import city.emona.api.operations.AlertOperations;
import city.emona.api.operations.DeliveryOperations;
import city.emona.api.operations.IndicatorOperations;
import city.emona.app.demo.DemoCity;
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
import city.emona.http.operation.Operations;
import city.emona.portal.Assets;
import city.emona.portal.Portal;
import city.emona.portal.Site;
import city.emona.portal.SourceBook;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import city.emona.vertical.Finding;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.indicator.IndicatorEngine;
import city.emona.vertical.indicator.IndicatorTerms;
import city.emona.vertical.quality.QualityEngine;
import city.emona.vertical.quality.QualityMeter;
import city.emona.vertical.quality.QualityTerms;
import city.emona.vertical.rule.AlertOutbox;
import city.emona.vertical.rule.AlertTerms;
import city.emona.vertical.rule.AlertWatcher;
import city.emona.vertical.rule.Alerts;
import city.emona.vertical.rule.RuleEngine;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceOverride;
import city.emona.vertical.source.SourceSupervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: everything put together, and taken apart again in the reverse order. */
final class EmonaServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmonaServer.class);

    /** When the quality of data is measured first: sources have brought theirs by then. */
    private static final Duration FIRST_QUALITY = Duration.ofSeconds(10);

    private static final Duration QUALITY_PAUSE = Duration.ofMinutes(1);

    private final Clock clock = Clock.systemUTC();
    private final Configuration configuration;
    private final boolean demo;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Operations operations = new Operations(new Router());
    private volatile @Nullable HttpServer http;
    private volatile @Nullable SourceSupervisor sources;

    private EmonaServer(Configuration configuration, boolean demo) {
        this.configuration = configuration;
        this.demo = demo;
    }

    /**
     * Opens the data folder, listens, and lets the sources run.
     *
     * @param demo whether the sources read the demo city's feeds, which this server then publishes
     * @throws city.emona.store.local.StoreOpenException when the data folder cannot be opened
     * @throws IllegalStateException when the address cannot be listened on
     */
    static EmonaServer start(Configuration configuration, boolean demo) {
        EmonaServer server = new EmonaServer(configuration, demo);
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
        Verticals verticals = Verticals.load(
                verticalsFolder(),
                contexts,
                CouncilVocabulary.context(),
                AlertTerms.context(),
                IndicatorTerms.context(),
                QualityTerms.context());
        AlertOutbox outbox = new AlertOutbox(
                new SubscriptionOutbox(subscriptions, broker, library, clock),
                broker,
                () -> verticals,
                configuration.get(Settings.ALERT_TARGETS),
                contexts,
                configuration.get(Settings.CITY));
        DeliveryEngine engine = Deliveries.engine(configuration, store, outbox, clock);
        SubscriptionKeeper keeper = new SubscriptionKeeper(subscriptions, clock, engine::offer);
        // what the engine still delivers while it stops is counted by the keeper
        closing.push(keeper::close);
        closing.push(engine::close);
        contexts.register(CouncilVocabulary.CONTEXT_PATH, CouncilVocabulary.contextDocument());
        store.setRetention(verticals.listRetention(), configuration.get(Settings.TIMEZONE));
        for (Finding finding : verticals.findings()) {
            LOG.warn("A vertical is not right: {}", finding);
        }

        Router router = operations.router();
        NgsiLdApi.addTo(
                operations, broker, history(broker, store), subscriptions, SourceIdentity.of(store, clock), library);
        EventStreams.addTo(operations, live, library);
        operations.add(Verticals.publication(contexts));
        Health health = new Health(store, () -> http);
        health.operations().forEach(operations::add);
        Deliveries.count(engine, health.registry());
        new DeliveryOperations(engine).operations().forEach(operations::add);
        new AlertOperations(new Alerts(broker)).operations().forEach(operations::add);
        IndicatorBook indicators = new IndicatorBook(broker, () -> verticals, configuration.get(Settings.TIMEZONE));
        new IndicatorOperations(indicators, clock).operations().forEach(operations::add);
        if (demo) {
            new DemoCity(clock).routes(router);
        }
        Portal portal =
                new Portal(site(verticals), broker, live, () -> verticals, new RunningSources(), indicators, clock);
        portal.addTo(operations);
        new OpenApi(Version.current(), operations, Portal.API_PATH).addTo(operations);

        HttpServer server = HttpServer.start(
                listening(), router, portal.problemPages((_, problem, _) -> Problems.response(problem)));
        closing.push(server::close);
        http = server;
        contexts.setOwnOrigins(new HashSet<>(
                List.of("http://localhost:" + server.port(), "http://127.0.0.1:" + server.port(), url(server.port()))));

        List<SourceOverride> overrides = demo ? DemoCity.overrides(url(server.port())) : List.of();
        SourceSupervisor supervisor = new SourceSupervisor(verticals, contexts, broker, clock, overrides);
        closing.push(supervisor::close);
        sources = supervisor;
        supervisor.start();

        engine.start();
        keeper.start();
        RuleEngine rules = new RuleEngine(store, broker, live, clock);
        closing.push(rules::close);
        rules.apply(verticals);
        IndicatorEngine calculation = new IndicatorEngine(broker, live, indicators, clock);
        closing.push(calculation::close);
        calculation.apply(verticals);
        QualityEngine quality = new QualityEngine(new QualityMeter(broker), () -> verticals);
        closing.push(quality::close);
        quality.start(FIRST_QUALITY, QUALITY_PAUSE);

        RunningServer running = new RunningServer(data);
        running.announce(url(server.port()));
        closing.push(running::withdraw);
    }

    private NgsiLdApi.History history(Broker broker, ContextStore store) {
        return new NgsiLdApi.History(
                new TemporalReads(
                        broker, store, configuration.get(Settings.TIMEZONE), configuration.get(Settings.MAX_INSTANCES)),
                new TemporalWrites(broker, store));
    }

    private Path verticalsFolder() {
        String folder = configuration.get(Settings.VERTICALS);
        if (folder.equals(Settings.SHIPPED)) {
            return VerticalCommand.shippedFolder();
        }
        if (!Files.isDirectory(Path.of(folder))) {
            throw new IllegalStateException("There is no folder " + folder
                    + " for verticals. Correct verticals.folder in the configuration, or make the folder.");
        }
        return Path.of(folder);
    }

    private Site site(Verticals verticals) {
        String city = configuration.get(Settings.CITY);
        return new Site(
                new LocalizedText(city, city), demo, () -> Portal.navigation(verticals, List.of()), Assets.load());
    }

    private HttpServerConfig listening() {
        return HttpServerConfig.onLoopback(configuration.get(Settings.PORT))
                .withHost(configuration.get(Settings.HOST))
                .withMaxBodyBytes(configuration.get(Settings.MAX_BODY_MEGABYTES) * 1024 * 1024);
    }

    private String url(int port) {
        String host = configuration.get(Settings.HOST);
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** What the pages ask about the sources; before they run, there are none. */
    private final class RunningSources implements SourceBook {
        @Override
        public List<SourceHealth> listHealth() {
            SourceSupervisor running = sources;
            return running == null ? List.of() : running.health();
        }

        @Override
        public List<RejectedRecord> listRejected(String id) {
            SourceSupervisor running = sources;
            return running == null ? List.of() : running.lastRejected(id);
        }
    }

    /** What the server offers. */
    Operations operations() {
        return operations;
    }

    /** The port that the server listens on. */
    int port() {
        HttpServer server = http;
        if (server == null) {
            throw new IllegalStateException("the server is not listening");
        }
        return server.port();
    }

    /** Finishes what was accepted, and stops: the parts in the reverse order of their start. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
