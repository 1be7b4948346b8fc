package city.emona.app.bench;

/**
 * How much is measured.
 *
 * @param startRuns how often the demo city is started
 * @param settleMillis how long a server rests before its memory is read
 * @param rounds how often each work is measured on each server
 * @param warmMillis loaded before each measurement, and not counted
 * @param measureMillis counted
 * @param fewEntities how many entities the reads are measured with first
 * @param manyEntities and how many then
 * @param connections how many requests are under way at once
 * @param pinned whether servers and load get a core each, which moves all threads of this process to one
 * @param mostLoadMillis when loading the entities ends, complete or not
 */
record BenchPlan(
        int startRuns,
        long settleMillis,
        int rounds,
        long warmMillis,
        long measureMillis,
        int fewEntities,
        int manyEntities,
        int connections,
        boolean pinned,
        long mostLoadMillis) {

    static BenchPlan full() {
        return new BenchPlan(5, 5_000, 5, 1_000, 3_000, 100, 100_000, 50, true, 60_000);
    }

    static BenchPlan quick() {
        return new BenchPlan(2, 2_000, 3, 500, 1_000, 100, 100_000, 50, true, 10_000);
    }
}
