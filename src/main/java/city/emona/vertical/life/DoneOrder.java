package city.emona.vertical.life;

import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that was done with a vertical.
 *
 * @param atMillis when, in epoch milliseconds
 * @param from the version that ran before; empty for none
 * @param to the version that runs since; empty for none
 * @param parts what was created, changed, deleted or kept, no more than {@link #MAX_PARTS}
 */
public record DoneOrder(long atMillis, Deed deed, String from, String to, List<Part> parts) {
    /** How many parts of an order are remembered. */
    static final int MAX_PARTS = 200;

    /** What can be done. */
    public enum Deed {
        INSTALL,
        UPGRADE,
        ROLLBACK,
        REMOVE,
        /** A file was changed here only. */
        EDIT,
        /** A file became again what the package brought. */
        REVERT
    }

    /** One thing that happened to a part. */
    public record Part(Plan.Effect effect, String kind, String id) {}

    public DoneOrder {
        parts = parts.stream().limit(MAX_PARTS).toList();
    }

    static DoneOrder of(Plan plan, long atMillis) {
        Deed deed =
                switch (plan.action()) {
                    case INSTALL -> Deed.INSTALL;
                    case UPGRADE -> Deed.UPGRADE;
                    case ROLLBACK -> Deed.ROLLBACK;
                    case REMOVE -> Deed.REMOVE;
                };
        List<Part> parts = plan.changes().stream()
                .map(change -> new Part(change.effect(), change.kind(), change.id()))
                .toList();
        return new DoneOrder(atMillis, deed, plan.from(), plan.to(), parts);
    }

    static DoneOrder ofFile(Deed deed, Ledger ledger, String path, long atMillis) {
        String version = ledger.version().toString();
        return new DoneOrder(atMillis, deed, version, version, List.of(new Part(Plan.Effect.CHANGE, Plan.FILES, path)));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("at", atMillis)
                .put("deed", name(deed))
                .put("from", from)
                .put("to", to);
        ArrayNode list = json.putArray("parts");
        parts.forEach(part -> list.addObject()
                .put("effect", name(part.effect()))
                .put("kind", part.kind())
                .put("id", part.id()));
        return json;
    }

    static DoneOrder read(JsonNode json) {
        List<Part> parts = new ArrayList<>();
        json.path("parts")
                .forEach(part -> parts.add(new Part(
                        Plan.Effect.valueOf(upper(part.required("effect"))),
                        part.required("kind").asString(),
                        part.required("id").asString())));
        return new DoneOrder(
                json.required("at").asLong(),
                Deed.valueOf(upper(json.required("deed"))),
                json.path("from").asString(),
                json.path("to").asString(),
                parts);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode name) {
        return name.asString().toUpperCase(Locale.ROOT);
    }
}
