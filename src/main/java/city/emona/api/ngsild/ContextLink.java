package city.emona.api.ngsild;

import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Link header that carries a JSON-LD context (clause 6.3.5). */
final class ContextLink {
    private static final String REL = "http://www.w3.org/ns/json-ld#context";
    private static final Pattern LINK =
            Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^;,=\"]+(?:=(?:\"[^\"]*\"|[^;,\"]*))?)*)");
    private static final Pattern REL_PARAMETER = Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]*))");

    private ContextLink() {}

    /**
     * The address of the context in a request's Link headers.
     *
     * @throws Problem of type BadRequestData when there are several
     */
    static Optional<String> find(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        for (String header : headers) {
            Matcher links = LINK.matcher(header);
            while (links.find()) {
                Matcher rel = REL_PARAMETER.matcher(links.group(2));
                if (rel.find() && REL.equals(rel.group(1) == null ? rel.group(2) : rel.group(1))) {
                    found.add(links.group(1).strip());
                }
            }
        }
        if (found.size() > 1) {
            throw Problem.badRequestData("The request has several Link headers with a context.", "Send one.");
        }
        return found.stream().findFirst();
    }

    /** The header of an answer, in the form that clients compare literally. */
    static String format(String url) {
        return "<" + url + ">; rel=\"" + REL + "\"; type=\"application/ld+json\"";
    }
}
