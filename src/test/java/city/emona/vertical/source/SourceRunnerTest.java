package city.emona.vertical.source;

import static city.emona.vertical.source.AirXml.air;
import static city.emona.vertical.source.AirXml.postaja;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.SourceSpec;
import city.emona.vertical.provenance.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a source is polled over time, and what its health says. */
class SourceRunnerTest {
    private static final String XML = "application/xml";

    @TempDir
    Path folder;

    private FeedServer feeds;
    private TestCity city;
    private SourceRunner runner;

    @BeforeEach
    void startACityWithOneGoodPoll() throws Exception {
        feeds = new FeedServer();
        city = new TestCity(folder, Instant.parse("2026-04-20T01:45:00Z"));
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<pm10>10</pm10>")));
        runner = city.runner("air-quality", "arso", feeds.url("/air.xml"));
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        city.pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        city.close();
        feeds.close();
    }

    @Test
    void asksWithTheValidatorsAndLeavesWhatHasNotChanged() throws Exception {
        String body = air(postaja("E404", "LJ Vič", "<pm10>9</pm10>"));
        feeds.put("/air.xml", exchange -> {
            boolean known = "\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            FeedServer.send(
                    exchange, known ? 304 : 200, XML, known ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
        });
        runner.poll();
        long firstSuccess = runner.health().lastSuccess();
        city.pass(Duration.ofMinutes(1));
        runner.poll();
        assertThat(feeds.requests("/air.xml")).isEqualTo(3);
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        assertThat(runner.health().lastSuccess()).isGreaterThan(firstSuccess);
        assertThat(runner.health().counts().accepted()).isEqualTo(1);
    }

    @Test
    void doesNotWriteAnythingForAPollThatBringsNothingNew() throws Exception {
        runner.poll();
        long written = city.entity(runner.health().identity().id()).modifiedAt();
        long station = city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403").modifiedAt();
        city.pass(Duration.ofSeconds(20));
        runner.poll();
        assertThat(runner.health().counts().unchanged()).isEqualTo(1);
        assertThat(city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403").modifiedAt())
                .isEqualTo(station);
        assertThat(city.entity(runner.health().identity().id()).modifiedAt()).isEqualTo(written);
        city.pass(Duration.ofSeconds(50));
        runner.poll();
        assertThat(city.entity(runner.health().identity().id()).modifiedAt()).isGreaterThan(written);
    }

    @Test
    void writesDownWhenceEachValueCame() throws Exception {
        String id = "urn:ngsi-ld:AirQualityObserved:ARSO-E403";
        String pm10 = "https://smartdatamodels.org/dataModel.Environment/pm10";
        String mapping = city.verticals
                .find("air-quality")
                .orElseThrow()
                .findSource("arso")
                .orElseThrow()
                .mapping()
                .expression();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(mapping.getBytes(StandardCharsets.UTF_8));
        var origin = new Origin(
                "urn:ngsi-ld:DataSource:air-quality:arso",
                "air-quality",
                city.verticals.find("air-quality").orElseThrow().version().toString(),
                "mappings/arso.jsonata",
                HexFormat.of().formatHex(hash));
        long first = Instant.parse("2026-04-20T01:45:00Z").toEpochMilli();
        var stretch = Objects.requireNonNull(city.origins.byAttribute(id).get(pm10));
        assertThat(stretch.origin()).isEqualTo(origin);
        assertThat(stretch.since()).isEqualTo(first);
        assertThat(city.entity(id).findAttribute(pm10).orElseThrow().main().modifiedAt())
                .isEqualTo(first);
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<pm10>11</pm10><no2>5</no2>")));
        runner.poll();
        assertThat(city.origins.list(id)).hasSize(2);
        assertThat(city.origins.list(id).getFirst().since()).isEqualTo(first + 60_000);
        assertThat(city.origins.list(id).getLast()).isEqualTo(stretch);
    }

    @Test
    void takesBackAfterARestartWhatTheSourceGaveBefore() throws Exception {
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<no2>5</no2>")));
        var restarted = city.runner("air-quality", "arso", feeds.url("/air.xml"));
        restarted.poll();
        var station = city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403");
        assertThat(station.findAttribute("https://smartdatamodels.org/dataModel.Environment/pm10"))
                .isEmpty();
    }

    @Test
    void takesBackAValueThatTheSourceGivesNoMore() throws Exception {
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<pm10></pm10><no2>5</no2>")));
        runner.poll();
        var station = city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403");
        assertThat(station.findAttribute("https://smartdatamodels.org/dataModel.Environment/pm10"))
                .isEmpty();
        assertThat(station.findAttribute("https://smartdatamodels.org/dataModel.Environment/no2"))
                .isPresent();
    }

    @Test
    void isLateWhenTheNewestObservationIsOld() throws Exception {
        city.pass(Duration.ofHours(6));
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.LATE);
        assertThat(runner.health().findTrouble().orElseThrow().reason().en()).contains("2026-04-20T01:00:00Z");
        assertThat(runner.health().lastSuccess()).isEqualTo(runner.health().lastAttempt());
    }

