package city.emona.geo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.PackedCoordinateSequence;
import tools.jackson.databind.JsonNode;

/**
 * A geometry of GeoJSON in longitude and latitude. Heights do not count. Immutable, and safe for use by many threads.
 */
public final class Geometry {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final String type;

    /** Longitudes and latitudes in turn, one array for each point, line or ring. */
    private final List<double[]> paths;

    private final Bounds bounds;
    private final int positions;
    private final JsonNode coordinates;
    private volatile org.locationtech.jts.geom.@Nullable Geometry planar;

    private Geometry(String type, JsonNode coordinates) {
        this.type = type;
        this.coordinates = coordinates;
        this.paths = new ArrayList<>();
        collect(coordinates);
        this.bounds = boundsOf(paths);
        this.positions = paths.stream().mapToInt(path -> path.length / 2).sum();
    }

    /**
     * The geometry of a JSON object in which {@link GeoJson#findDefect} finds no defect.
     *
     * @throws IllegalArgumentException when it finds one
     */
    public static Geometry of(JsonNode json) {
        GeoJson.findDefect(json).ifPresent(defect -> {
            throw new IllegalArgumentException("the geometry " + defect);
        });
        return new Geometry(json.required("type").stringValue(), json.required("coordinates"));
    }

    /**
     * The geometry of coordinates in which {@link GeoJson#findDefect} finds no defect.
     *
     * @throws IllegalArgumentException when it finds one
     */
    public static Geometry of(String type, JsonNode coordinates) {
        GeoJson.findDefect(type, coordinates).ifPresent(defect -> {
            throw new IllegalArgumentException("the geometry " + defect);
        });
        return new Geometry(type, coordinates);
    }

    private void collect(JsonNode part) {
        if (part.isEmpty()) {
            return;
        }
        if (part.get(0).isNumber()) {
            paths.add(new double[] {part.get(0).doubleValue(), part.get(1).doubleValue()});
        } else if (!type.equals("MultiPoint")
                && part.get(0).get(0) != null
                && part.get(0).get(0).isNumber()) {
            paths.add(path(part));
        } else {
            part.forEach(this::collect);
        }
    }

    private static double[] path(JsonNode positions) {
        double[] path = new double[positions.size() * 2];
        int at = 0;
        for (JsonNode position : positions) {
            path[at++] = position.get(0).doubleValue();
            path[at++] = position.get(1).doubleValue();
        }
        return path;
    }

    private static Bounds boundsOf(List<double[]> paths) {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (double[] path : paths) {
            for (int i = 0; i < path.length; i += 2) {
                west = Math.min(west, path[i]);
                east = Math.max(east, path[i]);
                south = Math.min(south, path[i + 1]);
                north = Math.max(north, path[i + 1]);
            }
        }
        return new Bounds(west, south, east, north);
    }

    /** The name of the type, such as {@code Point}. */
    public String type() {
        return type;
    }

    /** The smallest box that holds it; of a geometry without positions, one that intersects no other. */
    public Bounds bounds() {
        return bounds;
    }

    /** How many positions it has. */
    public int positions() {
        return positions;
    }

    public boolean isPoint() {
        return type.equals("Point");
    }

    List<double[]> paths() {
        return paths;
    }

    /** The distance between the two in metres, 0 where they touch; infinite when one has no positions. */
    public double distanceMeters(Geometry other) {
        return Distances.meters(this, other, Double.POSITIVE_INFINITY);
    }

    /** Whether the distance between the two is at most so many metres. */
    public boolean isWithinMeters(Geometry other, double meters) {
        return Distances.meters(this, other, meters) <= meters;
    }

    /** The same geometry in the plane of longitude and latitude. */
    org.locationtech.jts.geom.Geometry planar() {
        org.locationtech.jts.geom.Geometry known = planar;
        if (known == null) {
            known = toPlanar();
            planar = known;
        }
        return known;
    }

    private org.locationtech.jts.geom.Geometry toPlanar() {
        return switch (type) {
            case "Point" -> FACTORY.createPoint(sequence(paths.getFirst()));
            case "MultiPoint" ->
                FACTORY.createMultiPoint(paths.stream()
                        .map(path -> FACTORY.createPoint(sequence(path)))
                        .toArray(org.locationtech.jts.geom.Point[]::new));
            case "LineString" -> FACTORY.createLineString(sequence(paths.getFirst()));
            case "MultiLineString" ->
                FACTORY.createMultiLineString(paths.stream()
                        .map(path -> FACTORY.createLineString(sequence(path)))
                        .toArray(org.locationtech.jts.geom.LineString[]::new));
            case "Polygon" -> polygon(coordinates);
            case "MultiPolygon" -> {
                List<Polygon> polygons = new ArrayList<>();
                coordinates.forEach(each -> polygons.add(polygon(each)));
                yield FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
            }
            default -> throw new IllegalStateException("no geometry: " + type);
        };
    }

    private static Polygon polygon(JsonNode rings) {
        if (rings.isEmpty()) {
            return FACTORY.createPolygon();
        }
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = ring(rings.get(i + 1));
        }
        return FACTORY.createPolygon(ring(rings.get(0)), holes);
    }

    private static LinearRing ring(JsonNode positions) {
        return FACTORY.createLinearRing(sequence(path(positions)));
    }

    private static CoordinateSequence sequence(double[] path) {
        return new PackedCoordinateSequence.Double(path, 2, 0);
    }
}
