package city.emona.api.ngsild;

import city.emona.http.QueryParameters;
import city.emona.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The links to the pages before and after (clause 6.3.10), in the form that clients compare literally.
 *
 * @param resource the path of the list
 * @param query the parameters of the request, all of which the links repeat
 * @param media the type of the answer
 */
record PageLinks(String resource, QueryParameters query, MediaType media) {
    /** The answer with the links that its page has. */
    Response addTo(Response response, int limit, int offset, boolean more) {
        if (limit == 0) {
            return response;
        }
        Response result = response;
        if (offset > 0) {
            result = result.with("Link", link(limit, Math.max(0, offset - limit), "prev"));
        }
        return more ? result.with("Link", link(limit, offset + limit, "next")) : result;
    }

    private String link(int limit, int offset, String relation) {
        StringJoiner target = new StringJoiner("&", resource + "?", "");
        Set<String> names = new TreeSet<>(query.names());
        names.add("limit");
        names.add("offset");
        for (String name : names) {
            String value =
                    switch (name) {
                        case "limit" -> Integer.toString(limit);
                        case "offset" -> Integer.toString(offset);
                        default -> query.find(name).orElse("");
                    };
            target.add(name + "=" + encode(value));
        }
        return "<" + target + ">; rel=\"" + relation + "\"; type=\"" + media.text() + "\"";
    }

    /** Percent-encodes what could not stand in a query string; colons, slashes and commas stay readable. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",");
    }
}
