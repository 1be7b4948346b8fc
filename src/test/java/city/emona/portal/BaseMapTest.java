package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.portal.BaseMap.Projection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BaseMapTest {
    private final BaseMap map = BaseMap.ofLjubljana();

    @Test
    void namesThePartsOfTheCity() {
        assertThat(map.names())
                .extracting(name -> name.text().sl())
                .contains(
                        "Center",
                        "Bežigrad",
                        "Šiška",
                        "Vič",
                        "Trnovo",
                        "Moste",
                        "Rudnik",
                        "Rožna dolina",
                        "Črnuče",
                        "Šentvid",
                        "Dravlje",
                        "Jarše",
                        "Fužine");
    }

    @Test
    void smoothsLinesThroughThePointsThatWereDrawn() {
        BaseMap curve = BaseMap.parse("""
                {"features": [{"properties": {"kind": "river"}, "geometry": {"type": "LineString", "coordinates":
                 [[14.5, 46.0], [14.51, 46.01], [14.52, 46.0]]}}]}""".getBytes(StandardCharsets.UTF_8));
        assertThat(curve.shapes().getFirst().points())
                .hasSize(13)
                .anySatisfy(point -> assertThat(point).containsExactly(14.51, 46.01));
    }

    @Test
    void closesRings() {
        map.shapes().stream()
                .filter(BaseMap.Shape::closed)
                .forEach(shape -> assertThat(shape.points().getFirst())
                        .isEqualTo(shape.points().getLast()));
    }

    @Test
    void givesTheSameShapesAsGeoJson() {
        assertThat(Json.parse(map.geoJson()).path("features").size())
                .isEqualTo(map.shapes().size() + map.names().size());
    }

    @Test
    void projectsAsWebMapsDo() {
        Projection city = Projection.CITY;
        assertThat(city.x(city.west())).isZero();
        assertThat(city.y(city.north())).isZero();
        assertThat(city.x(city.east())).isEqualTo(city.width());
        assertThat(city.height()).isBetween(650.0, 750.0);
    }
}
