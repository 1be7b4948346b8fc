package city.emona.api.operations;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.RequestBody;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.rule.Alerts;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is done with alerts; to read them, ask for entities of the type {@code Alert}. */
public final class AlertOperations {
    private static final String JSON = "application/json";
    private static final Set<String> MEMBERS = Set.of("who", "note");

    private final Alerts alerts;

    public AlertOperations(Alerts alerts) {
        this.alerts = alerts;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(Operation.post("/alerts/{id}/acknowledge", this::acknowledge)
                .named("acknowledgeAlert", "Say that an alert was seen and is looked after", "")
                .with(Parameter.path("id", "The id of the alert's entity."))
                .taking(RequestBody.of("Who acknowledges it, and what is done.", "Acknowledgement", JSON)
                        .withExample("Acknowledgement"))
                .answering(Answer.empty(204, "The alert is acknowledged."))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.CONFLICT,
                        ProblemType.INSUFFICIENT_STORAGE)
                .requiring(Right.ALERTS_ACKNOWLEDGE, request -> PlatformTerms.verticalOf(request.parameter("id")))
                .in("Operate alerts"));
    }

    private Response acknowledge(Request request) {
        if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw Problem.badRequestData("The member »" + name + "« is not known here.", "Use who and note.");
            }
        }
        alerts.acknowledge(request.parameter("id"), text(body, "who"), text(body, "note"));
        return Response.empty(204);
    }

    private static String text(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Problem.badRequestData("The member " + name + " is no text.", "Send it as text.");
        }
        return value.asString("");
    }
}
