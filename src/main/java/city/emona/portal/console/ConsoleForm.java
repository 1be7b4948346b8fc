package city.emona.portal.console;

import city.emona.http.QueryParameters;
import city.emona.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The fields of a form that was sent, as browsers write them ({@code application/x-www-form-urlencoded}). */
record ConsoleForm(QueryParameters fields) {
    static ConsoleForm of(Request request) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        // a browser never sends a plus sign that is meant as one
        return new ConsoleForm(QueryParameters.parse(body.replace("+", "%20")));
    }

    /** A field that was filled in. */
    Optional<String> find(String name) {
        return fields.find(name).map(String::strip).filter(text -> !text.isEmpty());
    }
}
