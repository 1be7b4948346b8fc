package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants to be done with a vertical.
 *
 * @param vertical its id; may be empty when a package says it
 * @param digest the package to install; empty for those that need none
 * @param answers to questions of the package, secrets included; what is not answered again stays as it was, and
 *     an empty answer takes an earlier one back where none has to be given
 * @param edits what becomes of local edits that clash with the package
 * @param entities what becomes of its entities when it is removed
 */
public record Order(
        Action action,
        String vertical,
        String digest,
        SortedMap<String, String> answers,
        Edits edits,
        Entities entities) {
    private static final Set<String> MEMBERS =
            Set.of("action", "vertical", "package", "answers", "edits", "entities", "plan");

    /** What can be done. */
    public enum Action {
        INSTALL,
        UPGRADE,
        ROLLBACK,
        REMOVE
    }

    /** What becomes of a local edit where the new package changed the same. */
    public enum Edits {
        /** Nothing is done as long as there is a clash. */
        REFUSE,
        /** The local lines count. */
        KEEP,
        /** The package's lines count; the local ones are kept in the record of the version before. */
        PACKAGE
    }

    /** What becomes of entities. */
    public enum Entities {
        KEEP,
        /** They are written to a file, and kept. */
        EXPORT,
        /** They are deleted with their history. */
        DELETE
    }

    public Order {
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }

    /** An order of an action on an installed vertical. */
    public static Order of(Action action, String vertical) {
        return new Order(action, vertical, "", new TreeMap<>(), Edits.REFUSE, Entities.KEEP);
    }

    /** An order to install or upgrade to a package. */
    public static Order of(Action action, String digest, Map<String, String> answers) {
        return new Order(action, "", digest, new TreeMap<>(answers), Edits.REFUSE, Entities.KEEP);
    }

    public Order withAnswers(Map<String, String> changed) {
        return new Order(action, vertical, digest, new TreeMap<>(changed), edits, entities);
    }

    public Order withEdits(Edits changed) {
        return new Order(action, vertical, digest, answers, changed, entities);
    }

    public Order withEntities(Entities changed) {
        return new Order(action, vertical, digest, answers, edits, changed);
    }

    /**
     * Reads an order.
     *
     * @throws Problem of type InvalidRequest or BadRequestData
     */
    public static Order read(JsonNode body) {
        if (!(body instanceof ObjectNode order)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        for (String name : order.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw Problem.badRequestData(
                        "The member »" + name + "« is not known here.",
                        "Use " + String.join(", ", MEMBERS.stream().sorted().toList()) + ".");
            }
        }
        SortedMap<String, String> answers = new TreeMap<>();
        JsonNode given = order.path("answers");
        if (!given.isMissingNode() && !given.isObject()) {
            throw Problem.badRequestData("The answers are no object.", "Send {question: answer}.");
        }
        given.properties().forEach(answer -> {
            if (!answer.getValue().isValueNode() || answer.getValue().isNull()) {
                throw Problem.badRequestData(
                        "The answer »" + answer.getKey() + "« is no single value.",
                        "Send a text, a number or a boolean.");
            }
            answers.put(answer.getKey(), answer.getValue().asString());
        });
        return new Order(
                choice(order, "action", Action.class, null),
                text(order, "vertical"),
                text(order, "package"),
                answers,
                choice(order, "edits", Edits.class, Edits.REFUSE),
                choice(order, "entities", Entities.class, Entities.KEEP));
    }

    /** The same as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("action", name(action));
        if (!vertical.isEmpty()) {
            json.put("vertical", vertical);
        }
        if (!digest.isEmpty()) {
            json.put("package", digest);
        }
        ObjectNode given = json.putObject("answers");
        answers.forEach(given::put);
        return json.put("edits", name(edits)).put("entities", name(entities));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A member that is a text; empty when it is absent. */
    public static String text(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Problem.badRequestData("The member " + name + " is no text.", "Send it as text.");
        }
        return value.isString() ? value.stringValue() : "";
    }

    private static <E extends Enum<E>> E choice(
            ObjectNode body, String name, Class<E> closedSet, @Nullable E otherwise) {
        String text = text(body, name);
        if (text.isEmpty() && otherwise != null) {
            return otherwise;
        }
        for (E constant : closedSet.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return constant;
            }
        }
        throw Problem.badRequestData(
                "The member " + name + " is »" + text + "«.",
                "Use one of "
                        + String.join(
                                ", ",
                                Arrays.stream(closedSet.getEnumConstants())
                                        .map(Order::name)
                                        .toList())
                        + ".");
    }
}
