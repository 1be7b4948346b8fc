package city.emona.store;

import java.util.List;

/**
 * A part of the history of one dataset of one attribute.
 *
 * @param attribute the expanded name
 * @param datasetId the dataset, or an empty text for the default one
 * @param points in the order of the time that was asked for
 */
public record Series(String attribute, String datasetId, List<HistoryPoint> points) {
    public Series {
        points = List.copyOf(points);
    }
}
