package city.emona.portal;

import city.emona.json.Json;
import city.emona.vertical.LocalizedText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pale map of the city under the data: drawn by hand as a few points for each line, and smoothed here. The same lines go to the drawn
 * map of the page and to the living one.
 */
public final class BaseMap {
    private static final int STEPS = 6;

    private final List<Shape> shapes;
    private final List<PlaceName> names;
    private final byte[] geoJson;
    private final Map<String, String> cityPaths = new ConcurrentHashMap<>();

    /**
     * A line or an area.
     *
     * @param kind what it is: {@code river}, {@code motorway}, {@code green}
     * @param closed whether it is an area
     * @param points longitude and latitude
     */
    public record Shape(String kind, boolean closed, List<double[]> points) {}

    /**
     * The name of a place.
     *
     * @param kind {@code name}, {@code name-centre}, {@code name-water} or {@code name-green}
     */
    public record PlaceName(String kind, LocalizedText text, double longitude, double latitude) {}

    private BaseMap(List<Shape> shapes, List<PlaceName> names) {
        this.shapes = List.copyOf(shapes);
        this.names = List.copyOf(names);
        this.geoJson = Json.bytes(toGeoJson());
    }

    /** Ljubljana. */
    public static BaseMap ofLjubljana() {
        try (InputStream in = Objects.requireNonNull(BaseMap.class.getResourceAsStream("base-map.geojson"))) {
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BaseMap parse(byte[] drawing) {
        List<Shape> shapes = new ArrayList<>();
        List<PlaceName> names = new ArrayList<>();
        for (JsonNode feature : Json.parse(drawing).path("features")) {
            JsonNode properties = feature.path("properties");
            JsonNode coordinates = feature.path("geometry").path("coordinates");
            String kind = properties.path("kind").stringValue();
            switch (feature.path("geometry").path("type").stringValue()) {
                case "Point" ->
                    names.add(new PlaceName(
                            kind,
                            new LocalizedText(
                                    properties.path("sl").stringValue(),
                                    properties.path("en").stringValue()),
                            coordinates.get(0).doubleValue(),
                            coordinates.get(1).doubleValue()));
                case "Polygon" -> shapes.add(new Shape(kind, true, smooth(points(coordinates.get(0)), true)));
                default -> shapes.add(shapeOfLine(kind, points(coordinates)));
            }
        }
        return new BaseMap(shapes, names);
    }

    private static Shape shapeOfLine(String kind, List<double[]> line) {
        double[] first = line.getFirst();
        double[] last = line.getLast();
        boolean isRing = first[0] == last[0] && first[1] == last[1];
        return new Shape(kind, false, smooth(line, isRing));
    }

    private static List<double[]> points(JsonNode coordinates) {
        List<double[]> points = new ArrayList<>(coordinates.size());
        for (JsonNode position : coordinates) {
            points.add(
                    new double[] {position.get(0).doubleValue(), position.get(1).doubleValue()});
        }
        return points;
    }

    /** A Catmull-Rom curve through the points; a ring's last point repeats its first. */
    private static List<double[]> smooth(List<double[]> drawn, boolean ring) {
        int count = ring ? drawn.size() - 1 : drawn.size();
        List<double[]> smoothed = new ArrayList<>(count * STEPS + 1);
        int spans = ring ? count : count - 1;
        for (int i = 0; i < spans; i++) {
            double[] before = drawn.get(at(i - 1, count, ring));
            double[] from = drawn.get(at(i, count, ring));
            double[] to = drawn.get(at(i + 1, count, ring));
            double[] after = drawn.get(at(i + 2, count, ring));
            for (int step = 0; step < STEPS; step++) {
                double t = (double) step / STEPS;
                smoothed.add(new double[] {
                    between(before[0], from[0], to[0], after[0], t), between(before[1], from[1], to[1], after[1], t)
                });
            }
        }
        smoothed.add(drawn.get(ring ? 0 : count - 1));
        return smoothed;
    }

    private static int at(int index, int count, boolean ring) {
        return ring ? Math.floorMod(index, count) : Math.clamp(index, 0, count - 1);
    }

    private static double between(double before, double from, double to, double after, double t) {
        double value = 2 * from
                + (to - before) * t
                + (2 * before - 5 * from + 4 * to - after) * t * t
                + (3 * from - before - 3 * to + after) * t * t * t;
        return Math.round(value * 50_000) / 100_000.0;
    }

    public List<Shape> shapes() {
        return shapes;
    }

    public List<PlaceName> names() {
        return names;
    }

    /** Where the living map finds the lines; the address changes with them. */
    public String href() {
        return "/map/base.geojson?v=" + Integer.toHexString(Arrays.hashCode(geoJson));
    }

    /** The smoothed map as GeoJSON. */
    public byte[] geoJson() {
        return geoJson.clone();
    }

    /** The shapes of a kind as the path of an SVG element. */
    String path(String kind, Projection projection) {
        return projection.equals(Projection.CITY)
                ? cityPaths.computeIfAbsent(kind, k -> draw(k, projection))
                : draw(kind, projection);
    }

    private String draw(String kind, Projection projection) {
        StringBuilder path = new StringBuilder();
        for (Shape shape : shapes) {
            if (shape.kind().equals(kind)) {
                char command = 'M';
                for (double[] point : shape.points()) {
                    path.append(command).append(projection.xy(point[0], point[1]));
                    command = 'L';
                }
                if (shape.closed()) {
                    path.append('Z');
                }
            }
        }
        return path.toString();
    }

    private ObjectNode toGeoJson() {
        ArrayNode features = Json.array();
        for (Shape shape : shapes) {
            ArrayNode line = Json.array();
            shape.points().forEach(point -> line.add(Json.array().add(point[0]).add(point[1])));
            JsonNode coordinates = shape.closed() ? Json.array().add(line) : line;
            ObjectNode properties = Json.object().put("kind", shape.kind());
            features.add(feature(shape.closed() ? "Polygon" : "LineString", coordinates, properties));
        }
        for (PlaceName name : names) {
            ObjectNode properties = Json.object()
                    .put("kind", name.kind())
                    .put("sl", name.text().sl())
                    .put("en", name.text().en());
            features.add(feature("Point", Json.array().add(name.longitude()).add(name.latitude()), properties));
        }
        ObjectNode collection = Json.object().put("type", "FeatureCollection");
        collection.set("features", features);
        return collection;
    }

    static ObjectNode feature(String geometryType, JsonNode coordinates, ObjectNode properties) {
        ObjectNode geometry = Json.object().put("type", geometryType);
        geometry.set("coordinates", coordinates);
        ObjectNode feature = Json.object().put("type", "Feature");
        feature.set("properties", properties);
        feature.set("geometry", geometry);
        return feature;
    }

    /**
     * Longitude and latitude to the units of a drawing, by the projection of web maps.
     *
     * @param width of the drawing, in its own units
     */
    record Projection(double west, double south, double east, double north, double width) {
        /** What a page shows of the whole city. */
        static final Projection CITY = new Projection(14.428, 46.012, 14.628, 46.108, 1000);

        /** The neighbourhood of a place. */
        static Projection around(double longitude, double latitude) {
            return new Projection(longitude - 0.03, latitude - 0.0147, longitude + 0.03, latitude + 0.0147, 1000);
        }

        double x(double longitude) {
            return (longitude - west) / (east - west) * width;
        }

        double y(double latitude) {
            return (mercator(north) - mercator(latitude)) / Math.toRadians(east - west) * width;
        }

        double height() {
            return y(south);
        }

        String xy(double longitude, double latitude) {
            return tenths(x(longitude)) + " " + tenths(y(latitude));
        }

        private static double tenths(double length) {
            return Math.round(length * 10) / 10.0;
        }

        private static double mercator(double latitude) {
            return Math.log(Math.tan(Math.PI / 4 + Math.toRadians(latitude) / 2));
        }
    }
}
