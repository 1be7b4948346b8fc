package city.emona.broker.subscription;

import city.emona.problem.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of an object, each of the kind that it has to be; all methods throw a {@link Problem} of type BadRequestData where one
 * is of another kind.
 *
 * @param where the name of the object with a dot behind it, for errors; empty for the document itself
 */
record Members(ObjectNode object, String where) {
    private static final BigDecimal MAX_NUMBER = BigDecimal.valueOf(1_000_000_000_000L);

    Optional<String> text(String name) {
        return find(name).map(value -> {
            if (!value.isString()) {
                throw invalid(name, "a string");
            }
            return value.stringValue();
        });
    }

    Optional<Boolean> flag(String name) {
        return find(name).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(name, "true or false");
            }
            return value.booleanValue();
        });
    }

    /** A number above 0, times a factor, as a whole number of at least 1. */
    Optional<Long> positive(String name, long factor) {
        return find(name).map(value -> {
            if (!value.isNumber()
                    || value.decimalValue().signum() <= 0
                    || value.decimalValue().compareTo(MAX_NUMBER) > 0) {
                throw invalid(name, "a number above 0");
            }
            return Math.max(
                    1, value.decimalValue().multiply(BigDecimal.valueOf(factor)).longValue());
        });
    }

    Optional<Members> object(String name) {
        return find(name).map(value -> {
            if (!(value instanceof ObjectNode found)) {
                throw invalid(name, "an object");
            }
            return new Members(found, where + name + ".");
        });
    }

    /** The elements of an array that has some; empty when the member is missing. */
    List<JsonNode> array(String name) {
        return find(name)
                .map(value -> {
                    if (!(value instanceof ArrayNode array) || array.isEmpty()) {
                        throw invalid(name, "an array of at least one element");
                    }
                    return array.valueStream().toList();
                })
                .orElse(List.of());
    }

    /** The elements of an array of strings that has some; empty when the member is missing. */
    List<String> texts(String name) {
        return array(name).stream()
                .map(item -> {
                    if (!item.isString()) {
                        throw invalid(name, "an array of strings");
                    }
                    return item.stringValue();
                })
                .toList();
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(object.get(name));
    }

    Problem invalid(String name, String expected) {
        return Problem.badRequestData("The member " + where + name + " is not " + expected + ".", "Correct it.");
    }
}
