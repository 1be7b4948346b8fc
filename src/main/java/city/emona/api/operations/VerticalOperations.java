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
import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalSchema;
import city.emona.vertical.life.Ledger;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.life.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What programs ask about the life of verticals: packages are uploaded, plans made and carried out, files changed here only. */
public final class VerticalOperations {
    private static final String JSON = "application/json";
    private static final String ZIP = "application/zip";
    private static final String BYTES = "application/octet-stream";
    private static final String ROOT = "/verticals";
    private static final String FILE = ROOT + "/{id}/files/{path*}";
    private static final Parameter ID =
            Parameter.path("id", "The id of the vertical.").withExample("air-quality");
    private static final Parameter PATH =
            Parameter.path("path", "The path inside the package.").withExample("vertical.yaml");

    private final LifeCycle life;

    public VerticalOperations(LifeCycle life) {
        this.life = life;
    }

    /** The operations. */
    public List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        reading().forEach(operation -> all.add(operation.in("Verticals")));
        changing().forEach(operation -> all.add(operation.in("Verticals")));
        return all;
    }

    private List<Operation> reading() {
        return List.of(
                Operation.get(ROOT, _ -> list())
                        .requiring(Right.VERTICALS_READ)
                        .named("listVerticals", "List the verticals that run", "")
                        .answering(Answer.of(200, "The verticals.", "VerticalList", JSON)),
                Operation.get(ROOT + "/{id}", this::retrieve)
                        .requiring(Right.VERTICALS_READ, VerticalOperations::id)
                        .named("retrieveVertical", "Retrieve what is known of a vertical", "")
                        .explained("Also of one that was removed. Answers that are secrets are never given.")
                        .with(ID)
                        .answering(Answer.of(200, "The vertical.", "Vertical", JSON))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND),
                Operation.get(FILE, request -> Response.of(200, BYTES, life.file(id(request), path(request))))
                        .requiring(Right.VERTICALS_READ, VerticalOperations::id)
                        .named("retrieveVerticalFile", "Retrieve a file of an installed vertical as it is at work", "")
                        .with(ID, PATH)
                        .answering(Answer.of(200, "The file.", "Bytes", BYTES))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND),
                Operation.getFast(
                                VerticalSchema.PATH,
                                _ -> Response.of(200, "application/schema+json", VerticalSchema.bytes())
                                        .with("Access-Control-Allow-Origin", "*"))
                        .requiring(Right.SERVICE_READ)
                        .named("retrieveVerticalSchema", "Retrieve the JSON Schema of vertical.yaml", "")
                        .answering(Answer.of(200, "The schema.", "JsonSchema", "application/schema+json")));
    }

    private List<Operation> changing() {
        return List.of(
                Operation.post(ROOT + "/packages", this::upload)
                        .requiring(Right.VERTICALS_MANAGE)
                        .named("uploadVerticalPackage", "Check a package, and keep it to be installed", "")
                        .explained(
                                "The body is a ZIP file of the vertical's folder. A package with findings is not kept; one that is kept"
                                        + " waits under its digest until it is installed, at most an hour.")
                        .taking(RequestBody.of("The ZIP file.", "Bytes", ZIP))
                        .answering(Answer.of(200, "What was found.", "VerticalPackageReport", JSON))
                        .refusing(ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.PAYLOAD_TOO_LARGE),
                Operation.post(
                                ROOT + "/plans",
                                request -> json(life.plan(order(request)).toJson()))
                        .requiring(Right.VERTICALS_MANAGE)
                        .named("planVerticalChange", "Say what an order would do", "")
                        .explained("Nothing is changed. The plan's hash stands for exactly this plan.")
                        .taking(RequestBody.of("What is wanted.", "VerticalOrder", JSON)
                                .withExample("VerticalOrder"))
                        .answering(Answer.of(200, "The plan.", "VerticalPlan", JSON))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                ProblemType.RESOURCE_NOT_FOUND),
                Operation.post(ROOT + "/changes", this::apply)
                        .requiring(Right.VERTICALS_MANAGE)
                        .named("changeVerticals", "Carry an order out", "")
                        .explained(
                                "All of it in one commit, or nothing. With `plan`, only when the plan is still the same.")
                        .taking(RequestBody.of("What is wanted.", "VerticalOrder", JSON)
                                .withExample("VerticalOrder"))
                        .answering(Answer.of(200, "The plan that was carried out.", "VerticalPlan", JSON))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.CONFLICT,
                                ProblemType.INSUFFICIENT_STORAGE),
                Operation.put(FILE, this::edit)
                        .requiring(Right.VERTICALS_MANAGE, VerticalOperations::id)
                        .named("changeVerticalFile", "Change a file of an installed vertical here only", "")
                        .explained(
                                "The change is kept through upgrades. Identity, version and models cannot be changed.")
                        .with(ID, PATH)
                        .taking(RequestBody.of("The new content.", "Bytes", BYTES))
                        .answering(Answer.empty(204, "The change is at work."))
                        .refusing(
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                ProblemType.INSUFFICIENT_STORAGE),
                Operation.delete(FILE, this::revert)
                        .requiring(Right.VERTICALS_MANAGE, VerticalOperations::id)
                        .named("revertVerticalFile", "Take a local change of a file back", "")
                        .with(ID, PATH)
                        .answering(Answer.empty(204, "The file is the package's again."))
                        .refusing(
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.INSUFFICIENT_STORAGE));
    }

    private static String id(Request request) {
        return request.parameter("id");
    }

    private static String path(Request request) {
        return request.parameter("path");
    }

    private static Response json(ObjectNode json) {
        return Response.json(200, Json.bytes(json));
    }

    private static Order order(Request request) {
        require(request, JSON);
        return Order.read(Json.parse(request.body()));
    }

    private Response list() {
        ArrayNode list = Json.array();
        for (Vertical vertical : life.current().list()) {
            list.add(VerticalJson.of(vertical, life.findLedger(vertical.id())));
        }
        return Response.json(200, Json.bytes(list));
    }

    private Response retrieve(Request request) {
        String id = id(request);
        Optional<Vertical> running = life.current().find(id);
        Optional<Ledger> ledger = life.findLedger(id);
        if (running.isEmpty() && ledger.isEmpty()) {
            throw Problem.notFound("There is no vertical " + id + ".");
        }
        return json(VerticalJson.whole(running, ledger));
    }

    /** The media type is asked for, since a browser sends these to another site only after asking that site. */
    private static void require(Request request, String mediaType) {
        String sent = request.header("Content-Type")
                .orElse("")
                .replaceFirst(";.*$", "")
                .strip();
        if (!sent.equals(mediaType)) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The media type »" + sent + "« is not understood here.",
                    "Send " + mediaType + ".");
        }
    }

    private Response upload(Request request) {
        require(request, ZIP);
        if (request.body().length > PackageContent.MAX_BYTES) {
            throw new Problem(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "A package has at most " + PackageContent.MAX_BYTES + " bytes.",
                    "Leave out what does not belong to it.");
        }
        return json(life.upload(request.body()).toJson());
    }

    private Response apply(Request request) {
        require(request, JSON);
        if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        LifeCycle.Outcome outcome = life.apply(Order.read(body), Order.text(body, "plan"));
        ObjectNode json = outcome.plan().toJson();
        outcome.file().ifPresent(file -> json.put("file", file.toAbsolutePath().toString()));
        return json(json);
    }

    private Response edit(Request request) {
        require(request, BYTES);
        life.edit(id(request), path(request), request.body());
        return Response.empty(204);
    }

    private Response revert(Request request) {
        life.revert(id(request), path(request));
        return Response.empty(204);
    }
}
