package city.emona.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured over HTTP in each round, with the project's own targets on two cores. */
enum Task {
    QUERY_FEW(Stage.FEW, "query by type, limit 20", Target.perSecond(25_000).andShareOfFloor(0.60)),
    RETRIEVE_FEW(Stage.FEW, "retrieve", Target.perSecond(50_000).andShareOfFloor(0.70)),
    CREATE_FEW(Stage.FEW, "create", Target.perSecond(15_000)),
    QUERY_MANY(Stage.MANY, "query by type, limit 20", Target.perSecond(25_000).andShareOfFloor(0.60)),
    RETRIEVE_MANY(Stage.MANY, "retrieve", Target.perSecond(50_000).andShareOfFloor(0.70)),
    NUMBER_MANY(Stage.MANY, "q on a number, limit 20", Target.perSecond(5_000)),
    NUMBER_ALONE(Stage.MANY, "q on a number, one client", Target.medianMillis(1)),
    NEAR_MANY(Stage.MANY, "near, limit 20", Target.perSecond(5_000)),
    NEAR_ALONE(Stage.MANY, "near, one client", Target.medianMillis(1)),
    RETRIEVE_BESIDE_HEAVY(Stage.MANY, "retrieve beside another client's heavy query", Target.NONE),
    CREATE(Stage.MANY, "create", Target.perSecond(15_000)),
    PATCH(Stage.MANY, "patch one attribute", Target.perSecond(18_000)),
    BATCH_UPSERT(Stage.MANY, "batch upsert of 20, per entity", Target.perSecond(80_000)),
    AGGREGATE_SHORT(Stage.HISTORY, "averages of 5 minutes of a series", Target.medianMillis(5)),
    AGGREGATE_LONG(Stage.HISTORY, "averages of 5 minutes of a series", Target.medianMillis(100)),
    LAST_VALUES(Stage.HISTORY, "the last value of each series", Target.medianMillis(20)),
    APPEND_HISTORY(Stage.HISTORY, "append 20 points to a history, per point", Target.NONE);

    /** How many entities there are while a task is measured. */
    enum Stage {
        FEW,
        MANY,
        /** There are as many as before, and histories. */
        HISTORY
    }

    private final Stage stage;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final Target target;

    Task(Stage stage, String title, Target target) {
        this.stage = stage;
        this.title = title;
        this.target = target;
    }

    /** The tasks that are measured while there are so many entities. */
    static List<Task> at(Stage stage) {
        return Arrays.stream(values()).filter(task -> task.stage == stage).toList();
    }

    String title() {
        return title;
    }

    String title(BenchPlan plan) {
        return switch (this) {
            case AGGREGATE_SHORT -> String.format(Locale.ROOT, "%s (%,d points)", title, plan.shortSeries());
            case AGGREGATE_LONG -> String.format(Locale.ROOT, "%s (%,d points)", title, plan.longSeries());
            case LAST_VALUES -> String.format(Locale.ROOT, "%s (%,d series)", title, SeriesFixture.SERIES);
            case APPEND_HISTORY -> title;
            default -> {
                int entities = stage == Stage.FEW ? plan.fewEntities() : plan.manyEntities();
                yield String.format(Locale.ROOT, "%s (%,d entities)", title, entities);
            }
        };
    }

    Target target() {
        return target;
    }

    /** How many of what the target counts one request is. */
    int unitsPerRequest() {
        return switch (this) {
            case BATCH_UPSERT -> BatchWrite.SIZE;
            case APPEND_HISTORY -> HistoryPosts.SIZE;
            default -> 1;
        };
    }

    int connections(BenchPlan plan) {
        return target.medianMillis() > 0 ? 1 : plan.connections();
    }

    /** True when the server of constant bytes is measured beside it, because it answers with as much and shows what is possible. */
    boolean hasFloor() {
        return target.shareOfFloor() > 0;
    }

    /** True when it is about the temporal interface. */
    boolean isOfHistory() {
        return stage == Stage.HISTORY;
    }

    /** True when the answer is as long as a list of entities. */
    boolean isLarge() {
        return this == QUERY_FEW || this == QUERY_MANY;
    }
}
