package city.emona.broker.temporal;

import city.emona.context.AttributeType;
import city.emona.store.HistoryPoint;
import city.emona.store.Series;
import city.emona.store.TimeProperty;
import java.util.List;

/**
 * A part of the history of one dataset of one attribute.
 *
 * @param attribute the expanded name
 * @param datasetId the dataset, or an empty text for the default one
 * @param type of the latest instance
 * @param property the time by which the instances were chosen
 * @param points in the order of that time; none where the attribute has instances that were asked for, and all of them were cut off
 */
public record AttributeHistory(
        String attribute, String datasetId, AttributeType type, TimeProperty property, List<HistoryPoint> points) {
    public AttributeHistory {
        points = List.copyOf(points);
    }

    static AttributeHistory of(Series series, TimeProperty property) {
        AttributeType type = series.points().getLast().instance().type();
        return new AttributeHistory(series.attribute(), series.datasetId(), type, property, series.points());
    }

    /** The same with others of its instances. */
    AttributeHistory withPoints(List<HistoryPoint> changed) {
        return new AttributeHistory(attribute, datasetId, type, property, changed);
    }
}
