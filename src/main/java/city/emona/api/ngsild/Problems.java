package city.emona.api.ngsild;

import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import tools.jackson.databind.node.ObjectNode;

/** Problems as NGSI-LD bodies (clause 5.5.2 and 6.3.3, after RFC 7807). */
public final class Problems {
    private Problems() {}

    /** The problem as an answer. */
    public static Response response(Problem problem) {
        ProblemType type = problem.type();
        if (!hasBody(type)) {
            return Response.empty(type.status());
        }
        Response response = Response.json(type.status(), Json.bytes(body(problem)));
        return type == ProblemType.UNAUTHORIZED
                ? response.with("WWW-Authenticate", "Bearer realm=\"Emona\"")
                : response;
    }

    /** Whether the answer has a body: those about bodies have none (clause 6.3.4). */
    public static boolean hasBody(ProblemType type) {
        return type != ProblemType.UNSUPPORTED_MEDIA_TYPE && type != ProblemType.LENGTH_REQUIRED;
    }

    /** The problem as a JSON object. */
    static ObjectNode body(Problem problem) {
        return Json.object()
                .put("type", problem.type().uri())
                .put("title", problem.type().title())
                .put("detail", problem.explanation())
                .put("status", problem.type().status());
    }
}
