package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The vertical {@code parking} on files captured from real services. */
class ParkingTest {
    private static final String PARKING = "urn:ngsi-ld:OffStreetParking:datex-";

    @TempDir
    Path folder;

    private TestCity city;

    @BeforeEach
    void open() {
        city = new TestCity(folder, Instant.parse("2026-11-25T08:00:00Z"));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "datex-places | aachen-static.xml        | 17 | 0 | 0  |",
                "datex-status | aachen-realtime.xml      | 17 | 0 | 0  |",
                "datex-places | stuttgart-static.xml     | 49 | 0 | 10 | The number of spots is 0 and left out.",
                "datex-status | stuttgart-realtime.xml   | 49 | 0 | 9  | The feed does not say how many spots are free.",
                "datex-places | vrs_bondorf-static.xml   | 1  | 0 | 0  |",
                "datex-status | vrs_bondorf-realtime.xml | 1  | 0 | 0  |",
                "park-api     | herrenberg.json          | 26 | 0 | 0  |",
                "spot-states  | ulm-sensors_realtime-parking-spots.json | 44 | 0 | 0 |",
            })
    void everyRecordBecomesAnEntity(
            String source, String file, int entities, int rejected, int incomplete, String reason) throws Exception {
        MappedPoll poll = RealFiles.map(
                city, "parking", source, "04-parking/parkapi-sources-v3/" + file, Map.of("projected", "25832"));
        assertThat(poll.entities()).hasSize(entities);
        assertThat(poll.rejectedCount()).isEqualTo(rejected);
        assertThat(poll.incompleteCount()).isEqualTo(incomplete);
        if (reason != null) {
            assertThat(RealFiles.reasons(poll)).containsOnlyKeys(reason);
        }
    }

    @Test
    void twentyTwoCarParksOfFrankfurtAreReadAndTheirQuartersAreNot() throws Exception {
        MappedPoll poll = RealFiles.map(city, "parking", "datex-status", "04-parking/parkapi/frankfurt.xml");
        assertThat(poll.entities()).hasSize(22);
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.json().stream()
                        .filter(one -> one.at("/status/value").asString().equals("full")))
                .hasSize(3);
    }

    @Test
    void valuesOfAachenAndStuttgartAreThoseOfTheFiles() throws Exception {
        String folderOfFiles = "04-parking/parkapi-sources-v3/";
        ObjectNode place = RealFiles.entity(
                RealFiles.map(city, "parking", "datex-places", folderOfFiles + "aachen-static.xml"), PARKING + "P1");
        assertThat(place.path("name").asString()).isEqualTo("P01-Eurogress");
        assertThat(place.path("totalSpotNumber").asInt()).isEqualTo(560);
        assertThat(place.path("layout").asString()).isEqualTo("multiStorey");
        assertThat(place.at("/location/coordinates/0").asDouble()).isEqualTo(6.0927987);
        assertThat(place.has("description")).isFalse();

        ObjectNode state = RealFiles.entity(
                RealFiles.map(city, "parking", "datex-status", folderOfFiles + "aachen-realtime.xml"), PARKING + "P1");
        assertThat(state.at("/availableSpotNumber/value").asInt()).isEqualTo(412);
        assertThat(state.at("/availableSpotNumber/observedAt").asString()).isEqualTo("2025-02-07T19:05:34.176Z");
        assertThat(state.at("/parkingOccupancy/value").asDouble()).isEqualTo(0.264);

        ObjectNode projected = RealFiles.entity(
                RealFiles.map(
                        city,
                        "parking",
                        "datex-places",
                        folderOfFiles + "stuttgart-static.xml",
                        Map.of("projected", "25832")),
                PARKING + "12717375");
        assertThat(projected.at("/location/coordinates/0").asDouble()).isBetween(9.17, 9.18);
        assertThat(projected.at("/location/coordinates/1").asDouble()).isBetween(48.77, 48.78);
        assertThat(projected.at("/maximumAllowedHeight/value").asDouble()).isEqualTo(2.0);

        ObjectNode closed = RealFiles.entity(
                RealFiles.map(city, "parking", "datex-status", folderOfFiles + "stuttgart-realtime.xml"),
                PARKING + "12717253");
        assertThat(closed.at("/status/value").asString()).isEqualTo("closed");
        assertThat(closed.has("availableSpotNumber")).isFalse();
    }

    @Test
    void stuttgartReadInTheSystemOfSloveniaIsRejectedBesidesTheOneRecordThatIsInDegrees() throws Exception {
        MappedPoll poll =
                RealFiles.map(city, "parking", "datex-places", "04-parking/parkapi-sources-v3/stuttgart-static.xml");
        assertThat(poll.entities()).extracting(one -> one.id()).containsExactly(PARKING + "78241093");
        assertThat(poll.rejectedCount()).isEqualTo(48);
        assertThat(poll.rejected())
                .allSatisfy(one -> assertThat(one.reason().en()).startsWith("The coordinates are not right"));
    }

    @Test
    void theSameCarParkIsMeantByTheNumberAloneAndWithTheNameBehind() throws Exception {
        String folderOfFiles = "04-parking/parkapi-sources-v3/";
        MappedPoll place = RealFiles.map(city, "parking", "datex-places", folderOfFiles + "vrs_bondorf-static.xml");
        MappedPoll state = RealFiles.map(city, "parking", "datex-status", folderOfFiles + "vrs_bondorf-realtime.xml");
        assertThat(place.entities().getFirst().id())
                .isEqualTo(state.entities().getFirst().id())
                .isEqualTo(PARKING + "1035");
        assertThat(state.json().getFirst().at("/availableSpotNumber/value").asInt())
                .isEqualTo(215);
    }

    @Test
    void lotsThatNobodyCountsHaveNoNumberOfFreeSpots() throws Exception {
        MappedPoll poll = RealFiles.map(city, "parking", "park-api", "04-parking/parkapi-sources-v3/herrenberg.json");
        assertThat(poll.json().stream().filter(one -> one.has("availableSpotNumber")))
                .hasSize(4);
        ObjectNode garage = RealFiles.entity(poll, "urn:ngsi-ld:OffStreetParking:park-api-herrenbergaltstadtgarage");
        assertThat(garage.at("/availableSpotNumber/value").asInt()).isEqualTo(60);
        assertThat(garage.at("/availableSpotNumber/observedAt").asString()).isEqualTo("2025-02-25T12:20:03.588Z");
    }

    @Test
    void sensorsOfUlmAreFreeOrTaken() throws Exception {
        MappedPoll poll = RealFiles.map(
                city,
                "parking",
                "spot-states",
                "04-parking/parkapi-sources-v3/ulm-sensors_realtime-parking-spots.json");
        assertThat(poll.json().stream()
                        .filter(one -> one.at("/availableSpotNumber/value").asInt() == 1))
                .hasSize(29);
    }

    @ParameterizedTest
    @CsvSource({"TTNv3payload_cayennelpp_valid.json", "TTNv3payload_cayennelpp_nonexistent.json"})
    void aMessageOfAWeatherBoxIsRejected(String file) throws Exception {
        MappedPoll poll = RealFiles.map(city, "parking", "sensors", "06-sensorthings-lorawan/ttn/" + file);
        assertThat(poll.entities()).isEmpty();
        assertThat(RealFiles.reasons(poll))
                .isEqualTo(Map.of("The message does not say whether the spot is taken.", 1L));
    }
}
