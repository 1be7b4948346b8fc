package city.emona.portal;

import city.emona.access.Visit;
import city.emona.http.QueryParameters;
import city.emona.http.Request;
import city.emona.problem.Problem;
import java.nio.charset.StandardCharsets;

/** What a form of a page sends. */
public final class FormPost {
    /** The field that says for which session the form was made. */
    static final String TOKEN = "token";

    private final QueryParameters values;

    private FormPost(QueryParameters values) {
        this.values = values;
    }

    /**
     * Reads what came; a page of another site must not have a browser send what its user did not mean.
     *
     * @throws Problem of type InvalidRequest when the form was on a page of another site, of type AccessDenied when it was not made for the
     *     session that sends it
     */
    public static FormPost read(Request request) {
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
        FormPost form = new FormPost(QueryParameters.parse(body));
        Visit.current().requireToken(form.text(TOKEN));
        return form;
    }

    /** The value of a field; empty when it is absent. */
    public String text(String name) {
        return values.find(name).orElse("");
    }

    /** Who sends it: the name of the account, and what was typed only where nobody is signed in. */
    String who() {
        Visit visit = Visit.current();
        return visit.isSignedIn() ? visit.caller().name() : text("who");
    }

    /** The language of the page. */
    public Language language() {
        return text("language").equals("en") ? Language.ENGLISH : Language.SLOVENE;
    }
}
