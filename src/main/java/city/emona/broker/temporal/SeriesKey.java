package city.emona.broker.temporal;

import city.emona.store.Series;

/** What tells a series of an entity from the others. */
record SeriesKey(String attribute, String datasetId) {
    static SeriesKey of(Series series) {
        return new SeriesKey(series.attribute(), series.datasetId());
    }
}
