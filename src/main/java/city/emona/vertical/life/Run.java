package city.emona.vertical.life;

import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work on the entities of a vertical, batch by batch. It is written with each batch, so that after a kill it goes on behind the last.
 *
 * @param from the version whose entities are worked on
 * @param cursor the id of the last entity that is done; empty at the beginning
 * @param done how many entities became others
 * @param failed how many could not, and stay as they were
 * @param failures the first of those, each with its reason
 * @param isFinished whether all are done
 */
public record Run(
        Kind kind, String from, String cursor, long done, long failed, List<String> failures, boolean isFinished) {
    private static final int MAX_FAILURES = 10;

    /** What is done with the entities. */
    public enum Kind {
        /** They become those of the new version; what they were is kept. */
        MIGRATE,
        /** They become what they were before the migration. */
        RESTORE,
        /** They are deleted with their history. */
        DELETE
    }

    public Run {
        failures = List.copyOf(failures);
    }

    static Run begin(Kind kind, String from) {
        return new Run(kind, from, "", 0, 0, List.of(), false);
    }

    Run after(String last, long moreDone, List<String> moreFailures) {
        List<String> all = new ArrayList<>(failures);
        moreFailures.stream().limit(Math.max(0, MAX_FAILURES - all.size())).forEach(all::add);
        return new Run(kind, from, last, done + moreDone, failed + moreFailures.size(), all, false);
    }

    Run finished() {
        return new Run(kind, from, cursor, done, failed, failures, true);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("from", from)
                .put("cursor", cursor)
                .put("done", done)
                .put("failed", failed)
                .put("finished", isFinished);
        ArrayNode list = json.putArray("failures");
        failures.forEach(list::add);
        return json;
    }

    static Run read(JsonNode json) {
        List<String> failures = new ArrayList<>();
        json.path("failures").forEach(failure -> failures.add(failure.asString()));
        return new Run(
                Kind.valueOf(json.required("kind").asString().toUpperCase(Locale.ROOT)),
                json.path("from").asString(),
                json.path("cursor").asString(),
                json.path("done").asLong(),
                json.path("failed").asLong(),
                failures,
                json.path("finished").asBoolean());
    }
}
