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
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.Secrets;
import city.emona.vertical.Verticals;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceStatus;
import city.emona.vertical.source.SourceSupervisor;
import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
                    verticals,
                    contexts,
                    broker,
                    Clock.systemUTC(),
                    overrides,
                    OutgoingGate.allowing("127.0.0.0/8"),
                    Secrets.NONE)) {
                sources.start();
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
