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
import city.emona.http.operation.Operations;
import city.emona.query.EntityQuery;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.store.local.LocalStore;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.Verticals;
import city.emona.vertical.source.Secrets;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceOverride;
import city.emona.vertical.source.SourceStatus;
import city.emona.vertical.source.SourceSupervisor;
import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCityTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T07:00:00Z");
    private static final String BIKES = "https://smartdatamodels.org/dataModel.Transportation/BikeHireDockingStation";
    private static final String AIR = "https://smartdatamodels.org/dataModel.Environment/AirQualityObserved";

    @TempDir
    Path folder;

    private static List<Integer> bikes(Instant at) {
        return BikeStation.all().stream().map(s -> s.bikes(at)).toList();
    }

    @Test
    void hasAPastOfAWeekWithAValueForEachHourAndWritesItOnce() throws Exception {
        Clock clock = Clock.fixed(MORNING.plusSeconds(1_234), ZoneOffset.UTC);
        try (LocalStore store = LocalStore.open(folder, 1024 * 1024, clock)) {
            Broker broker = new Broker(store, clock);
            Contexts contexts = new Contexts(url -> {
                throw new AssertionError("No context is fetched: " + url);
            });
            Verticals verticals = Verticals.load(Path.of("verticals"), contexts);
            DemoCity city = new DemoCity(clock);
            List<SourceOverride> sources = DemoCity.overrides("http://localhost:1");
            try (DemoPast past = new DemoPast(store, verticals, contexts, clock, city, sources)) {
                past.start();
                Wait.until(
                        () -> store.findDocument(Tenant.DEFAULT, "demo", "past").isPresent());
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
            try (DemoPast again = new DemoPast(store, verticals, contexts, clock, city, sources)) {
                again.start();
            }
            assertThat(store.logEnd()).isEqualTo(before);
        }
    }

    @Test
    void somethingMovesOnTheBikeMapEveryTenSeconds() {
        for (int step = 0; step < 360; step++) {
            Instant at = MORNING.plusSeconds(step * 10L);
            assertThat(bikes(at.plusSeconds(10))).as("at %s", at).isNotEqualTo(bikes(at));
        }
    }

    @Test
    void bicyclesGatherInTheCentreByDayAndAtHomeByNight() {
        Instant noon = Instant.parse("2026-11-23T11:00:00Z");
        Instant night = Instant.parse("2026-11-23T02:00:00Z");
        assertThat(sum(BikeStation.Kind.CENTRE, noon)).isGreaterThan(2 * sum(BikeStation.Kind.CENTRE, night));
        assertThat(sum(BikeStation.Kind.HOMES, night)).isGreaterThan(2 * sum(BikeStation.Kind.HOMES, noon));
    }

    private static int sum(BikeStation.Kind kind, Instant at) {
        return BikeStation.all().stream()
                .filter(s -> s.kind() == kind)
                .mapToInt(s -> s.bikes(at))
                .sum();
    }

    @Test
    void everyStationAddsUpAtAnyTime() {
        for (BikeStation station : BikeStation.all()) {
            for (int hour = 0; hour < 24 * 7; hour++) {
                Instant at = MORNING.plus(Duration.ofHours(hour));
                assertThat(station.bikes(at)).isBetween(0, station.docks());
                assertThat(station.docksFree(at)).isNotNegative();
                assertThat(station.lastChange(at)).isBeforeOrEqualTo(at);
            }
        }
    }

    @Test
    void theSameMomentIsTheSameEverywhere() {
        assertThat(new AirFeed().xml(MORNING)).isEqualTo(new AirFeed().xml(MORNING));
        assertThat(new AirFeed().xml(MORNING)).isNotEqualTo(new AirFeed().xml(MORNING.plusSeconds(60)));
    }

    @Test
    void theShippedVerticalsReadTheDemoCityOverHttpAndMarkAllOfIt() {
        Contexts contexts = new Contexts(url -> {
            throw new AssertionError("no context may be fetched, but was " + url);
        });
        Verticals verticals = Verticals.load(Path.of("verticals"), contexts);
        Router router = new Router();
        new DemoCity(Clock.systemUTC()).routes(router);
        new Operations(router).add(Verticals.publication(contexts));
        try (var store = LocalStore.open(folder, 0, Clock.systemUTC());
                var http = HttpServer.start(
                        HttpServerConfig.onLoopback(0),
                        router,
                        (_, problem, _) -> Response.text(problem.type().status(), problem.detail()))) {
            Broker broker = new Broker(store, Clock.systemUTC());
            var overrides = DemoCity.overrides("http://localhost:" + http.port());
            try (var sources = new SourceSupervisor(
                    new SourceSupervisor.Surroundings(
                            contexts,
                            broker,
                            store,
                            Clock.systemUTC(),
                            Secrets.none(),
                            InstallSecrets.NONE,
                            OutgoingGate.allowing("127.0.0.0/8"),
                            folder.resolve("inbox"),
                            "test"),
                    overrides)) {
                verticals.list().forEach(sources::add);
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
