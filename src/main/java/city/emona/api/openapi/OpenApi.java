package city.emona.api.openapi;

import city.emona.access.Policy;
import city.emona.http.Accept;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Operations;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document at {@value #PATH}: JSON or YAML for programs; browsers are sent on to a page. */
public final class OpenApi {
    /** Where the document is. */
    public static final String PATH = "/openapi";

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String HTML = "text/html";
    private static final List<String> OFFERED = List.of(JSON, YAML, HTML);

    private final String version;
    private final Operations operations;
    private final String page;
    private final Policy policy;
    private final AtomicReference<ObjectNode> document = new AtomicReference<>();

    /**
     * @param version of the program
     * @param operations what the document describes; it is read when the document is first asked for
     * @param page the path of the page that shows the document to people
     * @param policy says which operations need no key
     */
    public OpenApi(String version, Operations operations, String page, Policy policy) {
        this.version = version;
        this.operations = operations;
        this.page = page;
        this.policy = policy;
    }

    /** Adds the operation that gives the document. */
    public void addTo(Operations to) {
        to.add(Operation.get(PATH, this::retrieve)
                .named("retrieveDescription", "Retrieve this description", "")
                .in("Operate")
                .requiring(Right.SERVICE_READ)
                .explained("A browser is sent on to a page that shows it.")
                .answering(
                        Answer.of(200, "The description.", "OpenApiDocument", JSON, YAML),
                        Answer.empty(303, "The page, when the client prefers `text/html`."))
                .refusing(ProblemType.NOT_ACCEPTABLE));
        to.add(Operation.get(PATH + ".json", _ -> json())
                .named("retrieveDescriptionAsJson", "Retrieve this description as JSON", "")
                .in("Operate")
                .requiring(Right.SERVICE_READ)
                .answering(Answer.of(200, "The description.", "OpenApiDocument", JSON)));
        to.add(Operation.get(PATH + ".yaml", _ -> yaml())
                .named("retrieveDescriptionAsYaml", "Retrieve this description as YAML", "")
                .in("Operate")
                .requiring(Right.SERVICE_READ)
                .answering(Answer.of(200, "The description.", "OpenApiDocument", YAML)));
    }

    /** The document, made when it is first asked for. Not to be changed. */
    public ObjectNode document() {
        ObjectNode made = document.get();
        if (made == null) {
            made = OpenApiDocument.of(version, operations.list(), policy);
            document.set(made);
        }
        return made;
    }

    private Response retrieve(Request request) {
        String media = Accept.negotiate(request.headers().all("Accept"), OFFERED);
        Response response =
                switch (media) {
                    case HTML -> Response.seeOther(page);
                    case YAML -> yaml();
                    default -> json();
                };
        return response.with("Vary", "Accept");
    }

    private Response json() {
        return forAnyone(JSON, Json.prettyText(document()));
    }

    private Response yaml() {
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return forAnyone(YAML, new Dump(settings).dumpToString(Json.toPlain(document())));
    }

    private static Response forAnyone(String mediaType, String text) {
        return Response.of(200, mediaType, text.getBytes(StandardCharsets.UTF_8))
                .with("Access-Control-Allow-Origin", "*");
    }
}
