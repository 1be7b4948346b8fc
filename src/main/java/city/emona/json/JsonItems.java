package city.emona.json;

import city.emona.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The items of one array in a document, as maps, lists, strings, numbers, booleans and nulls, one after the other: the document is never in
 * memory as a tree. A document that is not whole is refused before its first item.
 */
public final class JsonItems {
    private final String text;
    private final List<String> path;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private boolean found;

    /**
     * Reads a document through.
     *
     * @param path the members that lead to the array; none when the document is the array
     * @throws Problem of type InvalidRequest when the text is no JSON
     */
    public JsonItems(String text, List<String> path) {
        this.text = text;
        this.path = List.copyOf(path);
        try (JsonParser parser = Json.longParser(text)) {
            if (parser.nextToken() == null) {
                throw Problem.invalidRequest("The JSON document is empty.", "Send a JSON document.");
            }
            look(parser, 0);
            if (parser.nextToken() != null) {
                throw Problem.invalidRequest("There is something behind the JSON document.", "Send one document.");
            }
        } catch (JacksonException e) {
            throw Json.notJson(e);
        }
    }

    /** The members beside the array, or beside those that lead to it last. */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /** Whether there is such an array, or an object in its place. */
    public boolean isFound() {
        return found;
    }

    private void look(JsonParser parser, int depth) {
        if (depth == path.size()) {
            found = true;
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(path.get(depth))) {
                look(parser, depth + 1);
            } else if (depth == path.size() - 1) {
                header.put(name, Json.readPlain(parser));
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Gives every item to a consumer; an object in the place of the array is the only item. */
    public void forEach(Consumer<Object> consumer) {
        try (JsonParser parser = Json.longParser(text)) {
            parser.nextToken();
            walk(parser, 0, consumer);
        } catch (JacksonException e) {
            throw Json.notJson(e);
        }
    }

    private void walk(JsonParser parser, int depth, Consumer<Object> consumer) {
        if (depth == path.size()) {
            items(parser, consumer);
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(path.get(depth))) {
                walk(parser, depth + 1, consumer);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void items(JsonParser parser, Consumer<Object> consumer) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            give(parser, consumer);
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            give(parser, consumer);
        }
    }

    private static void give(JsonParser parser, Consumer<Object> consumer) {
        Object item = Json.readPlain(parser);
        if (item != null) {
            consumer.accept(item);
        }
    }
}
