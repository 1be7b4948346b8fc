package city.emona.http;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the requests that are too broken to be dispatched, with the status that the HTTP library gives them. */
final class BrokenRequests implements Request.Handler {
    private final ProblemRenderer problems;

    BrokenRequests(ProblemRenderer problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request jetty, Response response, Callback callback) {
        int status = response.getStatus();
        Problem problem =
                switch (status) {
                    case 413 ->
                        new Problem(ProblemType.PAYLOAD_TOO_LARGE, "The request is too large.", "Send less at once.");
                    case 414 ->
                        new Problem(
                                ProblemType.URI_TOO_LONG,
                                "The address is longer than " + HttpServer.MAX_HEADER_BYTES / 1024 + " KB.",
                                "Send the query as the body of POST /ngsi-ld/v1/entityOperations/query, or in several requests.");
                    case 431 ->
                        new Problem(
                                ProblemType.HEADERS_TOO_LARGE,
                                "The address and the headers are larger than " + HttpServer.MAX_HEADER_BYTES / 1024
                                        + " KB together.",
                                "Send shorter headers.");
                    case 500, 503 ->
                        new Problem(
                                ProblemType.UNAVAILABLE, "The server cannot answer this request now.", "Try again.");
                    default -> Problem.invalidRequest("The request is not valid HTTP.", "Check the client.");
                };
        city.emona.http.Request request = new city.emona.http.Request(
                jetty.getMethod(),
                "/",
                Map.of(),
                QueryParameters.EMPTY,
                jetty.getHeaders()::getValuesList,
                new byte[0]);
        city.emona.http.Response answer = problems.render(request, problem, "");
        response.setStatus(answer.status());
        for (city.emona.http.Response.Header header : answer.headers()) {
            response.getHeaders().put(header.name(), header.value());
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        SecurityHeaders.add(jetty, response.getHeaders());
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }
}
