package city.emona.portal;

import city.emona.access.Access;
import city.emona.access.AccessBook;
import city.emona.access.Doorkeeper;
import city.emona.api.ngsild.EventStreams;
import city.emona.api.ngsild.NgsiLdApi;
import city.emona.api.ngsild.Problems;
import city.emona.api.operations.DeliveryOperations;
import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.SourceIdentity;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.DeliverySettings;
import city.emona.broker.delivery.HttpSender;
import city.emona.broker.live.LiveHub;
import city.emona.broker.subscription.SubscriptionKeeper;
import city.emona.broker.subscription.SubscriptionMatcher;
import city.emona.broker.subscription.SubscriptionOutbox;
import city.emona.broker.subscription.Subscriptions;
import city.emona.broker.temporal.TemporalReads;
import city.emona.broker.temporal.TemporalWrites;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Contexts;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.OutgoingGate;
import city.emona.http.Router;
import city.emona.http.operation.Operations;
import city.emona.json.Json;
import city.emona.portal.console.Console;
import city.emona.portal.door.Door;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.HistoryWrite;
import city.emona.store.Tenant;
import city.emona.store.backup.BackupState;
import city.emona.store.local.LocalStore;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.life.Estate;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.life.SecretFiles;
import city.emona.vertical.provenance.Origins;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceStatus;
import city.emona.vertical.source.SourceSupervisor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.DoubleNode;

/** A whole small city for the tests of the portal: a real store, broker, verticals and server on a free port. */
public final class TestCity implements AutoCloseable {
    static final String BIKES = "urn:ngsi-ld:BikeHireDockingStation:";
    static final String AIR = "urn:ngsi-ld:AirQualityObserved:";

    /** Real stations of Ljubljana, with invented numbers: name, longitude, latitude, bicycles, docks. */
    private static final Object[][] STATIONS = {
        {"Prešernov trg", 14.5065, 46.0514, 2, 20},
        {"Breg", 14.5051, 46.0465, 0, 22},
        {"Kongresni trg", 14.5046, 46.0504, 9, 18},
        {"Trg OF", 14.5103, 46.0574, 14, 30},
        {"Bavarski dvor", 14.5055, 46.0568, 5, 20},
        {"Tivoli", 14.4982, 46.0595, 11, 20},
        {"Trnovo", 14.5000, 46.0378, 3, 16},
        {"Špica", 14.5120, 46.0402, 7, 20},
        {"Dolenjska cesta – strelišče", 14.5176, 46.0389, 12, 20},
        {"Rakovnik", 14.5229, 46.0363, 18, 20},
        {"Supernova Rudnik", 14.5367, 46.0216, 20, 20},
        {"P+R Barje", 14.4996, 46.0275, 4, 26},
        {"Dolgi most", 14.4652, 46.0370, 6, 20},
        {"Tehnološki park", 14.4611, 46.0484, 15, 20},
        {"Živalski vrt", 14.4721, 46.0525, 1, 16},
        {"Koseški bajer", 14.4709, 46.0684, 8, 18},
        {"Aleja – Celovška cesta", 14.4826, 46.0773, 10, 20},
        {"Mercator center Šiška", 14.4754, 46.0871, 19, 20},
        {"Kino Šiška", 14.4897, 46.0693, 0, 20},
        {"Plečnikov stadion", 14.5105, 46.0694, 6, 18},
        {"Stožice", 14.5202, 46.0826, 13, 24},
        {"Črnuče", 14.5302, 46.1024, 5, 16},
        {"BTC City", 14.5440, 46.0653, 16, 22},
        {"Šmartinski park", 14.5299, 46.0652, 9, 20},
        {"Tržnica Moste", 14.5342, 46.0558, 2, 20},
        {"Preglov trg", 14.5591, 46.0546, 7, 20},
        {"Polje", 14.5835, 46.0572, 11, 16},
        {"Zalog", 14.6138, 46.0604, 12, 16},
    };

    static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");

    private final LocalStore store;
    private final Broker broker;
    private final LiveHub live;
    private final DeliveryEngine engine;
    private volatile BackupState backups = BackupState.NONE;
    private final SubscriptionKeeper keeper;
    private final HttpServer server;
    private final Contexts contexts;
    private final LifeCycle life;
    private final List<SourceHealth> health = new ArrayList<>();
    private final AccessBook book;

    /** Without access control: what is tested is what the pages show. */
    public TestCity(Path folder, int port) {
        this(folder, port, Access.off());
    }

