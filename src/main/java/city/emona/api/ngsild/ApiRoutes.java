package city.emona.api.ngsild;

import city.emona.http.Handler;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Operations;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.util.List;

/**
 * Routes operations, each with and without a slash behind its path, and answers their problems as NGSI-LD does, whatever the rest of the
 * server answers.
 */
final class ApiRoutes {
    private final Operations operations;

    ApiRoutes(Operations operations) {
        this.operations = operations;
    }

    /** The operation with what all of them have: the headers of context and tenant, and the problems of every body. */
    private static Operation described(Operation operation) {
        Operation described = operation
                .with(Parameters.LINK, Parameters.TENANT, Parameters.SNAPSHOT)
                .refusing(
                        ProblemType.NONEXISTENT_TENANT, ProblemType.LD_CONTEXT_NOT_AVAILABLE, ProblemType.UNAVAILABLE);
        return operation.findBody().isEmpty()
                ? described
                : described.refusing(
                        ProblemType.LENGTH_REQUIRED,
                        ProblemType.PAYLOAD_TOO_LARGE,
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        ProblemType.INSUFFICIENT_STORAGE);
    }

    void add(Operation operation) {
        boolean takesBody = operation.findBody().isPresent();
        operations.add(described(operation), takesBody ? ApiRoutes::sized : ApiRoutes::answering, "", "/");
    }

    /** The addresses that are left when a client's entity id, or the name of an attribute, is empty. */
    void refuseEmptyIds() {
        Router router = operations.router();
        Handler refuse = answering(_ -> {
            throw Problem.badRequestData(
                    "The address lacks the id of the entity or the name of the attribute.",
                    "Write the id behind /entities/ and the name behind /attrs/.");
        });
        Handler refuseBody = sized(refuse);
        for (String end : List.of("", "/")) {
            router.put(NgsiLdApi.ENTITIES + end, refuseBody).patch(NgsiLdApi.ENTITIES + end, refuseBody);
            String attributes = NgsiLdApi.ENTITIES + "//attrs";
            router.post(attributes + end, refuseBody).patch(attributes + end, refuseBody);
            String attribute = attributes + "/{attribute}" + end;
            router.patch(attribute, refuseBody).put(attribute, refuseBody).delete(attribute, refuse);
            String past = NgsiLdApi.HISTORIES + "//attrs";
            router.post(past + end, refuseBody).delete(past + "/{attribute}" + end, refuse);
            String instance = past + "/{attribute}/{instanceId}" + end;
            router.patch(instance, refuseBody).delete(instance, refuse);
            router.delete(NgsiLdApi.HISTORY_ATTRIBUTES + "//{instanceId}" + end, refuse);
        }
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
