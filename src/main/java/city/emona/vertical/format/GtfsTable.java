package city.emona.vertical.format;

import java.util.List;
import java.util.Map;

/**
 * What the reference of GTFS asks of the rows of a table, as far as a city's data depend on it.
 *
 * @param key the column whose value is unique; empty for none
 * @param required columns that may not be empty
 * @param references columns that name a row of another table, each with that table
 */
record GtfsTable(String name, String key, List<String> required, Map<String, String> references) {
    private static final Map<String, GtfsTable> KNOWN = Map.of(
            "agency", new GtfsTable("agency", "", List.of("agency_name"), Map.of()),
            "stops", new GtfsTable("stops", "stop_id", List.of("stop_id"), Map.of("parent_station", "stops")),
            "routes",
                    new GtfsTable(
                            "routes", "route_id", List.of("route_id", "route_type"), Map.of("agency_id", "agency")),
            "trips",
                    new GtfsTable(
                            "trips",
                            "trip_id",
                            List.of("trip_id", "route_id", "service_id"),
                            Map.of("route_id", "routes", "service_id", "calendar")),
            "stop_times",
                    new GtfsTable(
                            "stop_times",
                            "",
                            List.of("trip_id", "stop_sequence"),
                            Map.of("trip_id", "trips", "stop_id", "stops")));

    static GtfsTable of(String name) {
        GtfsTable known = KNOWN.get(name);
        return known != null ? known : new GtfsTable(name, "", List.of(), Map.of());
    }

    /** The column by which the rows of a table are named elsewhere. */
    static String idColumn(String table) {
        return switch (table) {
            case "stops" -> "stop_id";
            case "routes" -> "route_id";
            case "trips" -> "trip_id";
            case "agency" -> "agency_id";
            default -> "service_id";
        };
    }
}
