package city.emona.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.OutgoingGate;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.http.operation.Gate;
import city.emona.http.operation.Operations;
import city.emona.json.Json;
import city.emona.query.EntityQuery;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.store.local.LocalStore;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.Verticals;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Secrets;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceStatus;
import city.emona.vertical.source.SourceSupervisor;
import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoCityTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T07:00:00Z");
    private static final String BIKES = "https://smartdatamodels.org/dataModel.Transportation/BikeHireDockingStation";
    private static final String AIR = "https://smartdatamodels.org/dataModel.Environment/AirQualityObserved";

    @TempDir
    Path folder;

    private static final Contexts CONTEXTS = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private static final Verticals VERTICALS = Verticals.load(Path.of("verticals"), CONTEXTS);

    private static final DemoFeed FEED =
            new DemoFeed(VERTICALS.find("bike-sharing").orElseThrow().demo().getFirst());

    private static List<JsonNode> stations(Instant at) throws SourceFailure {
        byte[] document = FEED.document("station_status.json", at, "http://localhost/");
        return Json.parse(document).at("/data/stations").valueStream().toList();
    }

    private static List<Integer> bikes(Instant at) throws SourceFailure {
        return stations(at).stream()
                .map(one -> one.path("num_vehicles_available").asInt())
                .toList();
    }

    private static int sum(String kind, Instant at) throws SourceFailure {
        int sum = 0;
        int index = 0;
        List<Integer> bikes = bikes(at);
        for (JsonNode place : FEED.spec().data()) {
            sum += place.path("kind").asString().equals(kind) ? bikes.get(index) : 0;
            index++;
        }
        return sum;
    }

    @Test
    void hasAPastOfAWeekWithAValueForEachHourAndWritesItOnce() throws Exception {
        Clock clock = Clock.fixed(MORNING.plusSeconds(1_234), ZoneOffset.UTC);
        try (LocalStore store = LocalStore.open(folder, 1024 * 1024, clock)) {
            Broker broker = new Broker(store, clock);
            Verticals two = new Verticals(
                    List.of(
                            VERTICALS.find("air-quality").orElseThrow(),
                            VERTICALS.find("bike-sharing").orElseThrow()),
                    List.of());
            try (DemoPast past = new DemoPast(store, CONTEXTS, clock, Duration.ZERO)) {
                past.follow(two);
                Wait.until(() -> two.list().stream()
                        .allMatch(vertical -> store.findDocument(Tenant.DEFAULT, "demo", "past-" + vertical.id())
                                .isPresent()));
            }
            String station = "urn:ngsi-ld:AirQualityObserved:ARSO-E403";
            List<Series> series = broker.readHistory(
                    Tenant.DEFAULT, station, SeriesSelector.ALL, HistoryRange.of(TimeProperty.OBSERVED_AT));
            assertThat(series).anySatisfy(one -> {
                assertThat(one.attribute()).endsWith("pm10");
                assertThat(one.points()).hasSize(7 * 24 + 1);
                assertThat(one.points())
                        .extracting(point -> point.instance().observedAt())
                        .contains("2026-11-23T07:00:00Z", "2026-11-16T07:00:00Z");
                assertThat(one.points().stream()
                                .map(point -> point.instance().value())
                                .distinct())
                        .hasSizeGreaterThan(10);
            });
            long before = store.logEnd();
            try (DemoPast again = new DemoPast(store, CONTEXTS, clock, Duration.ZERO)) {
                again.follow(two);
            }
            assertThat(store.logEnd()).isEqualTo(before);
        }
    }

    @Test
    void somethingMovesOnTheBikeMapEveryTenSeconds() throws SourceFailure {
        List<Integer> before = bikes(MORNING);
        for (int step = 1; step <= 360; step++) {
            Instant at = MORNING.plusSeconds(step * 10L);
            List<Integer> now = bikes(at);
            assertThat(now).as("at %s", at).isNotEqualTo(before);
            before = now;
        }
    }

    @Test
    void bicyclesGatherInTheCentreByDayAndAtHomeByNight() throws SourceFailure {
        Instant noon = Instant.parse("2026-11-23T11:00:00Z");
        Instant night = Instant.parse("2026-11-23T02:00:00Z");
        assertThat(sum("centre", noon)).isGreaterThan(2 * sum("centre", night));
        assertThat(sum("homes", night)).isGreaterThan(2 * sum("homes", noon));
    }

    @Test
    void everyStationAddsUpAtAnyTime() throws SourceFailure {
        for (int hour = 0; hour < 24 * 7; hour++) {
            Instant at = MORNING.plus(Duration.ofHours(hour));
            int index = 0;
            List<JsonNode> stations = stations(at);
            for (JsonNode place : FEED.spec().data()) {
                JsonNode station = stations.get(index++);
                int bikes = station.path("num_vehicles_available").asInt();
                int free = station.path("num_docks_available").asInt();
                assertThat(bikes).isNotNegative();
                assertThat(free).isNotNegative();
                assertThat(bikes + free + station.path("num_docks_disabled").asInt())
                        .isEqualTo(place.path("docks").asInt());
                assertThat(Instant.parse(station.path("last_reported").asString()))
                        .isBetween(at.minusSeconds(30), at);
            }
        }
    }

    @Test
    void theSameMomentIsTheSameEverywhere() throws SourceFailure {
        DemoSpec air = VERTICALS.find("air-quality").orElseThrow().demo().getFirst();
        byte[] document = new DemoFeed(air).document("hourly.xml", MORNING, "http://localhost/");
        assertThat(new DemoFeed(air).document("hourly.xml", MORNING, "http://localhost/"))
                .isEqualTo(document);
        assertThat(new DemoFeed(air).document("hourly.xml", MORNING.plusSeconds(60), "http://localhost/"))
                .isNotEqualTo(document);
    }

    @Test
    void theShippedVerticalsReadTheDemoCityOverHttpAndMarkAllOfIt() {
        Router router = new Router();
        AtomicReference<String> server = new AtomicReference<>("");
        DemoCity city = new DemoCity(Clock.systemUTC(), () -> VERTICALS, server::get);
        city.routes(router);
        new Operations(router, Gate.OPEN).add(Verticals.publication(CONTEXTS));
        try (var store = LocalStore.open(folder, 0, Clock.systemUTC());
                var http = HttpServer.start(
                        HttpServerConfig.onLoopback(0),
                        router,
                        (_, problem, _) -> Response.text(problem.type().status(), problem.detail()))) {
            Broker broker = new Broker(store, Clock.systemUTC());
            server.set("http://localhost:" + http.port());
            try (var sources = new SourceSupervisor(
                    new SourceSupervisor.Surroundings(
                            CONTEXTS,
                            broker,
                            store,
                            Clock.systemUTC(),
                            Secrets.none(),
                            InstallSecrets.NONE,
                            OutgoingGate.allowing("127.0.0.0/8"),
                            folder.resolve("inbox"),
                            "test"),
                    city::overrides)) {
                List.of("bike-sharing", "air-quality")
                        .forEach(id -> sources.add(VERTICALS.find(id).orElseThrow()));
                Wait.until(() -> entities(broker, BIKES).size() == 84
                        && entities(broker, AIR).size() == 5);
                Wait.until(() -> sources.health().stream()
                                .filter(h -> h.status() == SourceStatus.OK)
                                .count()
                        == 2);

                assertThat(entities(broker, BIKES)).allMatch(DemoCityTest::isDemo);
                assertThat(entities(broker, AIR)).allMatch(DemoCityTest::isDemo);
                assertThat(sources.health()).extracting(SourceHealth::counts).allMatch(c -> c.rejected() == 0);
            }
        }
    }

    private static List<Entity> entities(Broker broker, String type) {
        return broker.query(Tenant.DEFAULT, EntityQuery.ofType(type).withLimit(1000))
                .entities();
    }

    private static boolean isDemo(Entity entity) {
        return entity.findValue("https://emona.city/ns/isDemo").orElseThrow().asBoolean();
    }
}
