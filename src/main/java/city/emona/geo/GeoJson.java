package city.emona.geo;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Checks the geometries of GeoJSON that NGSI-LD knows (ETSI GS CIM 009 clause 4.7.1, RFC 7946 section 3.1): all but GeometryCollection. */
public final class GeoJson {
    /** How deep the coordinates of each geometry nest, a position being depth one. */
    private static final Map<String, Integer> DEPTH =
            Map.of("Point", 1, "MultiPoint", 2, "LineString", 2, "MultiLineString", 3, "Polygon", 3, "MultiPolygon", 4);

    private GeoJson() {}

    /** The names of the types of geometry. */
    public static Set<String> types() {
        return DEPTH.keySet();
    }

    /**
     * What is wrong with a geometry, as it follows »The geometry …«; empty when nothing is. Whether its lines cross each other is not
     * asked.
     */
    public static Optional<String> findDefect(JsonNode geometry) {
        JsonNode type = geometry.get("type");
        if (type == null || !type.isString() || !DEPTH.containsKey(type.stringValue())) {
            return Optional.of("is no GeoJSON geometry of the kinds allowed");
        }
        JsonNode coordinates = geometry.get("coordinates");
        return findDefect(type.stringValue(), coordinates == null ? NullNode.getInstance() : coordinates);
    }

    /** What is wrong with the coordinates of a geometry of a type; see {@link #findDefect(JsonNode)}. */
    public static Optional<String> findDefect(String type, JsonNode coordinates) {
        Integer depth = DEPTH.get(type);
        if (depth == null) {
            return Optional.of("is no GeoJSON geometry of the kinds allowed");
        }
        if (!isNested(coordinates, depth)) {
            return Optional.of("has coordinates that are no " + type);
        }
        boolean sized =
                switch (type) {
                    case "LineString" -> coordinates.size() >= 2;
                    case "MultiLineString" -> all(coordinates, line -> line.size() >= 2);
                    default -> true;
                };
        if (!sized) {
            return Optional.of("has a line of fewer than 2 positions");
        }
        boolean closed =
                switch (type) {
                    case "Polygon" -> all(coordinates, GeoJson::isRing);
                    case "MultiPolygon" -> all(coordinates, polygon -> all(polygon, GeoJson::isRing));
                    default -> true;
                };
        return closed
                ? Optional.empty()
                : Optional.of("has a ring that is not closed or has fewer than four positions");
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> test) {
        for (JsonNode item : array) {
            if (!test.test(item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNested(JsonNode coordinates, int depth) {
        return coordinates.isArray()
                && (depth == 1 ? isPosition(coordinates) : all(coordinates, part -> isNested(part, depth - 1)));
    }

    private static boolean isPosition(JsonNode position) {
        return position.size() >= 2
                && position.size() <= 4
                && all(position, JsonNode::isNumber)
                && Math.abs(position.get(0).doubleValue()) <= 180
                && Math.abs(position.get(1).doubleValue()) <= 90;
    }

    private static boolean isRing(JsonNode ring) {
        return ring.size() >= 4 && isSamePosition(ring.get(0), ring.get(ring.size() - 1));
    }

    private static boolean isSamePosition(JsonNode one, JsonNode other) {
        return one.get(0).doubleValue() == other.get(0).doubleValue()
                && one.get(1).doubleValue() == other.get(1).doubleValue();
    }
}
