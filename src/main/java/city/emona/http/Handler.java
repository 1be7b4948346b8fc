package city.emona.http;

/**
 * Answers one request. It returns the whole answer, or throws a {@link city.emona.problem.Problem}, which becomes an error body; any
 * other exception is logged and becomes an answer of status 500. Handlers are called by many threads at once.
 */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
