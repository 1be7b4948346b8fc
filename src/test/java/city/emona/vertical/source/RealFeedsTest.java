package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.Entity;
import city.emona.vertical.RecordFormat;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.RecordSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped verticals on files captured from real services; skipped where the collection is not at hand. */
class RealFeedsTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final String ENVIRONMENT = "https://smartdatamodels.org/dataModel.Environment/";
    private static final String TRANSPORTATION = "https://smartdatamodels.org/dataModel.Transportation/";
    private static final String AIR_QUALITY = ENVIRONMENT + "AirQualityObserved";
    private static final String STATION = TRANSPORTATION + "BikeHireDockingStation";

    @TempDir
    Path folder;

    private static Path real(String path) {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return file;
    }

    private static Map<String, Long> reasons(SourceRunner runner) {
        return runner.lastRejected().stream()
                .collect(Collectors.groupingBy(r -> r.reason().en(), Collectors.counting()));
    }

    private static List<String> pollutants() {
        return Stream.of("co", "o3", "no2", "so2", "pm10", "pm25", "c6h6", "nox")
                .map(ENVIRONMENT::concat)
                .toList();
    }

    @Test
    void sevenDaysOfTheNationalAirNetworkBecomeStationsWithTheirNewestHour() throws Exception {
        byte[] xml = Files.readAllBytes(real("03-air-quality/arso/ones_zrak_urni_podatki_7dni_2026-04-20.xml"));
        try (var feeds = new FeedServer();
                var city = new TestCity(folder, Instant.parse("2026-04-20T01:45:00Z"))) {
            feeds.put("/air.xml", "application/xml", xml);
            SourceRunner runner = city.runner("air-quality", "arso", feeds.url("/air.xml"));

            runner.poll();

            SourceHealth.Counts counts = runner.health().counts();
            assertThat(counts.accepted()).isEqualTo(3_833);
            assertThat(counts.rejected()).isEqualTo(31);
            assertThat(counts.incomplete()).isEqualTo(2);
            assertThat(counts.entities()).isEqualTo(23);
            assertThat(reasons(runner))
                    .containsOnly(
                            Map.entry("The station has no value in this hour.", 31L),
                            Map.entry("The value of »nox« is negative and left out: -3", 1L),
                            Map.entry("The value of »nox« is negative and left out: -2", 1L));
            assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);

            assertThat(city.entities(AIR_QUALITY)).hasSize(23);
            Entity station = city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403");
            assertThat(station.findText("https://smartdatamodels.org/name")).contains("Ljubljana Bežigrad");
            assertThat(station.findText("https://smartdatamodels.org/dateObserved"))
                    .contains("2026-04-20T01:00:00Z");
            var pm25 = station.findAttribute(ENVIRONMENT + "pm25").orElseThrow().main();
            assertThat(pm25.value().asInt()).isEqualTo(7);
            assertThat(pm25.unitCode()).isEqualTo("GQ");
            assertThat(pm25.observedAt()).isEqualTo("2026-04-20T01:00:00Z");
        }
    }

    @Test
    void everyValueOfTheNationalAirNetworkIsReadAndTheSmallOnesSayThatTheyAreBelowTheLimit() throws Exception {
        String xml = Files.readString(real("03-air-quality/arso/ones_zrak_urni_podatki_7dni_2026-04-20.xml"));
        try (var city = new TestCity(folder, Instant.parse("2026-04-20T01:45:00Z"))) {
            var vertical = city.verticals.find("air-quality").orElseThrow();
            var pipeline = new Pipeline(vertical, vertical.findSource("arso").orElseThrow(), city.contexts, false);
            RecordSet all =
                    RecordSet.read(new RecordFormat.Xml("postaja"), Body.of(xml.getBytes(StandardCharsets.UTF_8)));
            assertThat(all.records()).hasSize(3_864);
            assertThat(all.header()).containsEntry("predlagan_zajem", "45 minut čez polno uro");

            int values = 0;
            int belowLimit = 0;
            for (Object record : all.records()) {
                MappedPoll one =
                        pipeline.map(List.of(new Pipeline.Given(all.header(), record)), List.of(), city.now.get());
                for (Entity entity : one.entities()) {
                    for (String pollutant : pollutants()) {
                        values += entity.findAttribute(pollutant).isPresent() ? 1 : 0;
                        belowLimit += entity.findAttribute(pollutant)
                                        .flatMap(a ->
                                                a.main().findAttribute("https://emona.city/ns/belowDetectionLimit"))
                                        .isPresent()
                                ? 1
                                : 0;
                    }
                }
            }
            assertThat(values).isEqualTo(13_608 - 463 - 2);
            assertThat(belowLimit).isEqualTo(329);
        }
    }

    @Test
    void theBicikeLjSnapshotBecomesEightyFourStations() throws Exception {
        Path snapshot = real("01-gbfs/ljubljana-jcdecaux/stations_2024-01-14.json");
        try (var city = new TestCity(folder, Instant.parse("2024-01-14T22:40:00Z"))) {
            SourceRunner runner = city.runner("bike-sharing", "jcdecaux", snapshot.toString());

            runner.poll();

            assertThat(runner.health().counts().accepted()).isEqualTo(84);
            assertThat(runner.lastRejected()).isEmpty();
            List<Entity> stations = city.entities(STATION);
            assertThat(stations).hasSize(84);
            assertThat(stations)
                    .extracting(
                            s -> s.findText("https://smartdatamodels.org/name").orElse(""))
                    .contains("Prešernov trg – Petkovškovo nabrežje", "P + R Dolgi most", "BTC City Atlantis")
                    .noneMatch(name -> name.length() > 4 && name.equals(name.toUpperCase(java.util.Locale.ROOT)));
            long doNotAddUp = stations.stream()
                    .filter(s -> number(s, "availableBikeNumber") + number(s, "freeSlotNumber")
                            != number(s, "totalSlotNumber"))
                    .count();
            assertThat(doNotAddUp).isEqualTo(4);

            runner.poll();
            assertThat(runner.health().lastSuccess()).isEqualTo(city.now.get().toEpochMilli());
        }
    }

    private static int number(Entity station, String term) {
        return station.findValue(TRANSPORTATION + term).orElseThrow().asInt();
    }

    /** {@code made} discovery: the folder has none that lists its files, so the test writes one. */
    @ParameterizedTest(name = "{0}, {1} discovery")
    @CsvSource(
            delimiter = '|',
            value = {
                "otp/helsinki              | own  |      | 5 | 7 | 0 |",
                "otp/lillestrombysykkel    | own  |      | 6 | 0 | 0 |",
                "otp/duplicate-stations-v2 | own  |      | 3 | 1 | 0 |",
                "otp/duplicate-stations-v3 | own  |      | 3 | 1 | 0 |",
                "france-transport-site     | own  | .2.2 | 1 | 3 | 1 |",
                "france-transport-site     | own  | .3.0 | 2 | 2 | 2 |",
                "entur-v2.3                | made |      | 2 | 0 | 0 |",
                "entur-v3.0                | made |      | 2 | 0 | 0 |",
                "ljubljana-gbfs3-shape     | made |      | 2 | 0 | 0 |",
                "entur-v1.0                | own  |      | 0 | 0 | 0 | does not publish »station_status«",
                "entur-v2.3                | own  |      | 0 | 0 | 0 | does not publish »station_status«",
                "entur-v2.2                | made |      | 0 | 0 | 0 | answered with status 404",
                "otp/tieroslo              | own  |      | 0 | 0 | 0 | does not publish »station_information«",
                "otp/ridecheck/almere      | own  |      | 0 | 0 | 0 | does not publish »station_information«",
            })
    void everyGbfsSystemIsReadOrRefusedWithTheReason(
            String system, String discovery, String suffix, int entities, int rejected, int incomplete, String failure)
            throws Exception {
        Path files = real("01-gbfs/" + system);
        try (var feeds = new FeedServer();
                var city = new TestCity(folder, Instant.parse("2025-11-05T12:01:00Z"))) {
            serve(feeds, files, suffix == null ? "" : suffix, discovery.equals("made"));
            SourceRunner runner = city.runner("bike-sharing", "gbfs", feeds.url("/gbfs.json"));

            runner.poll();

            SourceHealth health = runner.health();
            if (failure == null) {
                assertThat(health.lastSuccess()).as("%s", health).isPositive();
            } else {
                assertThat(health.findTrouble().orElseThrow().reason().en()).contains(failure);
                assertThat(health.status()).isEqualTo(SourceStatus.FAILING);
            }
            assertThat(city.entities(STATION)).hasSize(entities);
            assertThat(health.counts().rejected()).isEqualTo(rejected);
            assertThat(health.counts().incomplete()).isEqualTo(incomplete);
        }
    }

    private static void serve(FeedServer feeds, Path files, String suffix, boolean makeDiscovery) throws IOException {
        Map<String, String> byName = new HashMap<>();
        try (Stream<Path> list = Files.list(files)) {
            for (Path file : list.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(suffix + ".json")) {
                    byName.put(name.substring(0, name.length() - (suffix + ".json").length()), Files.readString(file));
                }
            }
        }
        byName.forEach((name, text) -> feeds.put("/feeds/" + name, "application/json", text));
        String discovery = makeDiscovery
                ? "{\"last_updated\": 1, \"ttl\": 0, \"data\": {\"en\": {\"feeds\": ["
                        + "{\"name\": \"station_information\", \"url\": \"feeds/station_information\"},"
                        + "{\"name\": \"station_status\", \"url\": \"feeds/station_status\"}]}}}"
                : byName.getOrDefault("gbfs", "")
                        .replaceAll(
                                "\"url\":\\s*\"[^\"]*/([^/\"]+?)(\\.json)?\"",
                                "\"url\": \"" + feeds.url("/feeds/") + "$1\"");
        feeds.put("/gbfs.json", "application/json", discovery.getBytes(StandardCharsets.UTF_8));
    }
}
