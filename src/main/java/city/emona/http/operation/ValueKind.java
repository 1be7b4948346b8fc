package city.emona.http.operation;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the text of a parameter may be: how it is checked, and how JSON Schema says it. */
public sealed interface ValueKind {
    /**
     * Checks a value.
     *
     * @param name the parameter, for the message
     * @throws Problem of type BadRequestData or InvalidRequest when the value is not of this kind
     */
    void check(String name, String value);

    /** The kind as a JSON Schema of draft 2020-12. */
    ObjectNode schema();

    /**
     * Any text that the operation itself reads.
     *
     * @param format a format of JSON Schema such as {@code uri}; empty for none
     */
    record Text(String format) implements ValueKind {
        @Override
        public void check(String name, String value) {
            // the operation knows its language and says best what is wrong
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "string");
            return format.isEmpty() ? schema : schema.put("format", format);
        }
    }

    /** A list of texts with commas between, which the operation itself reads. */
    record TextList(String format) implements ValueKind {
        @Override
        public void check(String name, String value) {
            // as with a single text
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "array");
            schema.set("items", new Text(format).schema());
            return schema;
        }
    }

    /** The words true and false. */
    record Flag() implements ValueKind {
        @Override
        public void check(String name, String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw Problem.badRequestData("The parameter " + name + " is »" + value + "«.", "Use true or false.");
            }
        }

        @Override
        public ObjectNode schema() {
            return Json.object().put("type", "boolean").put("default", false);
        }
    }

    /**
     * A whole number.
     *
     * @param most the largest number that is documented; going beyond it is refused by the operation, with a type of its own
     * @param otherwise what holds when the parameter is absent
     */
    record Whole(int least, int most, int otherwise) implements ValueKind {
        @Override
        public void check(String name, String value) {
            try {
                if (Integer.parseInt(value) >= least) {
                    return;
                }
            } catch (NumberFormatException e) {
                // told below, with the same words as a number that is too small
            }
            throw Problem.badRequestData(
                    "The parameter " + name + " is »" + value + "«.", "Use a whole number, at least " + least + ".");
        }

        @Override
        public ObjectNode schema() {
            return Json.object()
                    .put("type", "integer")
                    .put("minimum", least)
                    .put("maximum", most)
                    .put("default", otherwise);
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements ValueKind {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public void check(String name, String value) {
            if (!words.contains(value)) {
                throw Problem.invalidRequest(
                        "The " + name + " »" + value + "« is not supported here.",
                        "Use " + String.join(", ", words) + ".");
            }
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "string");
            ArrayNode allowed = schema.putArray("enum");
            words.forEach(allowed::add);
            return schema;
        }
    }

    /** Some of some words, with commas between. */
    record Choices(List<String> words) implements ValueKind {
        public Choices {
            words = List.copyOf(words);
        }

        @Override
        public void check(String name, String value) {
            Choice one = new Choice(words);
            for (String word : value.split(",", -1)) {
                one.check(name, word);
            }
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "array");
            schema.set("items", new Choice(words).schema());
            return schema;
        }
    }
}
