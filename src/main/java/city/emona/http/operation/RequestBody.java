package city.emona.http.operation;

import java.util.List;
import java.util.stream.Stream;

/**
 * The body that an operation takes.
 *
 * @param description what it is, as a sentence
 * @param example the name of a component example that can be sent as JSON; empty for none
 */
public record RequestBody(String description, String example, List<Content> contents) {
    public RequestBody {
        contents = List.copyOf(contents);
    }

    /**
     * A body of one schema in several media types.
     *
     * @param schema the name of a component schema
     */
    public static RequestBody of(String description, String schema, String... mediaTypes) {
        return new RequestBody(
                description,
                "",
                Stream.of(mediaTypes).map(type -> new Content(type, schema)).toList());
    }

    /** The same with a component example. */
    public RequestBody withExample(String name) {
        return new RequestBody(description, name, contents);
    }
}
