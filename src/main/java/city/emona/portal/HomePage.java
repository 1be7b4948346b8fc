package city.emona.portal;

import java.util.List;
import java.util.Optional;

/**
 * What the home page shows.
 *
 * @param moment day and time, as on the head of a newspaper
 * @param choices the fields among which the map can be narrowed; none where all are shown at once
 * @param place the place that is open beside the map
 * @param figures a handful of numbers: of the chosen field, or one of each
 * @param figuresBelow whether the numbers are too many to stand beside the map
 * @param fields the verticals in words
 */
public record HomePage(
        String moment,
        MapView map,
        List<Choice> choices,
        Optional<PlaceView> place,
        List<Figure> figures,
        boolean figuresBelow,
        List<FieldRow> fields) {}
