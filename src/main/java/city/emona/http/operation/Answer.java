package city.emona.http.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer of an operation that went well.
 *
 * @param description when it is given, as a sentence
 * @param contents the forms of the body; empty for none
 * @param headers headers that the answer may have
 */
public record Answer(int status, String description, List<Content> contents, List<Parameter> headers) {
    public Answer {
        contents = List.copyOf(contents);
        headers = List.copyOf(headers);
    }

    /** An answer without a body. */
    public static Answer empty(int status, String description) {
        return new Answer(status, description, List.of(), List.of());
    }

    /**
     * An answer with a body of one schema in some media types.
     *
     * @param schema the name of a component schema
     */
    public static Answer of(int status, String description, String schema, String... mediaTypes) {
        return empty(status, description).orAs(schema, mediaTypes);
    }

    /** The same, which may also come in other media types with another schema. */
    public Answer orAs(String schema, String... mediaTypes) {
        List<Content> more = new ArrayList<>(contents);
        for (String type : mediaTypes) {
            more.add(new Content(type, schema));
        }
        return new Answer(status, description, more, headers);
    }

    /** The same with more headers. */
    public Answer with(Parameter... added) {
        List<Parameter> more = new ArrayList<>(headers);
        more.addAll(List.of(added));
        return new Answer(status, description, contents, more);
    }
}
