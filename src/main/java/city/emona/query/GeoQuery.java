package city.emona.query;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.geo.Bounds;
import city.emona.geo.Earth;
import city.emona.geo.GeoJson;
import city.emona.geo.Geometry;
import city.emona.geo.Relation;
import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where the entities that a query asks for lie (ETSI GS CIM 009 clause 4.10). Of several instances of the GeoProperty one suffices.
 *
 * @param property the expanded name of the GeoProperty that is looked at
 * @param georel how it lies to the reference
 * @param reference the geometry of the query
 */
public record GeoQuery(String property, Georel georel, Geometry reference) {
    /** The GeoProperty that is looked at where the query names none. */
    public static final String DEFAULT_PROPERTY = "location";

    /** How many positions the geometry of a query may have. */
    public static final int MAX_POSITIONS = 10_000;

    private static final Pattern NEAR =
            Pattern.compile("near;(maxDistance|minDistance)==((?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)");

    /** How a geometry lies to the reference. */
    public sealed interface Georel {
        /** At most so far away. */
        record Near(double maxMeters) implements Georel {}

        /** Farther away than that. */
        record Beyond(double minMeters) implements Georel {}

        /** In a relation of the plane. */
        record Related(Relation relation) implements Georel {}
    }

    /**
     * Reads the parameters of a geoquery.
     *
     * @param property the expanded name of the GeoProperty
     * @param coordinates the coordinates; a JSON string stands for the JSON in it
     * @throws Problem of type BadRequestData
     */
    public static GeoQuery parse(String georel, String geometry, JsonNode coordinates, String property) {
        return new GeoQuery(property, georel(georel), geometry(geometry, coordinates, "The query's geometry"));
    }

    private static Georel georel(String text) {
        Matcher near = NEAR.matcher(text);
        if (near.matches()) {
            double meters = Double.parseDouble(near.group(2));
            if (meters > 0 && Double.isFinite(meters)) {
                return near.group(1).equals("maxDistance") ? new Georel.Near(meters) : new Georel.Beyond(meters);
            }
        }
        return switch (text) {
            case "within" -> new Georel.Related(Relation.WITHIN);
            case "contains" -> new Georel.Related(Relation.CONTAINS);
            case "intersects" -> new Georel.Related(Relation.INTERSECTS);
            case "equals" -> new Georel.Related(Relation.EQUALS);
            case "disjoint" -> new Georel.Related(Relation.DISJOINT);
            case "overlaps" -> new Georel.Related(Relation.OVERLAPS);
            default ->
                throw Problem.badRequestData(
                        "»" + text + "« is no georel.",
                        "Use near;maxDistance==METRES or near;minDistance==METRES with more than 0, or within, contains, intersects,"
                                + " equals, disjoint or overlaps.");
        };
    }

    /**
     * Reads a geometry.
     *
     * @param what what it is, as the subject of an error's sentence
     * @throws Problem of type BadRequestData, or TooComplexQuery when it has too many positions
     */
    public static Geometry geometry(String type, JsonNode coordinates, String what) {
        JsonNode numbers = coordinates.isString() ? Json.parse(coordinates.stringValue()) : coordinates;
        GeoJson.findDefect(type, numbers).ifPresent(defect -> {
            throw Problem.badRequestData(
                    what + " " + defect + ".",
                    "Use coordinates of RFC 7946, longitude before latitude, for one of "
                            + String.join(
                                    ", ", GeoJson.types().stream().sorted().toList()) + ".");
        });
        Geometry geometry = Geometry.of(type, numbers);
        if (geometry.positions() > MAX_POSITIONS) {
            throw ConditionParser.tooComplex("about a geometry of more than " + MAX_POSITIONS + " positions");
        }
        return geometry;
    }

    /**
     * Boxes outside which nothing is selected: two where the antimeridian lies between; empty when everything may be.
     */
    public List<Bounds> bounds() {
        return switch (georel) {
            case Georel.Near(double maxMeters) -> Earth.within(reference.bounds(), maxMeters);
            case Georel.Beyond _ -> List.of();
            case Georel.Related(var relation) ->
                relation == Relation.DISJOINT ? List.of() : List.of(reference.bounds());
        };
    }

    /** Whether a geometry lies so. */
    public boolean matches(Geometry target) {
        return switch (georel) {
            case Georel.Near(double maxMeters) -> target.isWithinMeters(reference, maxMeters);
            case Georel.Beyond(double minMeters) ->
                target.positions() > 0 && !target.isWithinMeters(reference, minMeters);
            case Georel.Related(var relation) -> relation.holds(target, reference);
        };
    }

    /**
     * Whether an entity lies so.
     *
     * @param datasets the only datasets whose instances count; null for all
     */
    public boolean matches(Entity entity, @Nullable Set<String> datasets) {
        for (Attribute attribute : entity.attributes()) {
            if (!attribute.name().equals(property)) {
                continue;
            }
            for (AttributeInstance instance : attribute.instances()) {
                if (instance.type() == AttributeType.GEO_PROPERTY
                        && (datasets == null || datasets.contains(instance.datasetId()))
                        && matches(Geometry.of(instance.value()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
