package city.emona.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.geo.ReferenceSystem.Position;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Positions of known places in the systems that Slovene feeds use. */
class ReferenceSystemTest {
    private static final Offset<Double> METRE = Offset.offset(1e-5);

    private static Position position(int code, double east, double north) {
        return ReferenceSystem.find(code).orElseThrow().toWgs84(east, north);
    }

    private static void assertNear(Position position, double longitude, double latitude, Offset<Double> offset) {
        assertThat(position.longitude()).isCloseTo(longitude, offset);
        assertThat(position.latitude()).isCloseTo(latitude, offset);
    }

    @Test
    void takesTheNewGridToTheDegreesThatTheEnvironmentAgencyWritesBesideIt() {
        assertNear(position(3794, 462302.09, 102976.48), 14.51272, 46.06554, METRE);
    }

    @Test
    void takesTheOldGridToTheSamePlaceNotSixHundredMetresAside() {
        Position old = position(3912, 462673.0, 102491.0);
        Position sameNumbersInTheNewGrid = position(3794, 462673.0, 102491.0);
        double metresNorth = (old.latitude() - sameNumbersInTheNewGrid.latitude()) * 111_320;
        double metresEast = (old.longitude() - sameNumbersInTheNewGrid.longitude())
                * 111_320
                * Math.cos(Math.toRadians(old.latitude()));
        assertThat(Math.hypot(metresNorth, metresEast)).isBetween(590.0, 630.0);
        assertThat(metresNorth).isPositive();
        assertThat(metresEast).isNegative();
    }

    @Test
    void takesWebMercatorBack() {
        assertNear(position(3857, 1_614_532.26, 5_788_538.61), 14.50359, 46.05108, METRE);
        assertNear(position(102_100, -20_037_508.342789244, 0), -180, 0, METRE);
    }

    @Test
    void readsTheDigitsOfTheZoneAndOfTheFullNorthingOrTheirAbsence() {
        assertThat(position(3794, 5_462_302.09, 5_102_976.48)).isEqualTo(position(3794, 462302.09, 102976.48));
    }

    @Test
    void saysWhenEastAndNorthAreExchanged() {
        assertThatThrownBy(() -> position(3794, 102976.48, 462302.09))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exchanged");
    }

    @Test
    void refusesWhatIsNotInTheCountryOfTheGrid() {
        assertThatThrownBy(() -> position(3912, 14.5, 46.05)).hasMessageContaining("outside");
        assertThatThrownBy(() -> position(4326, 462302, 102976)).hasMessageContaining("outside");
        assertThatThrownBy(() -> position(4326, Double.NaN, 0)).hasMessageContaining("not a position");
    }

    @Test
    void knowsTheNamesOfEsri() {
        assertThat(ReferenceSystem.find(102_060).orElseThrow().code()).isEqualTo(3912);
        assertThat(ReferenceSystem.find(2170)).isEmpty();
    }
}
