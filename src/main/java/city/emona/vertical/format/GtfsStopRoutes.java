package city.emona.vertical.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which routes call at which stop: GTFS says it only by way of the trips and their stop times. A station has the routes of its platforms. */
final class GtfsStopRoutes {
    private final Map<String, Set<String>> byStop = new HashMap<>();

    /** Reads the tables that it takes; without trips or stop times there is nothing to know. */
    GtfsStopRoutes(GtfsFeed feed) {
        Map<String, String> routeOfTrip = new HashMap<>();
        Map<String, String> routes = new HashMap<>();
        feed.read("trips", (names, fields, _) -> {
            String route = GtfsRecords.field(names, fields, "route_id");
            routeOfTrip.put(GtfsRecords.field(names, fields, "trip_id"), routes.computeIfAbsent(route, id -> id));
        });
        feed.read("stop_times", (names, fields, _) -> {
            String route = routeOfTrip.get(GtfsRecords.field(names, fields, "trip_id"));
            if (route != null && !route.isEmpty()) {
                of(GtfsRecords.field(names, fields, "stop_id")).add(route);
            }
        });
        if (!byStop.isEmpty()) {
            feed.read("stops", (names, fields, _) -> {
                String parent = GtfsRecords.field(names, fields, "parent_station");
                if (!parent.isEmpty()) {
                    of(parent).addAll(of(GtfsRecords.field(names, fields, "stop_id")));
                }
            });
        }
    }

    private Set<String> of(String stop) {
        return byStop.computeIfAbsent(stop, _ -> new TreeSet<>());
    }

    /** The ids of the routes that call at a stop, in order. */
    List<String> routes(String stop) {
        Set<String> routes = byStop.get(stop);
        return routes == null ? List.of() : List.copyOf(routes);
    }
}
