package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.Entity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vertical of public transport on files captured from real services; skipped where the collection is not at hand. */
class PublicTransportFeedsTest {
    private static final Path DATA = Path.of("../shared/data/02-gtfs");
    private static final String MOBILITY = "https://smartdatamodels.org/dataModel.UrbanMobility/";
    private static final String STOP = MOBILITY + "PublicTransportStop";
    private static final String LINE = MOBILITY + "PublicTransportRoute";
    private static final String ARRIVAL = MOBILITY + "ArrivalEstimation";
    private static final String VEHICLE = "https://smartdatamodels.org/dataModel.Transportation/Vehicle";
    private static final String ALERT = "https://emona.city/ns/ServiceAlert";
    private static final String NAME = "https://smartdatamodels.org/name";
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @TempDir
    Path folder;

    private static byte[] real(String path) throws IOException {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readAllBytes(file);
    }

    private static SourceHealth.Counts brought(TestCity city, String source, byte[] document) throws Exception {
        try (var feeds = new FeedServer()) {
            feeds.put("/document", "application/octet-stream", document);
            SourceRunner runner = city.runner("public-transport", source, feeds.url("/document"));
            runner.poll();
            assertThat(runner.health().lastSuccess())
                    .as("%s", runner.health().findTrouble())
                    .isPositive();
            return runner.health().counts();
        }
    }

    private static Map<String, Long> reasons(SourceRunner runner) {
        return runner.lastRejected().stream()
                .collect(Collectors.groupingBy(r -> r.reason().en(), Collectors.counting()));
    }

    private static String text(Entity entity, String attribute) {
        return entity.findText(attribute).orElse("");
    }

    private static List<String> links(Entity entity, String attribute) {
        var value = entity.findValue(attribute).orElseThrow();
        return value.isArray() ? value.valueStream().map(one -> one.asString()).toList() : List.of(value.asString());
    }

    @Test
    void allStopsOfTheInterfaceOfLjubljanaAreThereWithTheirLines() throws Exception {
        String stops = new String(real("lpp/lpp_stops.json"), StandardCharsets.UTF_8);
        try (var city = new TestCity(folder, NOW)) {
            var counts = brought(
                    city,
                    "lpp-stops",
                    ("{\"success\": true, \"data\": " + stops + "}").getBytes(StandardCharsets.UTF_8));

            assertThat(counts.accepted()).isEqualTo(1_438);
            assertThat(counts.rejected()).isZero();
            assertThat(counts.entities()).isEqualTo(1_438);
            Entity stop = city.entity("urn:ngsi-ld:PublicTransportStop:lpp-602061");
            assertThat(text(stop, NAME)).isEqualTo("Križanke");
            assertThat(text(stop, MOBILITY + "direction")).isEqualTo("toCentre");
            assertThat(links(stop, MOBILITY + "refPublicTransportRoute"))
                    .hasSize(5)
                    .contains("urn:ngsi-ld:PublicTransportRoute:lpp-27");
        }
    }

    @Test
    void linesWhoseIdsAreNoNumbersAreLines() throws Exception {
        byte[] lines = real("lpp/lines.csv");
        try (var city = new TestCity(folder, NOW)) {
            SourceRunner runner = city.runner("public-transport", "lpp-lines", "");

            var counts = runner.take(lines);

            assertThat(counts.accepted()).isEqualTo(76);
            assertThat(counts.rejected()).isZero();
            assertThat(city.entities(LINE))
                    .hasSize(76)
                    .extracting(line -> text(line, NAME))
                    .contains(
                            "11B Bežigrad (Železna) – Zalog",
                            "1B D. most P+R – Gameljne",
                            "1 D. most P+R – Stanežiče P+R (počitniški)");
            assertThat(text(city.entity("urn:ngsi-ld:PublicTransportRoute:lpp-SZ"), MOBILITY + "shortRouteCode"))
                    .isEqualTo("SŽ");
        }
    }

    @Test
    void theNationalRegisterKeepsTheAgencyInItsIds() throws Exception {
        byte[] stops = real("ijpp/ijpp_stops.json");
        try (var city = new TestCity(folder, NOW)) {
            SourceRunner runner = city.runner("public-transport", "national-stops", "");

            var counts = runner.take(stops);

            assertThat(counts.accepted()).isEqualTo(11_445);
            assertThat(counts.rejected()).isZero();
            assertThat(counts.entities()).isEqualTo(11_445);
            assertThat(text(
                            city.entity("urn:ngsi-ld:PublicTransportStop:si-CELEBUS:1123877"),
                            "https://smartdatamodels.org/dataProvider"))
                    .isEqualTo("Celebus");

            var trains = runner.take(real("ijpp/sz_stops.json"));
            assertThat(trains.accepted()).isEqualTo(267);
            assertThat(text(city.entity("urn:ngsi-ld:PublicTransportStop:si-sz_1123004"), NAME))
                    .isEqualTo("Divača");
        }
    }

