package city.emona.app.bench;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads answers completely, where the works themselves only look at their surface. */
final class EntityCheck {
    private EntityCheck() {}

    /** What is wrong with an answer that should be one entity of the fixture; null when it is right. */
    static @Nullable String findEntityFault(Fixture fixture, Answer answer) {
        try {
            return findFault(fixture, Json.parse(answer.body()));
        } catch (Problem e) {
            return e.getMessage();
        }
    }

    /** What is wrong with an answer that should be so many entities of the fixture; null when it is right. */
    static @Nullable String findListFault(Fixture fixture, Answer answer, int count) {
        return findListFault(fixture, answer, count, count, entity -> true);
    }

    /** What is wrong with an answer that should be entities of the fixture that meet a condition; null when it is right. */
    static @Nullable String findListFault(
            Fixture fixture, Answer answer, int least, int most, Predicate<JsonNode> condition) {
        try {
            JsonNode list = Json.parse(answer.body());
            if (!list.isArray() || list.size() < least || list.size() > most) {
                return "expected " + most + " entities and got " + (list.isArray() ? list.size() : answer.summary());
            }
            for (JsonNode entity : list) {
                String fault = findFault(fixture, entity);
                if (fault != null) {
                    return fault;
                }
                if (!condition.test(entity)) {
                    return entity.path("id").asString("") + " is in the answer and does not meet the condition";
                }
            }
            return null;
        } catch (Problem e) {
            return e.getMessage();
        }
    }

    private static @Nullable String findFault(Fixture fixture, JsonNode entity) {
        if (!fixture.type().equals(entity.path("type").asString(""))) {
            return "the entity's type is " + entity.path("type");
        }
        if (!entity.path("id").asString("").startsWith("urn:ngsi-ld:" + fixture.type())) {
            return "the entity's id is " + entity.path("id");
        }
        for (String attribute : Fixture.ATTRIBUTES) {
            if (!entity.path(attribute).has("type")) {
                return "the entity has no attribute " + attribute;
            }
        }
        return null;
    }
}
