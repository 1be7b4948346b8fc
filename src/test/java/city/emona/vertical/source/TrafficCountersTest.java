package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The vertical {@code traffic-counters} on files captured from real services. */
class TrafficCountersTest {
    private static final String COUNTER = "urn:ngsi-ld:TrafficFlowObserved:";

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

    private MappedPoll map(String source, String path) throws Exception {
        return RealFiles.map(city, "traffic-counters", source, "05-traffic/" + path);
    }

    @Test
    void eachOfTheCountersOfTheStateIsThereAlsoTheTwoOfOneNumber() throws Exception {
        MappedPoll poll = map("promet", "promet-si-2011/counters_1.json");
        assertThat(poll.accepted()).isEqualTo(275);
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.entities()).hasSize(275);
        assertThat(poll.entities())
                .extracting(one -> one.id())
                .contains(COUNTER + "PROMET-0901-11-Izola-Lucija", COUNTER + "PROMET-0901-11-Lucija-Izola");

        Map<String, Long> states = poll.json().stream()
                .collect(Collectors.groupingBy(
                        one -> one.at("/trafficState/value").asString(), TreeMap::new, Collectors.counting()));
        assertThat(states)
                .isEqualTo(Map.of(
                        "normal", 156L, "increased", 78L, "dense", 30L, "heavy", 5L, "congested", 2L, "none", 4L));
        assertThat(poll.json().stream().filter(one -> one.has("averageVehicleSpeed")))
                .hasSize(275 - 4);
    }

    @Test
    void theCountersOfTheStateStandWhereTheyAreAndSayWhatTheFileSays() throws Exception {
        MappedPoll poll = map("promet", "promet-si-2011/counters_1.json");
        assertThat(poll.json()).allSatisfy(one -> {
            assertThat(one.at("/location/coordinates/0").asDouble()).isBetween(13.4, 16.6);
            assertThat(one.at("/location/coordinates/1").asDouble()).isBetween(45.4, 46.9);
        });
        ObjectNode jam = RealFiles.entity(poll, COUNTER + "PROMET-0180-12-Litijska-Malence");
        assertThat(jam.path("name").asString()).isEqualTo("LJ (vzh. obvoznica), Litijska – Malence (prehitevalni pas)");
        assertThat(jam.at("/intensity/value").asInt()).isEqualTo(1704);
        assertThat(jam.at("/intensity/observedAt").asString()).isEqualTo("2011-05-25T09:55:00Z");
        assertThat(jam.at("/averageVehicleSpeed/value").asInt()).isEqualTo(36);
        assertThat(jam.at("/averageHeadwayTime/value").asDouble()).isEqualTo(1.2);
        assertThat(jam.at("/laneOccupancy/value").asDouble()).isEqualTo(0.425);
        assertThat(jam.at("/congested/value").asBoolean()).isTrue();
        assertThat(jam.at("/location/coordinates/0").asDouble()).isBetween(14.569, 14.570);
        assertThat(jam.at("/location/coordinates/1").asDouble()).isBetween(46.030, 46.032);
    }

    @Test
    void theDutchFeedGivesLanesTogetherAndNoSpeedOfNobody() throws Exception {
        MappedPoll poll = map("datex-measured", "datex2-v3-ndw/ndw_trafficspeed_fragment.xml");
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.entities()).hasSize(3);
        ObjectNode lanes = RealFiles.entity(poll, COUNTER + "city-RWS01_MONIBAS_0271hrl0063ra");
        assertThat(lanes.at("/intensity/value").asInt()).isEqualTo(960);
        assertThat(lanes.at("/averageVehicleSpeed/value").asDouble()).isEqualTo(114.5);
        ObjectNode nobody = RealFiles.entity(poll, COUNTER + "city-RWS01_MONIBAS_0270vwd0063ra");
        assertThat(nobody.at("/intensity/value").asInt()).isZero();
        assertThat(nobody.has("averageVehicleSpeed")).isFalse();
        assertThat(nobody.at("/trafficState/value").asString()).isEqualTo("none");
    }

    @Test
    void theFrenchFeedOfVersionTwoIsReadToo() throws Exception {
        MappedPoll poll = map("datex-measured", "datex2-v2-fr/traffic_flow_xml.xml");
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.entities()).hasSize(2);
        ObjectNode counter = RealFiles.entity(poll, COUNTER + "city-MB631.B8");
        assertThat(counter.at("/intensity/value").asInt()).isEqualTo(820);
        assertThat(counter.at("/averageVehicleSpeed/value").asDouble()).isEqualTo(82.2);
        assertThat(counter.path("dateObserved").asString()).isEqualTo("2026-04-08T22:48:00Z");
    }

    @Test
    void sensorsOfTheWeatherAreRejectedWithTheReason() throws Exception {
        MappedPoll poll = map("datex-measured", "datex2-v2-no/vegvesen_weather_fragment.xml");
        assertThat(poll.entities()).isEmpty();
        assertThat(RealFiles.reasons(poll))
                .isEqualTo(Map.of("The site says nothing about traffic.", 1L, "The site has no value.", 1L));
    }
}
