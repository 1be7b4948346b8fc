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
                    case 413, 414, 431 ->
                        new Problem(
                                ProblemType.PAYLOAD_TOO_LARGE,
                                "The address or the header of the request is too long.",
                                "Send less.");
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
        for (city.emona.http.Response.Header header : answer.headers()) {
            response.getHeaders().put(header.name(), header.value());
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }
}