    @Test
    void asksLessOftenAfterFailuresAndNormallyAfterSuccess() throws Exception {
        feeds.put("/air.xml", exchange -> FeedServer.send(exchange, 503, "text/plain", new byte[0]));
        runner.poll();
        assertThat(runner.pause()).isEqualTo(Duration.ofSeconds(60));
        runner.poll();
        assertThat(runner.pause()).isEqualTo(Duration.ofMinutes(2));
        for (int i = 0; i < 10; i++) {
            runner.poll();
        }
        assertThat(runner.pause()).isEqualTo(Duration.ofMinutes(15));
        assertThat(runner.health().status()).isEqualTo(SourceStatus.FAILING);
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<pm10>10</pm10>")));
        runner.poll();
        assertThat(runner.pause()).isEqualTo(Duration.ofSeconds(60));
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
    }

    @Test
    void doesNotAskAGbfsSystemAgainBeforeItsTimeToLiveIsOver() throws Exception {
        String stations =
                "{\"last_updated\": 1, \"ttl\": 300, \"data\": {\"stations\": [{\"station_id\": \"1\", \"name\": \"Breg\", \"lat\": 46, \"lon\": 14.5}]}}";
        feeds.put(
                "/gbfs.json",
                "application/json",
                "{\"ttl\": 3600, \"data\": {\"feeds\": [{\"name\": \"station_information\", \"url\": \"info\"}, {\"name\": \"station_status\", \"url\": \"status\"}]}}");
        feeds.put("/info", "application/json", stations);
        feeds.put("/status", "application/json", stations.replace("300", "10"));
        var bikes = city.runner("bike-sharing", "gbfs", feeds.url("/gbfs.json"));
        bikes.poll();
        city.pass(Duration.ofSeconds(5));
        bikes.poll();
        assertThat(feeds.requests("/status")).isEqualTo(1);
        city.pass(Duration.ofSeconds(6));
        bikes.poll();
        assertThat(feeds.requests("/status")).isEqualTo(2);
        assertThat(feeds.requests("/info")).isEqualTo(1);
        assertThat(feeds.requests("/gbfs.json")).isEqualTo(1);
    }

    @Test
    void readsAFileAgainOnlyWhenItHasChanged() throws Exception {
        Path file = Files.writeString(folder.resolve("stations.json"), "[]");
        var snapshot = city.runner("bike-sharing", "jcdecaux", file.toString());
        snapshot.poll();
        assertThat(snapshot.health().status()).isEqualTo(SourceStatus.OK);
        Files.delete(file);
        snapshot.poll();
        assertThat(snapshot.health().findTrouble().orElseThrow().reason().en()).contains("There is no file");
        Files.writeString(file, Files.readString(Path.of("verticals/bike-sharing/examples/jcdecaux.json")));
        snapshot.poll();
        assertThat(snapshot.health().counts())
                .isEqualTo(new SourceHealth.Counts(
                        2, 0, 1, 0, 2, Instant.parse("2024-01-14T22:31:52Z").toEpochMilli()));
        snapshot.poll();
        assertThat(snapshot.health().counts().unchanged()).isZero();
    }

    @Test
    void theSupervisorGoesOnWithTheGoodSourcesAndTellsOfTheBadOne() throws Exception {
        feeds.put("/air.xml", exchange -> FeedServer.send(exchange, 500, "text/plain", new byte[0]));
        feeds.put(
                "/stations.json",
                "application/json",
                Files.readAllBytes(Path.of("verticals/bike-sharing/examples/jcdecaux.json")));
        Path file = folder.resolve("bikes.json");
        Files.copy(Path.of("verticals/bike-sharing/examples/jcdecaux.json"), file);
        var overrides = java.util.Map.of(
                "air-quality",
                java.util.List.of(elsewhere("arso", SourceSpec.Connector.HTTP, feeds.url("/air.xml"))),
                "bike-sharing",
                java.util.List.of(
                        elsewhere("gbfs", SourceSpec.Connector.GBFS, feeds.url("/nothing")),
                        elsewhere("jcdecaux", SourceSpec.Connector.FILE, file.toString())));
        try (var supervisor = new SourceSupervisor(
                city.surroundings(folder.resolve("inbox")), v -> overrides.getOrDefault(v.id(), java.util.List.of()))) {
            city.verticals.list().stream()
                    .filter(v -> overrides.containsKey(v.id()))
                    .forEach(supervisor::add);
            Wait.until(() -> supervisor.health().stream().allMatch(h -> h.lastAttempt() > 0));
            Wait.until(
                    () -> city.entities("https://smartdatamodels.org/dataModel.Transportation/BikeHireDockingStation")
                                    .size()
                            == 2);
            assertThat(supervisor.health())
                    .extracting(h -> h.identity().source() + " " + h.status())
                    .contains("arso LATE", "gbfs FAILING", "jcdecaux OK");
            assertThat(city.entity("urn:ngsi-ld:BikeHireDockingStation:bicikelj-7")
                            .findValue("https://emona.city/ns/isDemo")
                            .orElseThrow()
                            .asBoolean())
                    .isTrue();
            assertThat(supervisor.lastRejected(SourceSupervisor.healthId("bike-sharing", "jcdecaux")))
                    .hasSize(1);
            Wait.until(() -> feeds.requests("/air.xml") >= 3);
        }
        assertThat(city.entity(SourceSupervisor.healthId("bike-sharing", "jcdecaux"))
                        .findText("https://emona.city/ns/sourceStatus"))
                .contains("stopped");
    }

    private static SourceOverride elsewhere(String source, SourceSpec.Connector connector, String address) {
        return new SourceOverride(source, connector, address, Duration.ofSeconds(1), Map.of(), true);
    }
}
