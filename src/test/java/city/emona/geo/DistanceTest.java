package city.emona.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.emona.json.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances against points laid densely on the lines, and boxes against points laid around a position. */
class DistanceTest {
    private final long seed = Long.getLong("tests.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static Geometry line(double... numbers) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < numbers.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append('[')
                    .append(numbers[i])
                    .append(',')
                    .append(numbers[i + 1])
                    .append(']');
        }
        return Geometry.of("LineString", Json.parse(text + "]"));
    }

    private static Geometry point(double longitude, double latitude) {
        return Geometry.of("Point", Json.parse("[" + longitude + "," + latitude + "]"));
    }

    @Test
    void measuresToTheNearestPointOfALine() {
        System.out.println("tests.seed=" + seed);
        for (int i = 0; i < 2_000; i++) {
            double lon = random.nextDouble(-170, 170);
            double lat = random.nextDouble(-85, 85);
            double x1 = lon + random.nextGaussian() * 0.5;
            double y1 = Math.clamp(lat + random.nextGaussian() * 0.5, -89, 89);
            double x2 = x1 + random.nextGaussian();
            double y2 = Math.clamp(y1 + random.nextGaussian(), -89, 89);
            double dense = Double.POSITIVE_INFINITY;
            for (int k = 0; k <= 4_000; k++) {
                double t = k / 4_000.0;
                dense = Math.min(dense, Earth.distanceMeters(lon, lat, x1 + t * (x2 - x1), y1 + t * (y2 - y1)));
            }
            assertThat(point(lon, lat).distanceMeters(line(x1, y1, x2, y2)))
                    .as("from %s %s to %s %s, %s %s", lon, lat, x1, y1, x2, y2)
                    .isCloseTo(dense, within(Math.max(60, dense * 0.002)));
        }
    }

    @Test
    void givesBoxesThatHoldEverythingNear() {
        System.out.println("tests.seed=" + seed);
        for (int i = 0; i < 20_000; i++) {
            double lon = random.nextDouble(-180, 180);
            double lat = random.nextDouble(-90, 90);
            double meters = Math.pow(10, random.nextDouble(0, 7));
            double otherLon = Math.clamp(lon + random.nextGaussian() * meters / 60_000, -180, 180);
            double otherLat = Math.clamp(lat + random.nextGaussian() * meters / 111_000, -90, 90);
            if (random.nextInt(10) == 0) {
                otherLon = -otherLon;
            }
            if (Earth.distanceMeters(lon, lat, otherLon, otherLat) <= meters) {
                double x = otherLon;
                double y = otherLat;
                assertThat(Earth.within(new Bounds(lon, lat, lon, lat), meters))
                        .as("%s m around %s %s, %s %s", meters, lon, lat, x, y)
                        .anyMatch(box -> box.contains(x, y));
            }
        }
    }

    @Test
    void isTheSameBothWays() {
        System.out.println("tests.seed=" + seed);
        for (int i = 0; i < 500; i++) {
            Geometry one =
                    line(random.nextDouble(10), random.nextDouble(10), random.nextDouble(10), random.nextDouble(10));
            Geometry other =
                    line(random.nextDouble(10), random.nextDouble(10), random.nextDouble(10), random.nextDouble(10));
            assertThat(one.distanceMeters(other)).isEqualTo(other.distanceMeters(one), within(1e-6));
            double distance = one.distanceMeters(other);
            assertThat(one.isWithinMeters(other, distance + 0.01)).isTrue();
            assertThat(distance == 0 || !one.isWithinMeters(other, distance - 0.01))
                    .isTrue();
        }
    }
}
