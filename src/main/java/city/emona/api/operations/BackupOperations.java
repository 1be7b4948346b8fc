package city.emona.api.operations;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.RequestBody;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.backup.BackupRun;
import city.emona.store.backup.Backups;
import city.emona.time.Timestamps;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on backups, at {@value #ROOT}. */
public final class BackupOperations {
    /** Where they are. */
    public static final String ROOT = "/backups";

    private static final String JSON = "application/json";
    private static final Set<String> MEMBERS = Set.of("folder", "proof", "secrets");

    private final Backups backups;

    public BackupOperations(Backups backups) {
        this.backups = backups;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(
                        Operation.get(ROOT, this::list)
                                .named(
                                        "listBackups",
                                        "List the latest backups since the start, and how each stands",
                                        "")
                                .answering(Answer.of(200, "The backups, the newest last.", "BackupList", JSON)),
                        Operation.post(ROOT, this::order)
                                .named("orderBackup", "Begin a backup into a folder of the server's machine", "")
                                .explained(
                                        "The folder holds nothing but the file `UNFINISHED` with the proof, so that only who can write"
                                                + " there can have a backup made. The command `emona backup` prepares it and waits.")
                                .taking(RequestBody.of("Where to.", "BackupOrder", JSON)
                                        .withExample("BackupOrder"))
                                .answering(Answer.of(202, "The backup is under way.", "Backup", JSON))
                                .refusing(
                                        ProblemType.INVALID_REQUEST,
                                        ProblemType.BAD_REQUEST_DATA,
                                        ProblemType.CONFLICT))
                .map(operation -> operation.in("Operate").requiring(Right.BACKUPS_KEEP));
    }

    private Response list(Request request) {
        ArrayNode list = Json.array();
        backups.list().forEach(run -> list.add(json(run)));
        return Response.json(200, Json.bytes(list));
    }

    private Response order(Request request) {
        if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw Problem.badRequestData(
                        "The member »" + name + "« is not known here.", "Use folder, proof and secrets.");
            }
        }
        JsonNode secrets = body.path("secrets");
        if (!body.path("folder").isString()
                || !body.path("proof").isString()
                || !(secrets.isMissingNode() || secrets.isBoolean())) {
            throw Problem.badRequestData(
                    "The body does not say where the backup goes.",
                    "Send folder and proof as texts, and secrets as true or false.");
        }
        BackupRun run = backups.order(
                path(body.path("folder").stringValue()), body.path("proof").stringValue(), secrets.asBoolean(true));
        return Response.json(202, Json.bytes(json(run)));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Problem.badRequestData("The folder is no path.", "Send an absolute path of the server's machine.");
        }
    }

    private static ObjectNode json(BackupRun run) {
        ObjectNode json = Json.object()
                .put("number", run.number())
                .put("folder", run.folder().toString())
                .put("state", run.state().name().toLowerCase(Locale.ROOT))
                .put("bytes", run.bytes())
                .put("ofBytes", run.ofBytes())
                .put("startedAt", Timestamps.format(run.startedAt()));
        if (run.endedAt() != 0) {
            json.put("endedAt", Timestamps.format(run.endedAt()));
        }
        if (!run.detail().isEmpty()) {
            json.put("detail", run.detail());
        }
        return json;
    }
}
