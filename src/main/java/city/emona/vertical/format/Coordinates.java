package city.emona.vertical.format;

import city.emona.geo.ReferenceSystem;
import city.emona.geo.ReferenceSystem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The coordinates of geometries, from one reference system to degrees. */
final class Coordinates {
    private Coordinates() {}

    /**
     * A geometry of GeoJSON in WGS 84.
     *
     * @throws IllegalArgumentException when a position is not in the area of the system
     */
    static Map<String, @Nullable Object> inDegrees(Map<?, ?> geometry, ReferenceSystem system) {
        Map<String, @Nullable Object> next = new LinkedHashMap<>();
        geometry.forEach((key, value) -> next.put(String.valueOf(key), value));
        if (geometry.get("coordinates") instanceof List<?> coordinates) {
            next.put("coordinates", inDegrees(coordinates, system));
        }
        return next;
    }

    private static List<Object> inDegrees(List<?> coordinates, ReferenceSystem system) {
        if (coordinates.size() >= 2
                && coordinates.get(0) instanceof Number east
                && coordinates.get(1) instanceof Number north) {
            return position(system.toWgs84(east.doubleValue(), north.doubleValue()));
        }
        List<Object> next = new ArrayList<>(coordinates.size());
        for (Object part : coordinates) {
            if (!(part instanceof List<?> list)) {
                throw new IllegalArgumentException("it has coordinates that are no numbers");
            }
            next.add(inDegrees(list, system));
        }
        return next;
    }

    /** A position as GeoJSON writes it. */
    static List<Object> position(Position position) {
        return List.of(position.longitude(), position.latitude());
    }
}
