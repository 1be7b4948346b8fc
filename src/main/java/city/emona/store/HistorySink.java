package city.emona.store;

import java.util.List;

/** Takes the whole history of an entity piece by piece. */
public interface HistorySink {
    /** Instances of a series, in no order of pieces. */
    void points(Series piece);

    /** Hours and days of a series of which the instances are no longer kept. */
    void rollUps(String attribute, String datasetId, List<RollUp> piece);
}
