package city.emona.app.bench;

/**
 * How much is measured.
 *
 * @param startRuns how often the demo city is started
 * @param settleMillis how long a server rests before its memory is read
 * @param rounds how often each work is measured on each server
 * @param compileMillis loaded for each work on each server before the first round, so that the server compiles what is called most
 * @param warmMillis loaded before each measurement, and not counted
 * @param measureMillis counted
 * @param fewEntities how many entities the reads are measured with first
 * @param manyEntities and how many then, beside the writes
 * @param mostEntities with how many a server's memory and restart are measured
 * @param shortSeries how many points one series of history has
 * @param longSeries and how many another
 * @param connections how many requests are under way at once
 * @param pinned whether servers and load get a core each, which moves all threads of this process to one
 * @param mostLoadMillis when loading entities ends, complete or not
 */
record BenchPlan(
        int startRuns,
        long settleMillis,
        int rounds,
        long compileMillis,
        long warmMillis,
        long measureMillis,
        int fewEntities,
        int manyEntities,
        int mostEntities,
        int shortSeries,
        int longSeries,
        int connections,
        boolean pinned,
        long mostLoadMillis) {

    static BenchPlan full() {
        return new BenchPlan(
                5, 5_000, 3, 6_000, 300, 1_200, 100, 100_000, 1_000_000, 10_000, 1_000_000, 50, true, 60_000);
    }

    static BenchPlan quick() {
        return new BenchPlan(2, 2_000, 2, 2_000, 300, 900, 100, 100_000, 100_000, 10_000, 200_000, 50, true, 20_000);
    }

    /** The same with more time for loading entities. */
    BenchPlan withMostLoadMillis(long changed) {
        return new BenchPlan(
                startRuns,
                settleMillis,
                rounds,
                compileMillis,
                warmMillis,
                measureMillis,
                fewEntities,
                manyEntities,
                mostEntities,
                shortSeries,
                longSeries,
                connections,
                pinned,
                changed);
    }

    /** How many entities one request brings when they are loaded. */
    int loadBatch() {
        return fewEntities;
    }

    /** With how many entities creating is measured first, to be compared with creating when there are most. */
    int thousandEntities() {
        return 10 * fewEntities;
    }
}
