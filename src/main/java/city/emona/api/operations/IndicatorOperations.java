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
import city.emona.time.Timestamps;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.indicator.IndicatorBook;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people read of indicators; to see them, ask for entities of the type {@code KeyPerformanceIndicator}. */
public final class IndicatorOperations {
    private static final Set<String> MEMBERS = Set.of("value", "observedAt", "who", "note");

    private final IndicatorBook book;
    private final InstantSource clock;

    public IndicatorOperations(IndicatorBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(Operation.post("/indicators/{id}/readings", this::read)
                .named("addIndicatorReading", "Enter what was read of an indicator", "")
                .explained("Only of indicators that a vertical declares as read by people.")
                .with(Parameter.path("id", "The id of the indicator's entity."))
                .taking(RequestBody.of("The value, and who read it.", "IndicatorReading", "application/json")
                        .withExample("IndicatorReading"))
                .answering(Answer.empty(204, "The value is entered."))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.INSUFFICIENT_STORAGE)
                .requiring(Right.INDICATORS_ENTER, request -> PlatformTerms.verticalOf(request.parameter("id")))
                .in("Operate indicators"));
    }

    private Response read(Request request) {
        if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw Problem.badRequestData(
                        "The member »" + name + "« is not known here.", "Use value, observedAt, who and note.");
            }
        }
        JsonNode value = body.path("value");
        if (!value.isNumber()) {
            throw Problem.badRequestData("The value is no number.", "Send it as a number.");
        }
        book.read(
                request.parameter("id"), value.doubleValue(), observedAt(body), text(body, "who"), text(body, "note"));
        return Response.empty(204);
    }

    private long observedAt(ObjectNode body) {
        String text = text(body, "observedAt");
        OptionalLong time = text.isEmpty() ? OptionalLong.of(clock.millis()) : Timestamps.parse(text);
        return time.orElseThrow(
                () -> Problem.badRequestData("»" + text + "« is no date-time.", "Write it like 2026-11-23T08:00:00Z."));
    }

    private static String text(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Problem.badRequestData("The member " + name + " is no text.", "Send it as text.");
        }
        return value.asString("");
    }
}
