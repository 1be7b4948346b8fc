package city.emona.governance.council;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an entity of the register by the short names of its attributes; values of another shape than expected count as absent. */
record EntityView(Entity entity) {

    private Optional<JsonNode> value(String term) {
        return entity.findValue(CouncilVocabulary.name(term));
    }

    /** A text; empty where there is none. */
    String text(String term) {
        return entity.findText(CouncilVocabulary.name(term)).orElse("");
    }

    /** A text in Slovene, from a language property or a plain one. */
    @Nullable
    String slovene(String name) {
        return entity.findValue(name)
                .map(v -> v.isObject() ? v.path("sl").asString("") : v.asString(""))
                .filter(t -> !t.isEmpty())
                .orElse(null);
    }

    @Nullable
    Integer number(String term) {
        return value(term)
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::intValue)
                .orElse(null);
    }

    boolean flag(String term) {
        return value(term)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(false);
    }

    /** A day, as a typed value or as plain text. */
    @Nullable
    LocalDate date(String term) {
        String text = value(term)
                .map(v -> v.isObject() ? v.path("@value").asString("") : v.asString(""))
                .orElse("");
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    Optional<JsonNode> json(String term) {
        return value(term).filter(JsonNode::isArray);
    }

    /** The relationships of a name: one, or one for each dataset. */
    List<AttributeInstance> relationships(String term) {
        return entity.findAttribute(CouncilVocabulary.name(term)).map(Attribute::instances).orElse(List.of()).stream()
                .filter(i -> i.type() == AttributeType.RELATIONSHIP && i.value().isString())
                .toList();
    }

    /** The target of a relationship. */
    Optional<String> target(String term) {
        return relationships(term).stream().map(i -> i.value().stringValue()).findFirst();
    }
}
