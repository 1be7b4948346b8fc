package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.geo.Geometry;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clause 4.10: each line a relation, the query's geometry, that of an entity, and whether it matches. */
class GeoQueryTest {
    private static GeoQuery query(String georel, String geometry, String coordinates) {
        return GeoQuery.parse(georel, geometry, Json.parse(coordinates), "location");
    }

    private static Geometry geometry(String type, String coordinates) {
        return Geometry.of(type, Json.parse(coordinates));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // near, in metres: a degree of latitude is about 111,195 m
                "near;maxDistance==111300 Point [8,40] Point [8,41] true",
                "near;maxDistance==111100 Point [8,40] Point [8,41] false",
                "near;minDistance==111100 Point [8,40] Point [8,41] true",
                "near;minDistance==111300 Point [8,40] Point [8,41] false",
                "near;maxDistance==1 Point [8,40] Point [8,40] true",
                "near;maxDistance==1e3 Point [8,40] Point [8.001,40.001] true",
                // across the antimeridian and over the pole
                "near;maxDistance==23000 Point [179.9,0] Point [-179.9,0] true",
                "near;maxDistance==22000 Point [179.9,0] Point [-179.9,0] false",
                "near;maxDistance==23000 Point [0,89.9] Point [180,89.9] true",
                "near;maxDistance==12000 Point [180,0] LineString [[-179.9,-1],[-179.9,1]] true",
                // lines and areas: from their nearest position, and 0 inside
                "near;maxDistance==2000 LineString [[0,60],[10,60]] Point [10,60.009] true",
                "near;maxDistance==2000 LineString [[0,60],[10,60]] Point [5,60.009] true",
                "near;maxDistance==500 LineString [[0,60],[10,60]] Point [5,60.009] false",
                "near;maxDistance==20000 Point [0,85] LineString [[1,85],[0,85.6]] true",
                "near;maxDistance==5000 Point [0,85] LineString [[1,85],[0,85.6]] false",
                "near;maxDistance==1 Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [5,5] true",
                "near;maxDistance==120000 Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [11,5] true",
                "near;maxDistance==100000 Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [11,5] false",
                "near;minDistance==1 Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [5,5] false",
                "near;maxDistance==1 LineString [[0,0],[2,2]] LineString [[0,2],[2,0]] true",
                "near;maxDistance==112000 MultiPoint [[0,0],[50,50]] Point [50,51] true",
                // within and contains
                "within Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [5,5] true",
                "within Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] Point [15,5] false",
                "within Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]] Point [5,5] false",
                "within MultiPolygon [[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[9,5],[9,9],[5,5]]]] LineString [[6,5.5],[8,6]] true",
                "contains Point [5,5] Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] true",
                "contains Point [15,5] Polygon [[[0,0],[10,0],[10,10],[0,10],[0,0]]] false",
                "contains Point [5,5] Point [5,5] true",
                // the others
                "intersects LineString [[0,0],[2,2]] LineString [[0,2],[2,0]] true",
                "intersects LineString [[0,0],[2,2]] Point [1,0] false",
                "disjoint LineString [[0,0],[2,2]] Point [1,0] true",
                "disjoint LineString [[0,0],[2,2]] Point [1,1] false",
                "equals Point [1,2] Point [1.0,2.0] true",
                "equals Polygon [[[0,0],[2,0],[2,2],[0,0]]] Polygon [[[2,2],[0,0],[2,0],[2,2]]] true",
                "equals LineString [[0,0],[2,2]] LineString [[2,2],[1,1],[0,0]] true",
                "equals Point [1,2] Point [1,3] false",
                "overlaps Polygon [[[0,0],[2,0],[2,2],[0,2],[0,0]]] Polygon [[[1,1],[3,1],[3,3],[1,3],[1,1]]] true",
                "overlaps Polygon [[[0,0],[2,0],[2,2],[0,2],[0,0]]] Polygon [[[0,0],[1,0],[1,1],[0,0]]] false",
                "overlaps MultiPoint [[0,0],[1,1]] MultiPoint [[1,1],[2,2]] true",
                "overlaps Polygon [[[0,0],[2,0],[2,2],[0,2],[0,0]]] Point [1,1] false",
                // polygons that cross themselves are used as they are
                "intersects Polygon [[[0,0],[2,2],[2,0],[0,2],[0,0]]] Point [0.2,1] true",
                "within Polygon [[[0,0],[2,2],[2,0],[0,2],[0,0]]] Point [5,5] false",
                "near;maxDistance==5 Polygon [[[0,0],[2,2],[2,0],[0,2],[0,0]]] Polygon [[[0,0],[2,2],[2,0],[0,2],[0,0]]] true",
                // what has no position lies nowhere
                "intersects Point [0,0] MultiPoint [] false",
                "near;minDistance==5 Point [0,0] MultiPoint [] false"
            })
    void tellsHowGeometriesLie(
            String georel, String type, String coordinates, String targetType, String target, boolean expected) {
        GeoQuery query = query(georel, type, coordinates);
        Geometry geometry = geometry(targetType, target);

        assertThat(query.matches(geometry)).isEqualTo(expected);
        if (expected && !query.bounds().isEmpty()) {
            assertThat(query.bounds()).anyMatch(box -> box.intersects(geometry.bounds()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "near Point [8,40]",
                "near;maxDistance==0 Point [8,40]",
                "near;maxDistance==-1 Point [8,40]",
                "near;maxDistance==inf Point [8,40]",
                "near;maxDistance==NaN Point [8,40]",
                "near;maxDistance==1e400 Point [8,40]",
                "near;maxDistance=5 Point [8,40]",
                "near;maxDistance==5;minDistance==1 Point [8,40]",
                "touches Point [8,40]",
                "within GeometryCollection [8,40]",
                "within Circle [8,40]",
                "within Point [8]",
                "within Point [8,91]",
                "within Point {}",
                "within Point \"x\"",
                "within Polygon [8,40]",
                "within Polygon [[[0,0],[1,0],[1,1]]]",
                "within Polygon [[[0,0],[1,0],[1,1],[2,2]]]",
                "within LineString [[0,0]]"
            })
    void refusesWhatIsNoGeoqueryWithARemedy(String georel, String type, String coordinates) {
        assertThatThrownBy(() -> query(georel, type, coordinates))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.remedy()).isNotEmpty());
    }

    @Test
    void refusesGeometriesOfTooManyPositions() {
        String many = "[" + "[1,1],".repeat(GeoQuery.MAX_POSITIONS) + "[1,1]]";
        assertThatThrownBy(() -> query("within", "MultiPoint", many))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.TOO_COMPLEX_QUERY));
    }
}
