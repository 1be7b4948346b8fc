package city.emona.vertical.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.json.Json;
import city.emona.vertical.RecordFormat;
import city.emona.vertical.RecordFormat.TableForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Documents as cities publish them, which are not part of this repository: where they are, every oddity of theirs is read. */
class RealDocumentsTest {
    private static final Path DATA = Path.of(System.getProperty("emona.real-data", "../shared/data"));

    private static Body real(String path) throws IOException {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Body.of(Files.readAllBytes(file));
    }

    private static RecordSet read(RecordFormat format, String path) throws IOException, SourceFailure {
        return RecordSet.read(format, real(path));
    }

    private static RecordSet csv(String path) throws IOException, SourceFailure {
        return read(new RecordFormat.Csv(TableForm.UNKNOWN), path);
    }

    private static List<String> reasons(RecordSet set) {
        return set.unusable().stream().map(one -> one.reason().en()).toList();
    }

    @SuppressWarnings("unchecked") // because: records of these formats are maps with texts as keys
    private static Map<String, Object> first(RecordSet set) {
        return (Map<String, Object>) set.records().getFirst();
    }

    /** The path, how many records, how many fields the first has at least, and what is told about the form. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            14-csv-oddities/bih_budget_2014.csv | 2009 | 6 | »;«
            14-csv-oddities/fr_latin1.csv | 60 | 10 | windows-1252
            14-csv-oddities/ljubljana_street_trees_first8000.csv | 8000 | 16 | decimal comma
            14-csv-oddities/dvk/udelezba.csv | 98 | 3 | no row of names
            14-csv-oddities/opsi/2021-11-07_episaricsvdo7.11.2021.popravljen.csv | 36 | 40 | »;«
            14-csv-oddities/opsi/episari-opsi.csv | 200 | 40 | »;«
            14-csv-oddities/opsi/vaccination-confirmed-cases-opsi.csv | 688 | 7 | »;«
            14-csv-oddities/surs/BraMira_PovpPl.csv | 211 | 10 | windows-1250
            14-csv-oddities/surs/CerneK12_brezposelni.csv | 212 | 9 | windows-1250
            14-csv-oddities/surs/evawinkler_prostamesta.csv | 18 | 12 | row 2
            14-csv-oddities/surs/jaanos_druzine.csv | 210 | 5 | no row of names
            14-csv-oddities/surs/spelapovrzenic_padavine.csv | 13 | 7 | windows-1250
            04-parking/parkapi-sources-v3/bielefeld.csv | 853 | 5 | »;«
            04-parking/parkapi-sources-v3/bietigheim-bissingen.csv | 14 | 5 | windows-1252
            04-parking/parkapi-sources-v3/neckarsulm.csv | 41 | 20 | »;«
            04-parking/parkapi-sources-v3/reutlingen_disabled.csv | 44 | 3 | »;«
            02-gtfs/lpp/stops.csv | 1062 | 2 | »,«
            01-gbfs/ljubljana-timeseries/bicikelj_train_2022-08_10.csv | 7739 | 84 | »,«
            """)
    void tablesAreReadWholeAndTheirFormIsFoundOut(String path, int records, int fields, String told) throws Exception {
        RecordSet set = csv(path);
        assertThat(set.findBrokenOff()).isEmpty();
        assertThat(set.detected()).anySatisfy(what -> assertThat(what.en()).contains(told));
        assertThat(first(set)).hasSizeGreaterThanOrEqualTo(fields);
        assertThat(set.records()).hasSize(records);
    }

    @Test
    void aDeclaredDecimalCommaMakesNumbersOfTheStreetTreesAndLeavesTheMissingAsText() throws Exception {
        RecordSet set = read(
                new RecordFormat.Csv(new TableForm(';', ',', 1)),
                "14-csv-oddities/ljubljana_street_trees_first8000.csv");
        assertThat(set.detected()).isEmpty();
        assertThat(first(set))
                .contains(
                        entry("DBH (cm)", new BigDecimal("23.9")),
                        entry("Replacement Value (€)", new BigDecimal("1136.17")),
                        entry("Species Name", "Picea"))
                .containsValue("N/A");
    }

    @Test
    void lettersOfTheStatisticalOfficeAreRightWithoutADeclaration() throws Exception {
        assertThat(first(csv("14-csv-oddities/surs/jaanos_druzine.csv"))).containsEntry("column1", "Ajdovščina");
        assertThat(String.valueOf(csv("14-csv-oddities/surs/evawinkler_prostamesta.csv")
                        .header()
                        .get("preamble")))
                .contains("zasedena delovna mesta", "področjih");
        assertThat(csv("14-csv-oddities/fr_latin1.csv").records().toString()).contains("Supermarché", "Délaissé");
    }

    @Test
    void aGtfsFeedOfARailwayIsReadWithTheStopTimesOfItsTrips() throws Exception {
        RecordSet set =
                read(new RecordFormat.Gtfs(List.of("stops", "routes", "trips")), "02-gtfs/caltrain-static+rt/ct.zip");
        assertThat(set.unusable()).isEmpty();
        assertThat(set.records()).hasSize(109 + 9 + 176);
        int stopTimes = 0;
        for (Object row : set.records()) {
            stopTimes += Json.fromPlain(row).path("stop_times").size();
        }
        assertThat(stopTimes).isEqualTo(3498);
        assertThat(String.valueOf(set.header().get("agency"))).contains("Caltrain");
    }

    @Test
    void badGtfsIsRejectedRowByRowWithTheReason() throws Exception {
        RecordSet errors = read(
                new RecordFormat.Gtfs(List.of("stops", "routes", "trips", "stop_times")),
                "02-gtfs/bad/example-errors.zip");
        assertThat(reasons(errors))
                .anySatisfy(reason -> assertThat(reason).startsWith("stops.txt:6: stop_lat, stop_lon »-100, -200«"))
                .anySatisfy(reason -> assertThat(reason).startsWith("routes.txt:6: agency_id »DTAZ«"));
        assertThat(errors.records()).hasSize(8 + 4 + 11 + 28);

        RecordSet nested =
                read(new RecordFormat.Gtfs(List.of("stops", "routes", "trips")), "02-gtfs/bad/example-nested-dir.zip");
        assertThat(nested.records()).hasSize(9 + 5 + 11);

        assertThatThrownBy(() -> read(new RecordFormat.Gtfs(List.of("stops")), "02-gtfs/bad/badgtfs.zip"))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("no stops.txt; it has bad_agency.txt, bad_stops.txt, readme.txt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            02-gtfs/caltrain-static+rt/ct-vehicle-positions.pb | 14 | vehicle | 1.0
            02-gtfs/caltrain-static+rt/ct-trip-updates.pb | 19 | trip_update | 1.0
            02-gtfs/alerts/bibus-brest-alerts.pb | 12 | alert | 2.0
            02-gtfs/bullrunner-static+rt/bullrunner-vehicle-positions.pb | 10 | vehicle | 1.0
            """)
    void entitiesOfGtfsRealtimeHaveTheNamesOfTheReference(String path, int records, String member, String version)
            throws Exception {
        RecordSet set = read(new RecordFormat.GtfsRealtime(), path);
        assertThat(set.unusable()).isEmpty();
        assertThat(set.records())
                .hasSize(records)
                .allSatisfy(one -> assertThat(Json.fromPlain(one).has("id")).isTrue());
        assertThat(first(set)).containsKey(member);
        assertThat(set.header()).containsEntry("gtfs_realtime_version", version);
    }

    @Test
    void aVehicleIsTheSameAsInTheJsonThatWasPublishedBesideIt() throws Exception {
        JsonNode ours = Json.fromPlain(
                first(read(new RecordFormat.GtfsRealtime(), "02-gtfs/caltrain-static+rt/ct-vehicle-positions.pb")));
        JsonNode theirs = Json.fromPlain(first(
                read(new RecordFormat.Json("entity"), "02-gtfs/caltrain-static+rt/ct-vehicle-positions.pb.json")));
        assertThat(ours.path("id")).isEqualTo(theirs.path("id"));
        assertThat(ours.at("/vehicle/position/latitude").floatValue())
                .isEqualTo(theirs.at("/vehicle/position/latitude").floatValue())
                .isBetween(37f, 38f);
    }

    @Test
    void residentsInitiativesLieInLjubljanaAndTheirDatesAreTexts() throws Exception {
        RecordSet set = read(new RecordFormat.ArcGis(), "15-residents-initiatives/pobude_featureset_300_reduced.json");
        assertThat(set.unusable()).isEmpty();
        assertThat(set.records()).hasSize(300).allSatisfy(one -> {
            JsonNode position = Json.fromPlain(one).at("/geometry/coordinates");
            assertThat(position.path(0).doubleValue()).isBetween(14.4, 14.65);
            assertThat(position.path(1).doubleValue()).isBetween(45.98, 46.13);
        });
        assertThat(String.valueOf(first(set).get("DATUM_VNOSA"))).matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            04-parking/parkapi-sources-v3/aachen-static.xml | 2 | parkingName
            04-parking/parkapi-sources-v3/aachen-realtime.xml | 2 | parkingOccupancy
            04-parking/parkapi-sources-v3/stuttgart-static.xml | 2 | parkingFacilityName
            04-parking/parkapi-sources-v3/stuttgart-realtime.xml | 2 | parkingFacilityReference
            04-parking/parkapi-sources-v3/vrs_bondorf-realtime.xml | 2 | parkingOccupancy
            05-traffic/datex2-v2-fr/road_event_xml.xml | 2 | situationRecord
            05-traffic/datex2-v2-fr/traffic_flow_xml.xml | 2 | measuredValue
            05-traffic/datex2-v2-no/vegvesen_weather_fragment.xml | 2 | measuredValue
            05-traffic/datex2-v3-ndw/ndw_trafficspeed_fragment.xml | 3 | physicalQuantity
            """)
    void datexOfBothVersionsIsCutIntoItsRecords(String path, int version, String member) throws Exception {
        RecordSet set = read(new RecordFormat.Datex(List.of()), path);
        assertThat(set.records()).isNotEmpty();
        assertThat(first(set)).containsKey(member);
        assertThat(set.header()).containsEntry("version", version).containsKey("publicationTime");
    }

    @Test
    void textsOfDatexAreByLanguageAndTypesWithoutPrefix() throws Exception {
        Map<String, Object> site =
                first(read(new RecordFormat.Datex(List.of()), "04-parking/parkapi-sources-v3/aachen-static.xml"));
        assertThat(site.get("parkingName")).isEqualTo(Map.of("de", "P01-Eurogress"));
        assertThat(site.get("type")).isEqualTo("UrbanParkingSite");
    }

    @ParameterizedTest
    @CsvSource({
        "02-gtfs/marprom/stops.geojson, 444",
        "02-gtfs/marprom/mainlines.geojson, 21",
        "04-parking/parkapi/Dresden.geojson, 61"
    })
    void featuresOfGeoJsonAreRecords(String path, int records) throws Exception {
        RecordSet set = read(new RecordFormat.GeoJson(), path);
        assertThat(set.records()).hasSize(records);
        assertThat(first(set)).containsKeys("geometry", "properties");
    }

    @Test
    void anUplinkOfTheThingsStackIsReadWithItsDecodedValues() throws Exception {
        Map<String, Object> uplink = first(
                read(new RecordFormat.LoRaWan(), "06-sensorthings-lorawan/ttn/TTNv3payload_cayennelpp_valid.json"));
        assertThat(uplink)
                .contains(
                        entry("network", "the-things-stack"),
                        entry("deviceId", "cayenne-1"),
                        entry("devEui", "1F2B8ACE35B91823"),
                        entry("application", "sensebox-cayenne"))
                .containsKeys("receivedAt", "payload", "decoded");
    }

    @Test
    void whatIsNoJsonAtAllIsSaidToBeNone() throws IOException {
        Body counters = real("05-traffic/promet-si-2011/counters_1.txt");
        assertThatThrownBy(() -> RecordSet.read(new RecordFormat.Json(""), counters))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void jsonInACallWithDatesOfJavaScriptIsRead() throws Exception {
        RecordSet set = read(new RecordFormat.Json("feed.entry"), "05-traffic/promet-si-2011/counters_1.json");
        assertThat(set.records()).hasSize(275);
        assertThat(set.header()).containsEntry("updated", "2011-05-25T09:55:54Z");
        assertThat(first(set)).containsEntry("updated", "2011-05-25T09:55:00Z");
    }
}
