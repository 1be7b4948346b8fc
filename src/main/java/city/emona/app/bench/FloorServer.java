package city.emona.app.bench;

import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.problem.Problem;

/**
 * The floor: Emona's HTTP server answering with bytes that are always the same, as many as an entity or a list of twenty has. No broker
 * on this server can be faster.
 */
final class FloorServer {
    /** What the table calls it. */
    static final String NAME = "constant bytes";

    static final String SMALL_PATH = "/small";
    private static final String LARGE_PATH = "/large";
    private static final Fixture FIXTURE = new Fixture("BenchFloor");

    private FloorServer() {}

    static String pathFor(Task task) {
        return task.isLarge() ? LARGE_PATH : SMALL_PATH;
    }

    static byte[] bytesFor(Task task) {
        return task.isLarge() ? FIXTURE.batch(0, QueryByType.LIMIT, 0) : FIXTURE.entity(0, 0);
    }

    /** Serves until the process is ended; the argument is the port. */
    public static void main(String[] arguments) throws Exception {
        byte[] small = bytesFor(Task.RETRIEVE_FEW);
        byte[] large = bytesFor(Task.QUERY_FEW);
        Router router = new Router()
                .getFast(SMALL_PATH, request -> Response.json(200, small))
                .getFast(LARGE_PATH, request -> Response.json(200, large));
        HttpServer.start(HttpServerConfig.onLoopback(Integer.parseInt(arguments[0])), router, FloorServer::refuse);
    }

    private static Response refuse(Request request, Problem problem, String incident) {
        return Response.text(404, problem.getMessage() + incident);
    }
}