    @Test
    void stopsAndLinesOfMariborLieWhereTheirTextsSay() throws Exception {
        byte[] stops = real("marprom/stops.geojson");
        try (var city = new TestCity(folder, NOW)) {
            SourceRunner runner = city.runner("public-transport", "marprom", "");

            assertThat(runner.take(stops).accepted()).isEqualTo(444);
            assertThat(runner.take(real("marprom/mainlines.geojson")).accepted())
                    .isEqualTo(21);

            assertThat(runner.lastRejected()).isEmpty();
            assertThat(city.entities(LINE)).hasSize(21);
            Entity stop = city.entity("urn:ngsi-ld:PublicTransportStop:marprom-1");
            assertThat(stop.findValue("https://uri.etsi.org/ngsi-ld/location")
                            .orElseThrow()
                            .at("/coordinates/0")
                            .doubleValue())
                    .isEqualTo(15.655732);
            assertThat(links(stop, MOBILITY + "refPublicTransportRoute")).hasSize(19);
        }
    }

    @Test
    void aTimetableOfARailwayTellsWhichLinesCallWhere() throws Exception {
        byte[] zip = real("caltrain-static+rt/ct.zip");
        try (var city = new TestCity(folder, NOW)) {
            var counts = brought(city, "timetable", zip);

            assertThat(counts.accepted()).isEqualTo(109 + 9);
            assertThat(counts.rejected()).isZero();
            assertThat(city.entities(STOP)).hasSize(109);
            Entity station = city.entity("urn:ngsi-ld:PublicTransportStop:lpp-22nd_street");
            assertThat(text(station, MOBILITY + "wheelChairAccessible")).isEqualTo("0");
            assertThat(links(station, MOBILITY + "refPublicTransportRoute"))
                    .isEqualTo(links(
                            city.entity("urn:ngsi-ld:PublicTransportStop:lpp-70021"),
                            MOBILITY + "refPublicTransportRoute"))
                    .contains("urn:ngsi-ld:PublicTransportRoute:lpp-L1");
            Entity line = city.entity("urn:ngsi-ld:PublicTransportRoute:lpp-L6");
            assertThat(text(line, NAME)).isEqualTo("L6 LTD 6");
            assertThat(text(line, MOBILITY + "routeColor")).isEqualTo("#fcedc7");
            assertThat(text(line, "https://smartdatamodels.org/dataProvider")).isEqualTo("Caltrain");
        }
    }

