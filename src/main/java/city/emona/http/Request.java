package city.emona.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request with its body read completely.
 *
 * @param method the method in capitals
 * @param path the path as it came, still percent-encoded
 * @param parameters the values of the path pattern's names, percent-decoded
 * @param query the query string's parameters, percent-decoded
 * @param headers looks a header up, without regard to case
 * @param body the body; empty when there is none
 */
public record Request(
        String method,
        String path,
        Map<String, String> parameters,
        QueryParameters query,
        HeaderLookup headers,
        byte[] body) {

    /** Looks a header up by its name, without regard to case. */
    @FunctionalInterface
    public interface HeaderLookup {
        /** All values in the order they came; empty when the header is absent. */
        List<String> all(String name);
    }

    /** The value of a name in the path pattern. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no path parameter " + name);
        }
        return value;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        List<String> values = headers.all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** The same request with the names that a route's pattern found in its path. */
    public Request withParameters(Map<String, String> found) {
        return new Request(method, path, found, query, headers, body);
    }
}
