package city.emona.api.operations;

import city.emona.broker.delivery.DeadLetter;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.ReplayStart;
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
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on deliveries, under {@value #ROOT}. */
public final class DeliveryOperations {
    /** Where they begin. */
    public static final String ROOT = "/deliveries";

    private static final String ENDPOINTS = ROOT + "/endpoints";
    private static final String LETTERS = ROOT + "/dead-letters";
    private static final String JSON = "application/json";
    private static final int LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final Parameter OF_ENDPOINT =
            Parameter.text("endpoint", "The id of an endpoint; without it, those of all endpoints.");

    private final DeliveryEngine engine;

    public DeliveryOperations(DeliveryEngine engine) {
        this.engine = engine;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.concat(ofEndpoints(), ofLetters())
                .map(operation -> operation
                        .in("Operate deliveries")
                        .requiring(
                                operation.method().equals("GET") ? Right.DELIVERIES_READ : Right.DELIVERIES_OPERATE));
    }

    private Stream<Operation> ofEndpoints() {
        return Stream.of(
                Operation.get(ENDPOINTS, this::listEndpoints)
                        .named("listDeliveryEndpoints", "List the endpoints and how the delivery to each stands", "")
                        .explained("Those that make trouble come first. Addresses come without their passwords.")
                        .answering(Answer.of(200, "The endpoints.", "DeliveryEndpointList", JSON)),
                Operation.post(ENDPOINTS + "/{id}/try", this::tryNow)
                        .named("tryDeliveryEndpoint", "Try an endpoint now, before its pause is over", "")
                        .with(Parameter.path("id", "The id of the endpoint."))
                        .answering(Answer.empty(204, "The next message is on its way, if one waits."))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND),
                Operation.post(ENDPOINTS + "/{id}/hold", this::hold)
                        .named("holdDeliveryEndpoint", "Send nothing to an endpoint until it is resumed", "")
                        .explained("What is for it waits, as long as messages are kept to be sent again.")
                        .with(Parameter.path("id", "The id of the endpoint."))
                        .answering(Answer.empty(204, "Nothing more is sent but what is on its way."))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND, ProblemType.INSUFFICIENT_STORAGE),
                Operation.post(ENDPOINTS + "/{id}/resume", this::resume)
                        .named("resumeDeliveryEndpoint", "Send to an endpoint again that was held", "")
                        .with(Parameter.path("id", "The id of the endpoint."))
                        .answering(Answer.empty(204, "What waits is on its way."))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND, ProblemType.INSUFFICIENT_STORAGE),
                Operation.post(ROOT + "/replay", this::replay)
                        .named("replayDeliveries", "Send messages once more, from a time or a position on", "")
                        .explained("To an endpoint or to one subscription; in order, and before what is new.")
                        .taking(RequestBody.of("What is to be sent again.", "DeliveryReplay", JSON)
                                .withExample("DeliveryReplay"))
                        .answering(Answer.of(200, "Whether there was anything to send again.", "Replayed", JSON))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.INSUFFICIENT_STORAGE));
    }

    private Stream<Operation> ofLetters() {
        return Stream.of(
                Operation.get(LETTERS, this::listLetters)
                        .named("listDeadLetters", "List the messages that were given up", "")
                        .with(
                                OF_ENDPOINT,
                                Parameter.whole("limit", 1, MAX_LIMIT, LIMIT, "How many at most, the oldest first."),
                                Parameter.whole(
                                        "after",
                                        0,
                                        Integer.MAX_VALUE,
                                        0,
                                        "The number behind which to begin; for more pages."))
                        .answering(Answer.of(200, "The messages.", "DeadLetterList", JSON))
                        .refusing(ProblemType.BAD_REQUEST_DATA, ProblemType.INVALID_REQUEST),
                Operation.post(LETTERS + "/retry", this::retry)
                        .named("retryDeadLetters", "Send messages that were given up again, now", "")
                        .explained("They stay in the list until they have arrived.")
                        .taking(RequestBody.of("One message, or those of an endpoint, or all.", "DeadLetterRetry", JSON)
                                .withExample("DeadLetterRetry"))
                        .answering(Answer.of(200, "How many are sent again.", "DeadLetterCount", JSON))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND),
                Operation.delete(LETTERS, this::deleteLetters)
                        .named("deleteDeadLetters", "Delete messages that were given up", "")
                        .with(OF_ENDPOINT)
                        .answering(Answer.of(200, "How many were deleted.", "DeadLetterCount", JSON))
                        .refusing(ProblemType.INVALID_REQUEST, ProblemType.INSUFFICIENT_STORAGE),
                Operation.delete(LETTERS + "/{number}", this::deleteLetter)
                        .named("deleteDeadLetter", "Delete a message that was given up", "")
                        .with(Parameter.path("number", "The number of the message."))
                        .answering(Answer.empty(204, "The message is deleted."))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND, ProblemType.INSUFFICIENT_STORAGE));
    }

    private Response listEndpoints(Request request) {
        ArrayNode list = Json.array();
        engine.listEndpoints().forEach(state -> list.add(DeliveryJson.of(state)));
        return Response.json(200, Json.bytes(list));
    }

    private Response tryNow(Request request) {
        engine.tryNow(request.parameter("id"));
        return Response.empty(204);
    }

    private Response hold(Request request) {
        engine.hold(request.parameter("id"));
        return Response.empty(204);
    }

    private Response resume(Request request) {
        engine.resume(request.parameter("id"));
        return Response.empty(204);
    }

    private Response replay(Request request) {
        ObjectNode body = body(request, Set.of("endpoint", "subscription", "tenant", "fromTime", "fromPosition"));
        ReplayStart start = start(body);
        String endpoint = text(body, "endpoint");
        String subscription = text(body, "subscription");
        if (endpoint.isEmpty() == subscription.isEmpty()) {
            throw Problem.badRequestData(
                    "The body must name an endpoint or a subscription.", "Send one of endpoint and subscription.");
        }
        boolean replayed = endpoint.isEmpty()
                ? engine.replaySubscription(new Tenant(text(body, "tenant")), subscription, start)
                : engine.replayEndpoint(endpoint, start);
        return Response.json(200, Json.bytes(Json.object().put("replayed", replayed)));
    }

    private static ReplayStart start(ObjectNode body) {
        JsonNode position = body.path("fromPosition");
        String time = text(body, "fromTime");
        if (position.isMissingNode() != time.isEmpty()) {
            if (time.isEmpty()
                    && position.isIntegralNumber()
                    && position.canConvertToLong()
                    && position.asLong() >= 0) {
                return new ReplayStart.FromPosition(position.asLong());
            }
            var millis = Timestamps.parse(time);
            if (millis.isPresent()) {
                return new ReplayStart.FromTime(millis.getAsLong());
            }
        }
        throw Problem.badRequestData(
                "The body does not say from where to send again.",
                "Send fromTime, a date-time such as 2026-11-23T08:00:00Z, or fromPosition, a whole number.");
    }

    private Response listLetters(Request request) {
        String endpoint = request.query().find("endpoint").orElse("");
        int limit = request.query().find("limit").map(Integer::parseInt).orElse(LIMIT);
        long after = request.query().find("after").map(Long::parseLong).orElse(0L);
        List<DeadLetter> letters = engine.listDeadLetters(endpoint, after, Math.min(limit, MAX_LIMIT));
        ArrayNode list = Json.array();
        letters.forEach(letter -> list.add(DeliveryJson.of(letter)));
        return Response.json(200, Json.bytes(list));
    }

    private Response retry(Request request) {
        ObjectNode body = body(request, Set.of("number", "endpoint"));
        JsonNode number = body.path("number");
        if (number.isMissingNode()) {
            return count("retried", engine.retryDeadLetters(text(body, "endpoint")));
        }
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw Problem.badRequestData("The number is no whole number.", "Use one from the list of dead letters.");
        }
        engine.retryDeadLetter(number.asLong());
        return count("retried", 1);
    }

    private Response deleteLetters(Request request) {
        return count(
                "deleted",
                engine.deleteDeadLetters(request.query().find("endpoint").orElse("")));
    }

    private Response deleteLetter(Request request) {
        String number = request.parameter("number");
        try {
            engine.deleteDeadLetter(Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw Problem.notFound("There is no dead letter »" + number + "«.");
        }
        return Response.empty(204);
    }

    private static Response count(String what, int number) {
        return Response.json(200, Json.bytes(Json.object().put(what, number)));
    }

    private static ObjectNode body(Request request, Set<String> members) {
        if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        for (String name : body.propertyNames()) {
            if (!members.contains(name)) {
                throw Problem.badRequestData(
                        "The member »" + name + "« is not known here.",
                        "Use " + String.join(", ", members.stream().sorted().toList()) + ".");
            }
        }
        return body;
    }

    private static String text(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isString()) {
            throw Problem.badRequestData("The member " + name + " is no text.", "Send it as text.");
        }
        return value.stringValue();
    }
}
