package city.emona.app.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is measured in requests or entities per second, with the project's own targets on two cores. */
enum Task {
    QUERY_FEW("query by type, limit 20", 1, 25_000, 0.60),
    RETRIEVE_FEW("retrieve", 1, 50_000, 0.70),
    QUERY_MANY("query by type, limit 20", 1, 25_000, 0.60),
    RETRIEVE_MANY("retrieve", 1, 50_000, 0.70),
    CREATE("create", 1, 15_000, 0),
    PATCH("patch one attribute", 1, 18_000, 0),
    BATCH_UPSERT("batch upsert of 20, per entity", BatchUpsert.SIZE, 80_000, 0);

    private final String title;
    private final int unitsPerRequest;
    private final double targetPerSecond;
    private final double targetShareOfFloor;

    Task(String title, int unitsPerRequest, double targetPerSecond, double targetShareOfFloor) {
        this.title = title;
        this.unitsPerRequest = unitsPerRequest;
        this.targetPerSecond = targetPerSecond;
        this.targetShareOfFloor = targetShareOfFloor;
    }

    /** The tasks that are measured while there are few entities. */
    static Set<Task> withFew() {
        return EnumSet.of(QUERY_FEW, RETRIEVE_FEW);
    }

    /** The tasks that are measured when there are many. */
    static Set<Task> withMany() {
        return EnumSet.complementOf(EnumSet.of(QUERY_FEW, RETRIEVE_FEW));
    }

    String title(BenchPlan plan) {
        int entities = withFew().contains(this) ? plan.fewEntities() : plan.manyEntities();
        return String.format(Locale.ROOT, "%s (%,d entities)", title, entities);
    }

    /** How many of what the target counts one request is. */
    int unitsPerRequest() {
        return unitsPerRequest;
    }

    /** True when the server of constant bytes answers with as much as a list of entities. */
    boolean isLarge() {
        return this == QUERY_FEW || this == QUERY_MANY;
    }

    /** The target in words. */
    String target() {
        String share =
                targetShareOfFloor > 0 ? String.format(Locale.ROOT, " and %.0f %%", targetShareOfFloor * 100) : "";
        return String.format(Locale.ROOT, "≥ %,.0f/s%s", targetPerSecond, share);
    }

    boolean meetsTarget(double unitsPerSecond, double shareOfFloor) {
        return unitsPerSecond >= targetPerSecond && shareOfFloor >= targetShareOfFloor;
    }
}
