package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Checks the GeoJSON geometries that a GeoProperty may hold (ETSI GS CIM 009 clause 4.7.1, RFC 7946 section 3.1). */
final class Geometries {
    /** How deep the coordinates of each geometry nest, a position being depth one. */
    private static final Map<String, Integer> DEPTH =
            Map.of("Point", 1, "MultiPoint", 2, "LineString", 2, "MultiLineString", 3, "Polygon", 3, "MultiPolygon", 4);

    private Geometries() {}

    /**
     * The geometry, parsed if it came as a string.
     *
     * @throws Problem of type BadRequestData when it is no geometry
     */
    static JsonNode check(String attribute, JsonNode value) {
        JsonNode geometry = value.isString() ? parse(attribute, value.stringValue()) : value;
        JsonNode type = geometry.get("type");
        Integer depth = type != null && type.isString() ? DEPTH.get(type.stringValue()) : null;
        if (depth == null) {
            throw invalid(attribute, "is no GeoJSON geometry of the kinds allowed");
        }
        JsonNode coordinates = geometry.get("coordinates");
        if (coordinates == null || !isNested(coordinates, depth)) {
            throw invalid(attribute, "has coordinates that are no " + type.stringValue());
        }
        checkSize(attribute, type.stringValue(), coordinates);
        return geometry;
    }

    private static JsonNode parse(String attribute, String text) {
        try {
            return Json.parse(text);
        } catch (Problem e) {
            throw invalid(attribute, "is a text that is no GeoJSON");
        }
    }

    private static boolean isNested(JsonNode coordinates, int depth) {
        if (!coordinates.isArray()) {
            return false;
        }
        if (depth == 1) {
            return isPosition(coordinates);
        }
        for (JsonNode part : coordinates) {
            if (!isNested(part, depth - 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPosition(JsonNode position) {
        if (position.size() < 2 || position.size() > 4) {
            return false;
        }
        for (JsonNode number : position) {
            if (!number.isNumber()) {
                return false;
            }
        }
        return Math.abs(position.get(0).doubleValue()) <= 180
                && Math.abs(position.get(1).doubleValue()) <= 90;
    }

    private static void checkSize(String attribute, String type, JsonNode coordinates) {
        switch (type) {
            case "LineString" -> requireSize(attribute, coordinates, 2);
            case "MultiLineString" -> coordinates.forEach(line -> requireSize(attribute, line, 2));
            case "Polygon" -> coordinates.forEach(ring -> requireRing(attribute, ring));
            case "MultiPolygon" ->
                coordinates.forEach(polygon -> polygon.forEach(ring -> requireRing(attribute, ring)));
            default -> {}
        }
    }

    private static void requireSize(String attribute, JsonNode positions, int least) {
        if (positions.size() < least) {
            throw invalid(attribute, "has a line of fewer than " + least + " positions");
        }
    }

    private static void requireRing(String attribute, JsonNode ring) {
        if (ring.size() < 4 || !ring.get(0).equals(ring.get(ring.size() - 1))) {
            throw invalid(attribute, "has a ring that is not closed or has fewer than four positions");
        }
    }

    private static Problem invalid(String attribute, String what) {
        return Problem.badRequestData(
                "The GeoProperty " + attribute + " " + what + ".",
                "Use a geometry of RFC 7946 with longitude before latitude, for example {\"type\":\"Point\",\"coordinates\":[14.51,46.05]}.");
    }
}
