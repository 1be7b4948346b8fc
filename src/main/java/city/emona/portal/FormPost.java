package city.emona.portal;

import city.emona.http.QueryParameters;
import city.emona.http.Request;
import city.emona.problem.Problem;
import java.nio.charset.StandardCharsets;

/** What a form of a page sends. */
final class FormPost {
    private final QueryParameters values;

    private FormPost(QueryParameters values) {
        this.values = values;
    }

    /**
     * Reads what came; a page of another site must not have a browser send what its user did not mean.
     *
     * @throws Problem of type InvalidRequest when the form was on a page of another site
     */
    static FormPost read(Request request) {
        String host = request.header("Host").orElse("");
        boolean isForeign = request.header("Origin")
                        .filter(origin -> !origin.endsWith("://" + host))
                        .isPresent()
                || request.header("Sec-Fetch-Site")
                        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                        .isPresent();
        if (isForeign) {
            throw Problem.invalidRequest("The form was sent from a page of another site.", "Send it from this one.");
        }
        // in a form, a plus sign is a space
        String body = new String(request.body(), StandardCharsets.UTF_8).replace("+", "%20");
        return new FormPost(QueryParameters.parse(body));
    }

    /** The value of a field; empty when it is absent. */
    String text(String name) {
        return values.find(name).orElse("");
    }

    /** The language of the page. */
    Language language() {
        return text("language").equals("en") ? Language.ENGLISH : Language.SLOVENE;
    }
}
