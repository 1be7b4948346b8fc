package city.emona.http.operation;

import java.util.List;

/**
 * A value that a client sends in the address or in a header, or a header of an answer.
 *
 * @param description what it means, as a sentence; CommonMark
 * @param example a value that works; empty for none
 */
public record Parameter(
        Place place, String name, ValueKind kind, boolean required, String description, String example) {
    /** Where the value stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /** A segment of the path. */
    public static Parameter path(String name, String description) {
        return new Parameter(Place.PATH, name, new ValueKind.Text(""), true, description, "");
    }

    /** Text in the query string, which the operation itself reads. */
    public static Parameter text(String name, String description) {
        return query(name, new ValueKind.Text(""), description);
    }

    /** A list in the query string, which the operation itself reads. */
    public static Parameter list(String name, String description) {
        return query(name, new ValueKind.TextList(""), description);
    }

    /** True or false in the query string; absent means false. */
    public static Parameter flag(String name, String description) {
        return query(name, new ValueKind.Flag(), description);
    }

    /** A whole number in the query string. */
    public static Parameter whole(String name, int least, int most, int otherwise, String description) {
        return query(name, new ValueKind.Whole(least, most, otherwise), description);
    }

    /** One of some words in the query string. */
    public static Parameter choice(String name, List<String> words, String description) {
        return query(name, new ValueKind.Choice(words), description);
    }

    /** Some of some words in the query string, with commas between. */
    public static Parameter choices(String name, List<String> words, String description) {
        return query(name, new ValueKind.Choices(words), description);
    }

    /** A header. */
    public static Parameter header(String name, String description) {
        return new Parameter(Place.HEADER, name, new ValueKind.Text(""), false, description, "");
    }

    private static Parameter query(String name, ValueKind kind, String description) {
        return new Parameter(Place.QUERY, name, kind, false, description, "");
    }

    /** The same with a value that works. */
    public Parameter withExample(String value) {
        return new Parameter(place, name, kind, required, description, value);
    }

    /** The same as text of a format of JSON Schema, or a list of such texts. */
    public Parameter withFormat(String format) {
        ValueKind formatted =
                kind instanceof ValueKind.TextList ? new ValueKind.TextList(format) : new ValueKind.Text(format);
        return new Parameter(place, name, formatted, required, description, example);
    }

    /** The same, but a request without it is refused by the operation. */
    public Parameter asRequired() {
        return new Parameter(place, name, kind, true, description, example);
    }
}