    TestCity(Path folder, int port, Access access) {
        Clock clock = Clock.systemUTC();
        store = LocalStore.open(folder, 0, clock);
        broker = new Broker(store, clock);
        ContextLibrary library = new ContextLibrary(
                store,
                url -> {
                    throw Problem.invalidRequest("No context is fetched in tests: " + url, "");
                },
                clock);
        contexts = library.contexts();
        life = new LifeCycle(new Estate(
                store,
                contexts,
                folder,
                Path.of("verticals"),
                List.of(),
                OutgoingGate.PUBLIC_ONLY,
                new SecretFiles(folder, _ -> null),
                Optional.empty(),
                _ -> List.of(),
                clock));
        Site site = new Site(
                LocalizedText.same("Ljubljana"),
                ZONE,
                true,
                () -> Portal.navigation(life.current(), List.of()),
                Assets.load());
        live = new LiveHub(store, broker, LiveHub.DEFAULT_MAX_STREAMS);
        book = new AccessBook(store, clock);
        Doorkeeper doors = new Doorkeeper(
                access,
                book,
                id -> life.current().find(id).map(Vertical::domain).orElse(""));
        Portal portal = new Portal(
                site,
                broker,
                live,
                life::current,
                sources(),
                new IndicatorBook(broker, life::current, ZoneOffset.UTC),
                new Origins(store),
                doors,
                clock);
        Subscriptions subscriptions = new Subscriptions(broker, store, library, clock);
        store.setWatcher(new SubscriptionMatcher(subscriptions, store, clock));
        engine = new DeliveryEngine(
                store,
                new SubscriptionOutbox(subscriptions, broker, library, clock),
                new HttpSender(Duration.ofSeconds(5), null, clock),
                clock,
                DeliverySettings.DEFAULT);
        keeper = new SubscriptionKeeper(subscriptions, clock, engine::offer);
        Router router = new Router();
        Operations operations = new Operations(router, doors);
        portal.addTo(operations);
        NgsiLdApi.addTo(
                operations,
                broker,
                new NgsiLdApi.History(new TemporalReads(broker, store, ZONE, 10), new TemporalWrites(broker, store)),
                subscriptions,
                SourceIdentity.of(store, clock),
                library);
        EventStreams.addTo(operations, live, library);
        new DeliveryOperations(engine).operations().forEach(operations::add);
        new Console(
                        portal,
                        "127.0.0.1",
                        engine,
                        subscriptions,
                        sources(),
                        life,
                        () -> backups,
                        () -> contexts.compileLink(Verticals.CITY_CONTEXT_PATH),
                        clock)
                .addTo(router);
        new Door(portal).addTo(router);
        portal.addPage(router, "/broken", (request, language) -> {
            throw new IllegalStateException("broken on purpose, to see the page of a defect");
        });
        server = HttpServer.start(
                HttpServerConfig.onLoopback(port),
                router,
                portal.problemPages((request, problem, incident) -> Problems.response(problem)));
        contexts.setOwnOrigins(Set.of(address()));
        engine.start();
        keeper.start();
    }

    AccessBook book() {
        return book;
    }

    LifeCycle life() {
        return life;
    }

    void putBackups(BackupState state) {
        backups = state;
    }

    DeliveryEngine engine() {
        return engine;
    }

    private SourceBook sources() {
        return new SourceBook() {
            private final Set<String> off = ConcurrentHashMap.newKeySet();

            @Override
            public boolean isDesired(String id) {
                return !off.contains(id);
            }

            @Override
            public void setDesired(String vertical, String source, boolean on) {
                String id = SourceSupervisor.healthId(vertical, source);
                if (on ? off.remove(id) : off.add(id)) {
                    return;
                }
                throw new AssertionError(id + " was so already");
            }

            @Override
            public List<SourceHealth> listHealth() {
                return List.copyOf(health);
            }

            @Override
            public List<RejectedRecord> listRejected(String id) {
                return id.contains("air-quality")
                        ? List.of(new RejectedRecord(
                                Instant.now().toEpochMilli(),
                                "{\"merilno_mesto\":\"LJ Vič\",\"pm10\":\"n. p.\"}",
                                new LocalizedText("pm10 ni število: »n. p.«.", "pm10 is not a number: »n. p.«."),
                                true))
                        : List.of();
            }
        };
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    Broker broker() {
        return broker;
    }

    /** Puts an entity in, as simplified by the context of all verticals. */
    void put(String json) {
        TermTable terms = contexts.compileLink(Verticals.CITY_CONTEXT_PATH);
        broker.upsertAll(Tenant.DEFAULT, List.of(EntityReader.read(Json.parse(json), terms, broker.now())));
    }

    /** Adds to the history of an entity what was measured hour by hour, or at another pace, up to a moment. */
    void remember(String id, String type, String term, Duration pace, Instant last, double... values) {
        TermTable terms = contexts.compileLink(Verticals.CITY_CONTEXT_PATH);
        List<HistoryWrite.Addition> additions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Instant at = last.minus(pace.multipliedBy(values.length - 1L - i));
            if (!Double.isNaN(values[i])) {
                additions.add(new HistoryWrite.Addition(
                        terms.expand(term),
                        new AttributeInstance(
                                AttributeType.PROPERTY,
                                DoubleNode.valueOf(values[i]),
                                "",
                                at.toString(),
                                "GQ",
                                null,
                                at.toEpochMilli(),
                                at.toEpochMilli(),
                                0,
                                List.of())));
            }
        }
        store.commit(new ChangeSet(
                Tenant.DEFAULT,
                List.of(),
                List.of(),
                List.of(new HistoryWrite.Append(id, List.of(terms.expand(type)), additions))));
    }

