package city.emona.store;

/** Takes the instances of series one after the other, as cheaply as the store can give them; in the order of no time. */
public interface SeriesScan {
    /** The instances that follow belong to this series. It may be called again for the same one. */
    void begin(String attribute, String datasetId);

    /**
     * Takes properties whose values are numbers, of which nothing else is of interest. The arrays are the store's: they hold what they hold
     * only during the call.
     *
     * @param micros the times asked for, in epoch microseconds
     * @param from the first place that counts
     * @param to the place behind the last
     */
    void numbers(long[] micros, double[] values, int from, int to);

    /**
     * Takes what is kept of an hour or a day of which the instances are no longer kept. It comes only where times of observation are asked
     * for, and with its whole time when any of it is in the range.
     */
    void rolledUp(RollUp rollUp);

    /**
     * Takes any other instance.
     *
     * @param micros its time
     */
    void point(long micros, HistoryPoint point);
}
