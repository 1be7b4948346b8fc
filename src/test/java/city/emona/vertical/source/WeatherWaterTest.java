package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The vertical {@code weather-water} on files captured from real services. */
class WeatherWaterTest {
    private static final String KRANJ_HISTORY =
            "07-weather-water/arso-meteo/observationAms_KRANJ_history_2023-06-18.xml";
    private static final Map<String, String> COUNTRY = Map.of("area", "13.3, 45.4, 16.7, 46.9");

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

    private MappedPoll map(String source, String path, Map<String, String> variables) throws Exception {
        return RealFiles.map(city, "weather-water", source, path, variables);
    }

    @Test
    void twoDaysOfKranjBecomeItsNewestTenMinutes() throws Exception {
        MappedPoll poll = map("arso-weather", KRANJ_HISTORY, COUNTRY);
        assertThat(poll.accepted()).isEqualTo(301);
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.entities()).hasSize(1);
        ObjectNode kranj = RealFiles.entity(poll, "urn:ngsi-ld:WeatherObserved:ARSO-KRANJ");
        assertThat(kranj.path("name").asString()).isEqualTo("Kranj");
        assertThat(kranj.path("dateObserved").asString()).isEqualTo("2023-06-18T08:40:00Z");
        assertThat(kranj.at("/temperature/value").asDouble()).isEqualTo(24);
        assertThat(kranj.at("/dewPoint/value").asDouble()).isEqualTo(12.6);
        assertThat(kranj.at("/relativeHumidity/value").asInt()).isEqualTo(49);
        assertThat(kranj.at("/precipitation/value").asInt()).isZero();
        assertThat(kranj.at("/location/coordinates/0").asDouble()).isEqualTo(14.3647);
        assertThat(kranj.has("windSpeed")).isFalse();
        assertThat(kranj.has("atmosphericPressure")).isFalse();
    }

    @Test
    void stationsOutsideOfTheAreaArePassedOver() throws Exception {
        MappedPoll poll = map("arso-weather", KRANJ_HISTORY, Map.of("area", "14.4, 45.9, 14.7, 46.2"));
        assertThat(poll.entities()).isEmpty();
        assertThat(poll.rejected()).isEmpty();
        assertThat(poll.passedOver()).isEqualTo(301);
    }

    @Test
    void aLakeARiverAndTheSeaSayWhatTheyHave() throws Exception {
        MappedPoll poll =
                map("arso-water", "07-weather-water/arso-hidro/hidro_podatki_2025-01-22_excerpt.xml", COUNTRY);
        assertThat(poll.entities()).hasSize(3);
        assertThat(poll.rejected()).isEmpty();

        ObjectNode lake = RealFiles.entity(poll, "urn:ngsi-ld:WaterObserved:ARSO-3370");
        assertThat(lake.at("/waterLevel/value").asInt()).isEqualTo(16);
        assertThat(lake.has("flow")).isFalse();
        assertThat(lake.has("floodLevel")).isFalse();

        ObjectNode river = RealFiles.entity(poll, "urn:ngsi-ld:WaterObserved:ARSO-3320");
        assertThat(river.path("name").asString()).isEqualTo("Bistrica, Bohinjska Bistrica");
        assertThat(river.at("/flow/value").asInt()).isEqualTo(1);
        assertThat(river.at("/flow/observedAt").asString()).isEqualTo("2025-01-22T15:00:00Z");
        assertThat(river.at("/waterState/value").asString()).isEqualTo("low");
        assertThat(river.at("/floodLevel/value").asInt()).isZero();
        assertThat(river.at("/thirdThreshold/value").asInt()).isEqualTo(132);

        ObjectNode sea = RealFiles.entity(poll, "urn:ngsi-ld:WaterObserved:ARSO-9420");
        assertThat(sea.at("/waterTemperature/value").asDouble()).isEqualTo(9.1);
        assertThat(sea.has("waterLevel")).isFalse();
        assertThat(sea.has("gaugeZero")).isFalse();
    }

    @Test
    void theLocalTimeOfADocumentWithoutCentralEuropeanTimeHasSummerTime() throws Exception {
        MappedPoll poll =
                map("arso-water", "07-weather-water/arso-hidro/hidro_podatki_2026-04-06_excerpt.xml", COUNTRY);
        ObjectNode mura = RealFiles.entity(poll, "urn:ngsi-ld:WaterObserved:ARSO-1060");
        assertThat(mura.path("dateObserved").asString()).isEqualTo("2026-04-06T09:30:00Z");
        assertThat(mura.at("/flow/value").asInt()).isEqualTo(71);
        assertThat(mura.at("/waterState/value").asString()).isEqualTo("small");
    }
}