    void putStation(int number, int bikes, Instant observedAt) {
        Object[] station = STATIONS[number];
        int docks = (Integer) station[4];
        put("""
                {"id": "$ID", "type": "BikeHireDockingStation", "isDemo": true, "name": "$NAME", "dataProvider": "BicikeLJ",
                 "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [$LON, $LAT]}},
                 "availableBikeNumber": {"value": $BIKES, "observedAt": "$AT"},
                 "freeSlotNumber": {"value": $FREE, "observedAt": "$AT"},
                 "totalSlotNumber": {"value": $DOCKS, "observedAt": "$AT"}, "status": "$STATUS"}
                """.replace("$ID", BIKES + number)
                .replace("$NAME", station[0].toString())
                .replace("$LON", station[1].toString())
                .replace("$LAT", station[2].toString())
                .replace("$BIKES", Integer.toString(bikes))
                .replace("$FREE", Integer.toString(docks - bikes))
                .replace("$DOCKS", Integer.toString(docks))
                .replace("$STATUS", bikes == 0 ? "empty" : bikes == docks ? "full" : "working")
                .replace("$AT", observedAt.toString()));
    }

    private void putAir(
            String id, String name, String place, String values, int index, String level, Instant observedAt) {
        put("""
                {"id": "$ID", "type": "AirQualityObserved", "isDemo": true, "name": "$NAME", "dataProvider": "ARSO",
                 "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": $PLACE}},
                 $VALUES
                 "airQualityIndex": {"value": $INDEX, "observedAt": "$AT"},
                 "airQualityLevel": {"value": "$LEVEL", "observedAt": "$AT"}}
                """.replace("$ID", AIR + id)
                .replace("$NAME", name)
                .replace("$PLACE", place)
                .replace("$VALUES", values)
                .replace("$INDEX", Integer.toString(index))
                .replace("$LEVEL", level)
                .replace("$AT", observedAt.toString()));
    }

    private static String value(String term, double value) {
        return "\"" + term + "\": {\"value\": " + value + ", \"observedAt\": \"$AT\"},";
    }

    /** Fills the city: all stations of a minute ago, three places that measure air, one of them of yesterday; two sources. */
    public void fill() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < STATIONS.length; i++) {
            putStation(i, (Integer) STATIONS[i][3], now.minusSeconds(60 + 7L * i));
        }
        String bezigrad = value("pm10", 21) + value("pm25", 13.4) + value("no2", 32) + value("o3", 44);
        putAir("E403", "LJ Bežigrad", "[14.5127, 46.0655]", bezigrad, 2, "fair", now.minusSeconds(1500));
        putAir(
                "E405",
                "LJ Celovška",
                "[14.4871, 46.0721]",
                value("pm10", 48) + value("no2", 61),
                3,
                "moderate",
                now.minusSeconds(1500));
        putAir(
                "E404",
                "LJ Vič",
                "[14.4893, 46.0375]",
                value("pm10", 12) + value("pm25", 8),
                1,
                "good",
                now.minusSeconds(90_000));
        health.add(health(
                "air-quality",
                "arso",
                "Urni podatki državne merilne mreže (ARSO)",
                SourceStatus.LATE,
                now.minusSeconds(1500)));
        health.add(health(
                "bike-sharing", "gbfs", "BicikeLJ, postaje in prosta kolesa", SourceStatus.OK, now.minusSeconds(60)));
    }

    private static SourceHealth health(
            String vertical, String source, String name, SourceStatus status, Instant success) {
        var identity = new SourceHealth.Identity(
                SourceSupervisor.healthId(vertical, source),
                vertical,
                source,
                LocalizedText.same(name),
                "https://example.org/" + source,
                true);
        var trouble = new SourceHealth.Trouble(
                new LocalizedText("Vir ni odgovoril v 30 sekundah.", "The source did not answer within 30 seconds."),
                success.toEpochMilli());
        return new SourceHealth(
                identity,
                status,
                success.toEpochMilli(),
                success.toEpochMilli(),
                status == SourceStatus.OK ? null : trouble,
                0,
                new SourceHealth.Counts(28, 1, 0, 12, 28, success.toEpochMilli()));
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        keeper.close();
        live.close();
        life.close();
        book.close();
        store.close();
    }
}
