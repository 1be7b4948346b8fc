package city.emona.api.ngsild;

import city.emona.http.Handler;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;

/**
 * Routes operations, each with and without a slash behind its path, and answers their problems as NGSI-LD does, whatever the rest of the
 * server answers.
 */
final class ApiRoutes {
    private final Router router;

    ApiRoutes(Router router) {
        this.router = router;
    }

    ApiRoutes getFast(String path, Handler handler) {
        router.getFast(path, answering(handler)).getFast(path + "/", answering(handler));
        return this;
    }

    ApiRoutes post(String path, Handler handler) {
        router.post(path, sized(handler)).post(path + "/", sized(handler));
        return this;
    }

    ApiRoutes put(String path, Handler handler) {
        router.put(path, sized(handler)).put(path + "/", sized(handler));
        return this;
    }

    ApiRoutes patch(String path, Handler handler) {
        router.patch(path, sized(handler)).patch(path + "/", sized(handler));
        return this;
    }

    ApiRoutes delete(String path, Handler handler) {
        router.delete(path, answering(handler)).delete(path + "/", answering(handler));
        return this;
    }

    /** Clause 6.3.4: without a Content-Length, nothing else is looked at. */
    private static Handler sized(Handler handler) {
        return answering(request -> {
            if (request.header("Content-Length").isEmpty()) {
                throw new Problem(
                        ProblemType.LENGTH_REQUIRED,
                        "The request has no header Content-Length.",
                        "Send the length of the body.");
            }
            return handler.handle(request);
        });
    }

    private static Handler answering(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (Problem problem) {
                return withTenant(Problems.response(problem), request);
            }
        };
    }

    private static Response withTenant(Response response, Request request) {
        try {
            return EntityAnswers.withTenant(response, ApiRequest.tenant(request));
        } catch (Problem _) {
            return EntityAnswers.withTenant(response, Tenant.DEFAULT);
        }
    }
}
