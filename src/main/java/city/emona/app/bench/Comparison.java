package city.emona.app.bench;

import java.util.List;
import java.util.Locale;

/**
 * One rate as a share of another.
 *
 * @param title what is compared
 * @param task what was measured of the server
 * @param base what it is compared with, measured of the base server
 * @param least which share is wanted; zero when none is
 */
record Comparison(String title, Task task, String server, Task base, String baseServer, double least) {
    static final String WITH_A_THOUSAND = "Emona with few entities";
    static final String WITH_MOST = "Emona with most entities";
    static final String ON_ALL_CORES = "Emona on all cores";
    static final List<Task> READS_ON_ALL_CORES = List.of(Task.QUERY_MANY, Task.RETRIEVE_MANY, Task.NUMBER_MANY);

    /** What the measurements of one server say when it creates with more and more entities. */
    static Comparison ofCreating(BenchPlan plan) {
        String title = String.format(
                Locale.ROOT, "create with %,d entities ÷ with %,d", plan.mostEntities(), plan.thousandEntities());
        return new Comparison(title, Task.CREATE, WITH_MOST, Task.CREATE, WITH_A_THOUSAND, 0.9);
    }

    static Comparison besideHeavyQuery(String server) {
        return new Comparison(
                "retrieve beside another client's heavy query ÷ alone, " + server,
                Task.RETRIEVE_BESIDE_HEAVY,
                server,
                Task.RETRIEVE_MANY,
                server,
                0.5);
    }

    /** How fast points come into histories, as a share of how fast entities are changed; a request has as many of either. */
    static Comparison ofHistory(String server) {
        return new Comparison(
                "points into histories ÷ entities by batch upsert, " + server,
                Task.APPEND_HISTORY,
                server,
                Task.BATCH_UPSERT,
                server,
                1);
    }

    static Comparison onAllCores(Task task, BenchPlan plan) {
        return new Comparison(task.title(plan) + ", all cores ÷ one", task, ON_ALL_CORES, task, ServerProcess.EMONA, 0);
    }

    double share(Measurements measurements) {
        return server.equals(baseServer)
                ? measurements.medianRatio(server, task, base)
                : measurements.medianPerSecond(task, server) / measurements.medianPerSecond(base, baseServer);
    }
}
