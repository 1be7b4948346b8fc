package city.emona.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The addresses of the pages of entities. */
final class EntityAddress {
    private EntityAddress() {}

    /** The path of an entity's page, without the language; colons stay readable. */
    static String path(String id) {
        return "/e/" + encoded(id);
    }

    static String href(Language language, String id) {
        return language.href(path(id));
    }

    /** An id or other text as one segment of a path, or as the value of a query parameter. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    /** Names and values as the query of an address. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}
