package city.emona.api.ngsild;

import city.emona.http.Accept;
import city.emona.problem.Problem;
import java.util.List;

/** The media types of answers, in the order in which the server prefers them (clause 6.3.4). */
enum MediaType {
    JSON("application/json"),
    JSON_LD("application/ld+json"),
    GEO_JSON("application/geo+json");

    private final String text;

    MediaType(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /**
     * The type that suits the Accept headers best.
     *
     * @param offered the types that the resource has
     * @throws Problem of type NotAcceptable when none suits
     */
    static MediaType negotiate(List<String> accept, List<MediaType> offered) {
        if (accept.isEmpty() || (accept.size() == 1 && accept.getFirst().equals("*/*"))) {
            return offered.getFirst();
        }
        List<String> texts = offered.stream().map(MediaType::text).toList();
        return offered.get(texts.indexOf(Accept.negotiate(accept, texts)));
    }
}
