package city.emona.api.ngsild;

import city.emona.context.Names;
import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a query by POST (clause 5.2.23), read as the parameters that a query by GET has.
 *
 * @param parameters by the names that they have in an address
 * @param selectors the elements of the member entities
 */
record QueryBody(Map<String, String> parameters, List<Selector> selectors) {
    private static final Set<String> IGNORED = Set.of("@context", "id");
    private static final Set<String> TEXTS = Set.of(
            "q", "scopeQ", "csf", "lang", "join", "expandValues", "jsonKeys", "entityMapLifetime", "geometryProperty");
    private static final Set<String> LISTS = Set.of("attrs", "pick", "omit", "containedBy", "datasetId");
    private static final Set<String> FLAGS = Set.of("entityMap", "splitEntities");
    private static final Set<String> TEMPORAL = Set.of("temporalQ", "aggrParams");

    /** The members of those two. */
    private static final Set<String> TEMPORAL_MEMBERS =
            Set.of("timerel", "timeAt", "endTimeAt", "timeproperty", "lastN", "aggrMethods", "aggrPeriodDuration");

    /**
     * An element of the member entities (clause 5.2.33).
     *
     * @param type a selection of types
     * @param ids empty for all
     */
    record Selector(String type, List<String> ids, Optional<String> idPattern) {}

    QueryBody {
        parameters = Map.copyOf(parameters);
        selectors = List.copyOf(selectors);
    }

    /**
     * Reads the body.
     *
     * @throws Problem of type BadRequestData when a member is unknown, or not of the kind that it should be
     */
    static QueryBody read(ObjectNode body) {
        return read(body, false);
    }

    /** Reads the body of a query of the past; throws as {@link #read}. */
    static QueryBody readTemporal(ObjectNode body) {
        return read(body, true);
    }

    private static QueryBody read(ObjectNode body, boolean temporal) {
        JsonNode type = body.get("type");
        if (type == null || !type.isString() || !type.stringValue().equals("Query")) {
            throw Problem.badRequestData("The type of the body is not Query.", "Send \"type\": \"Query\".");
        }
        Map<String, String> parameters = new HashMap<>();
        List<Selector> selectors = List.of();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.equals("entities")) {
                selectors = selectors(value);
            } else if (name.equals("geoQ")) {
                geoQuery(object(name, value), parameters);
            } else if (name.equals("ordering")) {
                ordering(object(name, value), parameters);
            } else if (temporal && TEMPORAL.contains(name)) {
                temporal(name, object(name, value), parameters);
            } else if (!name.equals("type") && !IGNORED.contains(name)) {
                parameters.put(name, parameter(name, value));
            }
        }
        return new QueryBody(parameters, selectors);
    }

    private static String parameter(String name, JsonNode value) {
        if (TEXTS.contains(name)) {
            return text(name, value);
        }
        if (LISTS.contains(name)) {
            return list(name, value);
        }
        if (FLAGS.contains(name)) {
            if (!value.isBoolean()) {
                throw invalid(name, "true or false");
            }
            return Boolean.toString(value.booleanValue());
        }
        if (name.equals("joinLevel")) {
            if (!value.isIntegralNumber() && !value.isString()) {
                throw invalid(name, "a whole number");
            }
            return value.asString();
        }
        if (TEMPORAL.contains(name)) {
            throw Problem.badRequestData(
                    "The query has the member " + name + ", which is for queries of the past only.", "Leave it out.");
        }
        throw Problem.badRequestData("The query has an unknown member »" + name + "«.", "Leave it out.");
    }

    private static void geoQuery(ObjectNode query, Map<String, String> parameters) {
        for (Map.Entry<String, JsonNode> member : query.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "georel", "geometry", "geoproperty" -> parameters.put(name, text("geoQ." + name, value));
                case "coordinates" -> {
                    if (!value.isArray() && !value.isString()) {
                        throw invalid("geoQ.coordinates", "an array");
                    }
                    parameters.put(name, value.isString() ? value.stringValue() : Json.text(value));
                }
                default -> throw unknown("geoQ", name);
            }
        }
    }

    private static void temporal(String where, ObjectNode query, Map<String, String> parameters) {
        for (Map.Entry<String, JsonNode> member : query.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (!TEMPORAL_MEMBERS.contains(name)) {
                throw unknown(where, name);
            }
            parameters.put(
                    name,
                    name.equals("lastN")
                            ? Json.text(value)
                            : value.isArray() && name.equals("aggrMethods")
                                    ? list(where + "." + name, value)
                                    : text(where + "." + name, value));
        }
    }

    private static void ordering(ObjectNode ordering, Map<String, String> parameters) {
        for (Map.Entry<String, JsonNode> member : ordering.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "orderBy" -> parameters.put("orderBy", list("ordering.orderBy", value));
                case "collation" -> parameters.put("collation", text("ordering.collation", value));
                case "geometry" -> parameters.put("orderGeometry", text("ordering.geometry", value));
                case "coordinates" -> {
                    if (!value.isArray()) {
                        throw invalid("ordering.coordinates", "an array");
                    }
                    parameters.put("orderFrom", Json.text(value));
                }
                default -> throw unknown("ordering", name);
            }
        }
    }

    private static String text(String name, JsonNode value) {
        if (!value.isString()) {
            throw invalid(name, "a string");
        }
        return value.stringValue();
    }

    private static String list(String name, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw invalid(name, "an array of at least one string");
        }
        StringJoiner joined = new StringJoiner(",");
        value.forEach(item -> joined.add(text(name, item)));
        return joined.toString();
    }

    private static ObjectNode object(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw invalid(name, "an object");
    }

    private static List<Selector> selectors(JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw invalid("entities", "an array of at least one object");
        }
        return value.valueStream()
                .map(item -> selector(object("entities", item)))
                .toList();
    }

    private static Selector selector(ObjectNode element) {
        Optional<String> type = Optional.empty();
        List<String> ids = List.of();
        Optional<String> idPattern = Optional.empty();
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            JsonNode value = member.getValue();
            switch (member.getKey()) {
                case "type" -> type = Optional.of(text("entities.type", value));
                case "id" -> ids = ids(value);
                case "idPattern" -> idPattern = Optional.of(text("entities.idPattern", value));
                default -> throw unknown("entities", member.getKey());
            }
        }
        return new Selector(
                type.orElseThrow(() ->
                        Problem.badRequestData("An element of entities has no type.", "Name a type, or * for all.")),
                ids,
                idPattern);
    }

    private static List<String> ids(JsonNode value) {
        if (value.isArray() && value.isEmpty()) {
            throw invalid("entities.id", "an id or an array of at least one");
        }
        return (value.isArray() ? value.valueStream() : Stream.of(value))
                .map(id -> Names.requireUri(text("entities.id", id), "The id"))
                .toList();
    }

    private static Problem invalid(String name, String expected) {
        return Problem.badRequestData("The member " + name + " of the query is not " + expected + ".", "Correct it.");
    }

    private static Problem unknown(String where, String name) {
        return Problem.badRequestData(
                "The member " + where + " has an unknown member »" + name + "«.", "Leave it out.");
    }
}