    @Test
    void aTimetableWithoutTripsStillHasStopsAndLines() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String table : List.of("agency", "stops", "routes", "calendar", "calendar_dates", "feed_info")) {
                byte[] text = real("zet-zagreb-partial/" + table + ".txt");
                zip.putNextEntry(new ZipEntry(table + ".txt"));
                zip.write(text);
            }
        }
        try (var city = new TestCity(folder, NOW)) {
            var counts = brought(city, "timetable", bytes.toByteArray());

            assertThat(counts.accepted()).isEqualTo(3_829 + 153);
            assertThat(counts.rejected()).isZero();
            Entity platform = city.entity("urn:ngsi-ld:PublicTransportStop:lpp-98_1");
            assertThat(text(platform, NAME)).isEqualTo("Črnomerec");
            assertThat(links(platform, MOBILITY + "hasParentStation"))
                    .containsExactly("urn:ngsi-ld:PublicTransportStop:lpp-98");
            assertThat(platform.findAttribute("https://emona.city/ns/lineCount"))
                    .as("nothing tells how many lines call there")
                    .isEmpty();
        }
    }

    @Test
    void rowsThatBreakTheReferenceAreRejectedWithFileAndLine() throws Exception {
        byte[] errors = real("bad/example-errors.zip");
        try (var feeds = new FeedServer();
                var city = new TestCity(folder, NOW)) {
            feeds.put("/gtfs.zip", "application/zip", errors);
            SourceRunner runner = city.runner("public-transport", "timetable", feeds.url("/gtfs.zip"));
            runner.poll();

            assertThat(runner.health().counts().accepted()).isEqualTo(8 + 4);
            assertThat(reasons(runner))
                    .containsOnly(
                            Map.entry("stops.txt:6: stop_lat, stop_lon »-100, -200« are nowhere on Earth", 1L),
                            Map.entry("routes.txt:6: agency_id »DTAZ« is not in agency.txt", 1L));

            feeds.put("/gtfs.zip", "application/zip", real("bad/badgtfs.zip"));
            runner.poll();
            assertThat(runner.health().findTrouble().orElseThrow().reason().en())
                    .contains("no stops.txt, routes.txt");

            feeds.put("/gtfs.zip", "application/zip", real("bad/example-nested-dir.zip"));
            runner.poll();
            assertThat(runner.health().counts().accepted()).isEqualTo(9 + 5);
        }
    }

    @Test
    void vehiclesOfARailwayAreOnTheirLinesAndGoneHalfAnHourLater() throws Exception {
        byte[] positions = real("caltrain-static+rt/ct-vehicle-positions.pb");
        try (var city = new TestCity(folder, Instant.ofEpochSecond(1_699_405_560))) {
            var counts = brought(city, "vehicles", positions);

            assertThat(counts.accepted()).isEqualTo(14);
            assertThat(counts.rejected() + counts.incomplete()).isZero();
            Entity train = city.entity("urn:ngsi-ld:Vehicle:lpp-124");
            assertThat(links(train, MOBILITY + "hasRoute")).containsExactly("urn:ngsi-ld:PublicTransportRoute:lpp-L1");
            assertThat(train.expiresAt()).isEqualTo((1_699_405_549L + 1_800) * 1_000);
            city.pass(Duration.ofMinutes(31));
            assertThat(city.entities(VEHICLE)).isEmpty();
        }
    }

    @Test
    void busesThatTellNoTimeAreAsOldAsTheirMessage() throws Exception {
        byte[] positions = real("bullrunner-static+rt/bullrunner-vehicle-positions.pb");
        try (var city = new TestCity(folder, Instant.ofEpochSecond(1_505_314_380))) {
            var counts = brought(city, "vehicles", positions);

            assertThat(counts.accepted()).isEqualTo(10);
            assertThat(counts.rejected() + counts.incomplete()).isZero();
            Entity bus = city.entity("urn:ngsi-ld:Vehicle:lpp-1536");
            var occupancy = bus.findAttribute("https://emona.city/ns/occupancy")
                    .orElseThrow()
                    .main();
            assertThat(occupancy.value().asString()).isEqualTo("empty");
            assertThat(occupancy.observedAt()).isEqualTo("2017-09-13T14:52:55Z");
            assertThat(brought(city, "timetable", real("bullrunner-static+rt/bullrunner-gtfs.zip"))
                            .accepted())
                    .isEqualTo(125 + 6);
        }
    }

    @Test
    void arrivalsOfTheNextHalfHourAreKnownUntilTheyArePast() throws Exception {
        byte[] updates = real("caltrain-static+rt/ct-trip-updates.pb");
        try (var city = new TestCity(folder, Instant.ofEpochSecond(1_699_405_535))) {
            var counts = brought(city, "trips", updates);

            assertThat(counts.rejected() + counts.incomplete()).isZero();
            List<Entity> arrivals = city.entities(ARRIVAL);
            assertThat(arrivals).hasSizeGreaterThan(40);
            Entity next = city.entity("urn:ngsi-ld:ArrivalEstimation:lpp-124-70242-21");
            assertThat(text(next, MOBILITY + "arrivalTime")).isEqualTo("2023-11-08T01:10:01Z");
            assertThat(links(next, MOBILITY + "hasStop")).containsExactly("urn:ngsi-ld:PublicTransportStop:lpp-70242");
            city.pass(Duration.ofMinutes(32));
            assertThat(city.entities(ARRIVAL)).isEmpty();
        }
    }

    @Test
    void announcementsAreThereUntilTheyEndOrAreToldNoMore() throws Exception {
        byte[] alerts = real("alerts/bibus-brest-alerts.pb");
        try (var city = new TestCity(folder, Instant.ofEpochSecond(1_639_668_550))) {
            var counts = brought(city, "alerts", alerts);

            assertThat(counts.accepted()).isEqualTo(12);
            assertThat(counts.rejected() + counts.incomplete()).isZero();
            Entity works = city.entity("urn:ngsi-ld:ServiceAlert:lpp-81e5c790-6997-4898-9624-0be7d86afe60");
            assertThat(text(works, NAME)).isEqualTo("Lignes 2, 4 et 14 : Travaux en cours arrêt Chapalain");
            assertThat(text(works, "https://emona.city/ns/cause")).isEqualTo("construction");
            assertThat(links(works, MOBILITY + "hasRoute"))
                    .containsExactly(
                            "urn:ngsi-ld:PublicTransportRoute:lpp-02",
                            "urn:ngsi-ld:PublicTransportRoute:lpp-04",
                            "urn:ngsi-ld:PublicTransportRoute:lpp-14");
            city.pass(Duration.ofMinutes(21));
            assertThat(city.entities(ALERT)).isEmpty();
            city.pass(Duration.ofDays(4));
            assertThat(brought(city, "alerts", alerts).entities())
                    .as("four days later, three of them are over")
                    .isLessThan(12);
        }
    }
}
