package city.emona.portal;

import java.util.List;
import java.util.Optional;

/**
 * What the page of a vertical shows.
 *
 * @param steward who answers for the data
 * @param map empty where nothing has a place
 * @param place the place that is open beside the map
 * @param downloads the same data in other forms
 * @param commands how to get the data by API, to copy
 */
public record VerticalPage(
        String title,
        String summary,
        String steward,
        List<Figure> figures,
        Optional<MapView> map,
        Optional<PlaceView> place,
        List<TableView> tables,
        List<SourceView> sources,
        List<Licence> licences,
        List<Link> downloads,
        List<Command> commands) {

    /** Under which conditions a dataset may be used. */
    public record Licence(String dataset, String name, String href, String attribution) {}

    /** A command for a terminal. */
    public record Command(String title, String text) {}
}
