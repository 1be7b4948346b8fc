package city.emona.portal;

import java.util.List;
import java.util.Optional;

/**
 * What the home page shows.
 *
 * @param moment day and time, as on the head of a newspaper
 * @param place the place that is open beside the map
 * @param fields the verticals in words
 */
public record HomePage(
        String moment, MapView map, Optional<PlaceView> place, List<Figure> figures, List<FieldRow> fields) {}
