package city.emona.vertical.format;

import city.emona.geo.ReferenceSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Geometries of Esri's JSON as GeoJSON in WGS 84.
 *
 * @param grid how whole numbers become coordinates, where the service has quantised them; null where it has not
 */
record EsriGeometry(ReferenceSystem system, @Nullable Grid grid) {
    /** Coordinates are {@code originX + scaleX · i}; from the upper left, rows count downwards. Lines hold differences. */
    record Grid(double scaleX, double scaleY, double originX, double originY, boolean upperLeft) {
        static @Nullable Grid of(@Nullable Object transform) {
            if (transform instanceof Map<?, ?> map
                    && map.get("scale") instanceof List<?> scale
                    && map.get("translate") instanceof List<?> translate
                    && scale.size() >= 2
                    && translate.size() >= 2) {
                return new Grid(
                        number(scale.get(0)),
                        number(scale.get(1)),
                        number(translate.get(0)),
                        number(translate.get(1)),
                        !"lowerLeft".equals(map.get("originPosition")));
            }
            return null;
        }

        double east(double column) {
            return originX + scaleX * column;
        }

        double north(double row) {
            return upperLeft ? originY - scaleY * row : originY + scaleY * row;
        }
    }

    /**
     * The geometry; empty where the feature has none.
     *
     * @throws IllegalArgumentException when it is broken, or not in the area of the reference system
     */
    Optional<Map<String, @Nullable Object>> geoJson(Map<?, ?> esri) {
        if (esri.containsKey("x")) {
            Object x = esri.get("x");
            return x == null || "NaN".equals(x)
                    ? Optional.empty()
                    : Optional.of(geometry("Point", point(number(x), number(esri.get("y")))));
        }
        if (esri.get("points") instanceof List<?> points) {
            return Optional.of(geometry("MultiPoint", line(points)));
        }
        if (esri.get("paths") instanceof List<?> paths) {
            List<Object> lines = lines(paths);
            return lines.size() == 1
                    ? Optional.of(geometry("LineString", lines.getFirst()))
                    : Optional.of(geometry("MultiLineString", lines));
        }
        if (esri.get("rings") instanceof List<?> rings) {
            List<Object> polygons = polygons(lines(rings));
            return polygons.size() == 1
                    ? Optional.of(geometry("Polygon", polygons.getFirst()))
                    : Optional.of(geometry("MultiPolygon", polygons));
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> geometry(String type, Object coordinates) {
        return Map.of("type", type, "coordinates", coordinates);
    }

    private static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("»" + value + "« is no coordinate");
    }

    private List<Object> point(double x, double y) {
        Grid quantised = grid;
        return quantised == null
                ? Coordinates.position(system.toWgs84(x, y))
                : Coordinates.position(system.toWgs84(quantised.east(x), quantised.north(y)));
    }

    private List<Object> lines(List<?> lines) {
        List<Object> list = new ArrayList<>();
        for (Object line : lines) {
            list.add(line(line instanceof List<?> points ? points : List.of()));
        }
        return list;
    }

    private List<Object> line(List<?> points) {
        List<Object> list = new ArrayList<>();
        double x = 0;
        double y = 0;
        for (Object point : points) {
            if (!(point instanceof List<?> pair) || pair.size() < 2) {
                throw new IllegalArgumentException("»" + point + "« is no position");
            }
            boolean difference = grid != null && !list.isEmpty();
            x = number(pair.get(0)) + (difference ? x : 0);
            y = number(pair.get(1)) + (difference ? y : 0);
            list.add(point(x, y));
        }
        return list;
    }

    /** Esri writes outer rings clockwise and each hole behind the ring that it is in. */
    private static List<Object> polygons(List<Object> rings) {
        List<Object> polygons = new ArrayList<>();
        List<Object> current = new ArrayList<>();
        for (Object ring : rings) {
            if (isClockwise((List<?>) ring) || current.isEmpty()) {
                current = new ArrayList<>();
                polygons.add(current);
            }
            current.add(ring);
        }
        return polygons;
    }

    private static boolean isClockwise(List<?> ring) {
        double area = 0;
        for (int i = 0; i + 1 < ring.size(); i++) {
            List<?> a = (List<?>) ring.get(i);
            List<?> b = (List<?>) ring.get(i + 1);
            area += (number(b.get(0)) - number(a.get(0))) * (number(b.get(1)) + number(a.get(1)));
        }
        return area > 0;
    }
}
