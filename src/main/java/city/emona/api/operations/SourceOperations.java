package city.emona.api.operations;

import city.emona.access.Visit;
import city.emona.http.Handler;
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
import city.emona.vertical.LocalizedText;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceSupervisor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on sources, under {@value #ROOT}: how they are, whether they are to run, and documents that are sent to them. */
public final class SourceOperations {
    /** Where they begin. */
    public static final String ROOT = "/sources";

    private static final String ONE = ROOT + "/{vertical}/{source}";
    private static final String JSON = "application/json";
    private static final String[] DOCUMENTS = {
        JSON, "application/octet-stream", "application/x-ndjson", "application/geo+json", "application/xml", "text/csv"
    };
    private static final Parameter VERTICAL =
            Parameter.path("vertical", "The id of the vertical.").withExample("air-quality");
    private static final Parameter SOURCE =
            Parameter.path("source", "The id of the source in it.").withExample("arso");

    private final Supplier<@Nullable SourceSupervisor> running;

    /** @param running null while the server is starting */
    public SourceOperations(Supplier<@Nullable SourceSupervisor> running) {
        this.running = running;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(
                        Operation.get(ROOT, this::list)
                                .requiring(Right.SOURCES_READ)
                                .named("listSources", "List the sources and how each is", "")
                                .answering(Answer.of(200, "The sources.", "SourceList", JSON))
                                .refusing(ProblemType.UNAVAILABLE),
                        Operation.get(ONE + "/rejected", this::rejected)
                                .requiring(Right.SOURCES_READ, SourceOperations::vertical)
                                .named("listRejectedRecords", "List the last records that a source's data lost", "")
                                .with(VERTICAL, SOURCE)
                                .answering(Answer.of(200, "The records, newest first.", "RejectedRecordList", JSON))
                                .refusing(ProblemType.RESOURCE_NOT_FOUND, ProblemType.UNAVAILABLE),
                        Operation.put(ONE + "/state", this::setState)
                                .requiring(Right.SOURCES_SWITCH, SourceOperations::vertical)
                                .named("setSourceState", "Switch a source on or off", "")
                                .explained("It stays so over a restart.")
                                .with(VERTICAL, SOURCE)
                                .taking(RequestBody.of("What it is to be.", "SourceState", JSON)
                                        .withExample("SourceState"))
                                .answering(Answer.empty(204, "It is so."))
                                .refusing(
                                        ProblemType.INVALID_REQUEST,
                                        ProblemType.BAD_REQUEST_DATA,
                                        ProblemType.RESOURCE_NOT_FOUND,
                                        ProblemType.INSUFFICIENT_STORAGE,
                                        ProblemType.UNAVAILABLE),
                        taking("/push", this::push)
                                .requiring(Right.SOURCES_PUSH, SourceOperations::vertical)
                                .named("pushToSource", "Push data to a source", "")
                                .explained(
                                        "For sources with the connector `push`. Where the source wants a proof of who sends, a token or a"
                                                + " signature of the body is to stand in the header field that it declares.")
                                .answering(Answer.of(202, "The data are committed.", "SourceCounts", JSON)),
                        taking("/documents", this::bring)
                                .requiring(Right.SOURCES_BRING, SourceOperations::vertical)
                                .named("bringDocument", "Bring a document to a source, as if it had been fetched", "")
                                .answering(Answer.of(200, "The data are committed.", "SourceCounts", JSON)))
                .map(operation -> operation.in("Operate sources"));
    }

    private static Operation taking(String path, Handler handler) {
        return Operation.post(ONE + path, handler)
                .with(VERTICAL, SOURCE)
                .taking(RequestBody.of("A document in the source's format.", "SourceDocument", DOCUMENTS))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.UNAUTHORIZED,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.CONFLICT,
                        ProblemType.PAYLOAD_TOO_LARGE,
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        ProblemType.INSUFFICIENT_STORAGE,
                        ProblemType.UNAVAILABLE);
    }

    private static String vertical(Request request) {
        return request.parameter("vertical");
    }

    private SourceSupervisor sources() {
        SourceSupervisor supervisor = running.get();
        if (supervisor == null) {
            throw new Problem(ProblemType.UNAVAILABLE, "The sources are not running yet.", "Try again in a moment.");
        }
        return supervisor;
    }

    private Response list(Request request) {
        SourceSupervisor supervisor = sources();
        ArrayNode list = Json.array();
        for (SourceHealth health : supervisor.health()) {
            list.add(json(health, supervisor.isDesired(health.identity().id())));
        }
        return Response.json(200, Json.bytes(list));
    }

    private static ObjectNode json(SourceHealth health, boolean desired) {
        ObjectNode json = Json.object();
        json.put("vertical", health.identity().vertical());
        json.put("source", health.identity().source());
        json.put("address", health.identity().address());
        json.put("desired", desired ? "on" : "off");
        json.put("status", health.status().term());
        time(json, "lastAttemptAt", health.lastAttempt());
        time(json, "lastSuccessAt", health.lastSuccess());
        time(json, "newestObservationAt", health.counts().newestObservation());
        json.put("failures", health.failures());
        health.findTrouble().ifPresent(trouble -> json.set("trouble", text(trouble.reason())));
        health.findDetected().ifPresent(what -> json.set("detected", text(what)));
        json.set("counts", json(health.counts()));
        return json;
    }

    private static ObjectNode json(SourceHealth.Counts counts) {
        return Json.object()
                .put("accepted", counts.accepted())
                .put("incomplete", counts.incomplete())
                .put("rejected", counts.rejected())
                .put("unchanged", counts.unchanged())
                .put("entities", counts.entities());
    }

    private static void time(ObjectNode json, String name, long atMillis) {
        if (atMillis > 0) {
            json.put(name, Timestamps.format(atMillis));
        }
    }

    private static ObjectNode text(LocalizedText text) {
        return Json.object().put("sl", text.sl()).put("en", text.en());
    }

    private Response rejected(Request request) {
        String id = SourceSupervisor.healthId(request.parameter("vertical"), request.parameter("source"));
        if (sources().health().stream()
                .noneMatch(health -> health.identity().id().equals(id))) {
            throw Problem.notFound("There is no such source.");
        }
        ArrayNode list = Json.array();
        for (RejectedRecord one : sources().lastRejected(id)) {
            list.addObject()
                    .put("at", Timestamps.format(one.atMillis()))
                    .put("partly", one.partly())
                    .put("record", one.record())
                    .set("reason", text(one.reason()));
        }
        return Response.json(200, Json.bytes(list));
    }

    private Response setState(Request request) {
        if (!(Json.parse(request.body()) instanceof ObjectNode body) || body.size() != 1) {
            throw Problem.badRequestData("The body does not say one thing.", "Send {\"desired\": \"on\"} or \"off\".");
        }
        boolean on =
                switch (body.path("desired").asString("")) {
                    case "on" -> true;
                    case "off" -> false;
                    default ->
                        throw Problem.badRequestData(
                                "A source can be on or off.", "Send {\"desired\": \"on\"} or \"off\".");
                };
        sources().setDesired(request.parameter("vertical"), request.parameter("source"), on);
        return Response.empty(204);
    }

    private Response push(Request request) {
        SourceHealth.Counts counts = sources()
                .push(
                        request.parameter("vertical"),
                        request.parameter("source"),
                        request::header,
                        Visit.current().may(Right.SOURCES_BRING),
                        request.body());
        return Response.json(202, Json.bytes(json(counts)));
    }

    private Response bring(Request request) {
        SourceHealth.Counts counts =
                sources().bring(request.parameter("vertical"), request.parameter("source"), request.body());
        return Response.json(200, Json.bytes(json(counts)));
    }
}
