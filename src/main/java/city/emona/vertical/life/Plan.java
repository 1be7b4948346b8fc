package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Question;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an order would do, told before it is done. It is applied only as long as it would do the same.
 *
 * @param vertical the id
 * @param urn the name that stays
 * @param from the version that runs now; empty for none
 * @param to the version that would run; empty for none
 * @param changes what is created, changed, deleted or kept
 * @param notes what else there is to know: how many entities, which migration
 * @param refusals why it will not be done; empty when it can be
 * @param questions what the package asks, with what is answered
 * @param state what it was made from; part of the hash
 */
public record Plan(
        Order.Action action,
        String vertical,
        String urn,
        String from,
        String to,
        List<Change> changes,
        List<LocalizedText> notes,
        List<LocalizedText> refusals,
        List<Asked> questions,
        String state) {
    /** The kind of changes of files. */
    public static final String FILES = "files";

    /** The kind of changes of entities. */
    public static final String ENTITIES = "entities";

    public Plan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        refusals = List.copyOf(refusals);
        questions = List.copyOf(questions);
    }

    /** What happens to a part. */
    public enum Effect {
        CREATE,
        CHANGE,
        DELETE,
        /** A local edit that stays. */
        KEEP
    }

    /**
     * One thing that happens.
     *
     * @param kind such as {@code sources}, {@code views}, {@code entities}, {@code files}
     * @param id its name among its kind
     * @param title what people call it; null for none
     * @param seenBy who will see it, or saw it until now
     */
    public record Change(
            Effect effect, String kind, String id, @Nullable LocalizedText title, LocalizedText seenBy) {
        public Optional<LocalizedText> findTitle() {
            return Optional.ofNullable(title);
        }

        String line() {
            return effect + " " + kind + " " + id;
        }
    }

    /**
     * A question of the package.
     *
     * @param answer the answer that will hold, never a secret; null for none
     * @param isAnswered whether there is an answer, a default included
     */
    public record Asked(Question question, @Nullable String answer, boolean isAnswered) {
        public Optional<String> findAnswer() {
            return Optional.ofNullable(answer);
        }

        /** The refusal of a plan that lacks the answer to a question. */
        public static LocalizedText missing(Question question) {
            return new LocalizedText(
                    "Vprašanje brez odgovora: " + question.title().sl() + " (" + question.id() + ").",
                    "A question without an answer: " + question.title().en() + " (" + question.id() + ").");
        }
    }

    public boolean isRefused() {
        return !refusals.isEmpty();
    }

    /** Stands for exactly this plan, numbers of entities apart, since they change all the time. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        text.append(action)
                .append(' ')
                .append(urn)
                .append(' ')
                .append(from)
                .append(' ')
                .append(to)
                .append('\n');
        changes.forEach(change -> text.append(change.line()).append('\n'));
        text.append(state);
        return PackageContent.digest(text.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    /** The plan for programs. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("plan", hash())
                .put("action", Order.name(action))
                .put("vertical", vertical)
                .put("urn", urn)
                .put("from", from)
                .put("to", to);
        ArrayNode parts = json.putArray("changes");
        for (Change change : changes) {
            ObjectNode part = parts.addObject()
                    .put("effect", Order.name(change.effect()))
                    .put("kind", change.kind())
                    .put("id", change.id());
            change.findTitle().ifPresent(title -> part.set("title", text(title)));
            part.set("seenBy", text(change.seenBy()));
        }
        json.set("notes", texts(notes));
        json.set("refusals", texts(refusals));
        ArrayNode asked = json.putArray("questions");
        for (Asked one : questions) {
            ObjectNode question = asked.addObject()
                    .put("id", one.question().id())
                    .put("kind", Order.name(one.question().kind()))
                    .put("required", one.question().required())
                    .put("answered", one.isAnswered());
            question.set("title", text(one.question().title()));
            one.findAnswer().ifPresent(answer -> question.put("answer", answer));
        }
        return json;
    }

    static ObjectNode text(LocalizedText text) {
        return Json.object().put("sl", text.sl()).put("en", text.en());
    }

    private static ArrayNode texts(List<LocalizedText> texts) {
        ArrayNode list = Json.array();
        texts.forEach(text -> list.add(text(text)));
        return list;
    }
}
