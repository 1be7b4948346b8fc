package city.emona.context;

import city.emona.geo.GeoJson;
import city.emona.json.Json;
import city.emona.problem.Problem;
import tools.jackson.databind.JsonNode;

/** Checks the GeoJSON geometries that a GeoProperty may hold (ETSI GS CIM 009 clause 4.7.1, RFC 7946 section 3.1). */
final class Geometries {
    private Geometries() {}

    /**
     * The geometry, parsed if it came as a string.
     *
     * @throws Problem of type BadRequestData when it is no geometry
     */
    static JsonNode check(String attribute, JsonNode value) {
        JsonNode geometry = value.isString() ? parse(attribute, value.stringValue()) : value;
        GeoJson.findDefect(geometry).ifPresent(defect -> {
            throw invalid(attribute, defect);
        });
        return geometry;
    }

    private static JsonNode parse(String attribute, String text) {
        try {
            return Json.parse(text);
        } catch (Problem e) {
            throw invalid(attribute, "is a text that is no GeoJSON");
        }
    }

    private static Problem invalid(String attribute, String what) {
        return Problem.badRequestData(
                "The GeoProperty " + attribute + " " + what + ".",
                "Use a geometry of RFC 7946 with longitude before latitude, for example {\"type\":\"Point\",\"coordinates\":[14.51,46.05]}.");
    }
}
