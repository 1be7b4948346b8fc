package city.emona.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;

/**
 * What every answer tells browsers: to take it for what it says it is, to show it in no frame, to tell other sites nothing of where somebody
 * was, and, under TLS, to come back with TLS only. Pages have no code in them, and none from elsewhere.
 */
final class SecurityHeaders {
    /** Where a proxy that ends TLS says so; where this server ends it, requests say the same. */
    static final String PROTOCOL = "X-Forwarded-Proto";

    private static final String REFERRER = "Referrer-Policy";
    private static final HttpField AS_SAID = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_FRAME = new PreEncodedHttpField("X-Frame-Options", "DENY");
    private static final HttpField OWN_SITE = new PreEncodedHttpField(REFERRER, "same-origin");
    private static final HttpField ONLY_TLS =
            new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    private static final HttpField PAGE = new PreEncodedHttpField(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
                    + " connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    private SecurityHeaders() {}

    /** Adds what an answer does not say otherwise. */
    static void add(Request request, HttpFields.Mutable answer) {
        answer.add(AS_SAID);
        answer.add(NO_FRAME);
        if (!answer.contains(REFERRER)) {
            answer.add(OWN_SITE);
        }
        String type = answer.get("Content-Type");
        if (type != null && type.startsWith("text/html")) {
            answer.add(PAGE);
        }
        if (request.isSecure() || "https".equals(request.getHeaders().get(PROTOCOL))) {
            answer.add(ONLY_TLS);
        }
    }
}
