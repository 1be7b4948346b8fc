package city.emona.api.ngsild;

import city.emona.broker.ContextKind;
import city.emona.broker.ContextLibrary;
import city.emona.broker.StoredContext;
import city.emona.context.Contexts;
import city.emona.context.TermTable;
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
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Add, list, serve, delete and reload contexts (clauses 5.13, 6.29 and 6.30). */
final class JsonLdContexts {
    private static final String CONTEXTS = NgsiLdApi.ROOT + "/jsonldContexts";
    private static final String CONTEXT = CONTEXTS + "/{contextId}";
    private static final Parameter CONTEXT_ID = Parameter.path(
                    "contextId", "The identifier of the context, or the address of the original of a cached one.")
            .withExample(TermTable.core().linkTarget());
    private static final Parameter KIND =
            Parameter.text("kind", "Only contexts of this kind: `Hosted`, `Cached` or `ImplicitlyCreated`.");

    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD);

    private final ContextLibrary library;

    JsonLdContexts(ContextLibrary library) {
        this.library = library;
    }

    Stream<Operation> operations() {
        return Stream.of(
                Operation.post(CONTEXTS, this::add)
                        .requiring(Right.CONTEXTS_KEEP)
                        .named("addContext", "Give the broker a context to serve", "6.29.3.1")
                        .taking(RequestBody.of(
                                "An object with the member `@context`.",
                                "Context",
                                ApiRequest.JSON,
                                ApiRequest.JSON_LD))
                        .answering(Answer.empty(201, "The context is kept.").with(Parameters.LOCATION))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.CONFLICT,
                                ProblemType.PAYLOAD_TOO_LARGE),
                Operation.get(CONTEXTS, this::list)
                        .requiring(Right.CONTEXTS_KEEP)
                        .named("listContexts", "List the contexts that the broker keeps", "6.29.3.2")
                        .with(
                                Parameter.flag("details", "Whether each is described, and not only its address given."),
                                KIND)
                        .answering(Answer.of(200, "The contexts.", "ContextList", ApiRequest.JSON))
                        .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA),
                Operation.get(CONTEXT, this::serve)
                        .requiring(Right.SERVICE_READ)
                        .named("serveContext", "Get a context, or what is known of it", "6.30.3.1")
                        .explained("The broker's copies of other servers' contexts are not served, only described.")
                        .with(CONTEXT_ID, Parameter.flag("details", "Whether the context is described, and not given."))
                        .answering(Answer.of(200, "The context.", "JsonLdContext", ApiRequest.JSON, ApiRequest.JSON_LD)
                                .orAs("ContextMetadata", ApiRequest.JSON, ApiRequest.JSON_LD))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.OPERATION_NOT_SUPPORTED,
                                ProblemType.NOT_ACCEPTABLE),
                Operation.delete(CONTEXT, this::delete)
                        .requiring(Right.CONTEXTS_KEEP)
                        .named("deleteContext", "Delete a context, or load it again", "6.30.3.2")
                        .explained(
                                "A copy that is loaded again takes the place of the old one; when that fails, the old one stays.")
                        .with(CONTEXT_ID, Parameter.flag("reload", "Whether a copy is loaded again, and not deleted."))
                        .answering(Answer.empty(204, "Done."))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.LD_CONTEXT_NOT_AVAILABLE));
    }

    Response add(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        Tenant tenant = request.tenant();
        StoredContext added = library.add(tenant, request.document());
        return EntityAnswers.withTenant(Response.empty(201).with("Location", path(added)), tenant);
    }

    Response list(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        boolean details = request.flag("details");
        Tenant tenant = request.tenant();
        Optional<ContextKind> kind = request.parameter("kind").map(JsonLdContexts::kind);
        ArrayNode found = Json.array();
        if (kind.orElse(ContextKind.CACHED) == ContextKind.CACHED) {
            String core = TermTable.core().linkTarget();
            add(found, core, core(core), details);
        }
        for (StoredContext context : library.list(tenant)) {
            if (kind.isEmpty() || kind.get() == context.kind()) {
                add(found, address(context, request), describe(context, request), details);
            }
        }
        return EntityAnswers.withTenant(Response.json(200, Json.bytes(found)), tenant);
    }

    private static void add(ArrayNode to, String address, ObjectNode description, boolean details) {
        if (details) {
            to.add(description);
        } else {
            to.add(address);
        }
    }

    private static ContextKind kind(String text) {
        return ContextKind.find(text)
                .orElseThrow(() -> Problem.badRequestData(
                        "There are no contexts of the kind »" + text + "«.",
                        "Use Hosted, Cached or ImplicitlyCreated."));
    }

    Response serve(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        boolean details = request.flag("details");
        Tenant tenant = request.tenant();
        String name = http.parameter("contextId");
        if (Contexts.isCore(name)) {
            return answer(details ? core(name) : refuseCopy(name), request);
        }
        StoredContext context = library.find(tenant, name).orElseThrow(() -> notFound(name));
        JsonNode answer;
        if (details) {
            answer = describe(context, request);
        } else if (context.kind() == ContextKind.CACHED) {
            answer = refuseCopy(name);
        } else {
            answer = library.findDocument(context).orElseThrow(() -> notFound(name));
        }
        library.countUse(context);
        return answer(answer, request);
    }

    private static JsonNode refuseCopy(String name) {
        throw new Problem(
                ProblemType.OPERATION_NOT_SUPPORTED,
                "The broker has a copy of the context " + name + " for its own use, and does not serve it.",
                "Get it from its own server, or ask with details=true what is known of it.");
    }

    private static Response answer(JsonNode body, ApiRequest request) {
        MediaType media = MediaType.negotiate(request.http().headers().all("Accept"), OFFERED);
        return EntityAnswers.withTenant(Response.of(200, media.text(), Json.bytes(body)), request.tenant());
    }

    Response delete(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        boolean reload = request.flag("reload");
        Tenant tenant = request.tenant();
        String name = http.parameter("contextId");
        if (Contexts.isCore(name)) {
            if (!reload) {
                throw Problem.badRequestData(
                        "The core context belongs to the broker, and cannot be deleted.", "Leave it.");
            }
            return EntityAnswers.withTenant(Response.empty(204), tenant);
        }
        Optional<StoredContext> context = library.find(tenant, name);
        if (reload) {
            library.reload(context.filter(c -> c.kind() == ContextKind.CACHED)
                    .orElseThrow(() -> Problem.badRequestData(
                            "»" + name + "« is no copy of another server's context, so it cannot be loaded again.",
                            "Leave reload out to delete a context of this broker.")));
        } else {
            library.delete(context.orElseThrow(() -> notFound(name)));
        }
        return EntityAnswers.withTenant(Response.empty(204), tenant);
    }

    private static String path(StoredContext context) {
        return ContextLibrary.PATH + context.id();
    }

    private static String address(StoredContext context, ApiRequest request) {
        return context.kind() == ContextKind.CACHED ? context.url() : request.absolute(path(context));
    }

    /** What is known of a context (clause 5.13.3.5); how often hosted contexts are used by others cannot be known. */
    private static ObjectNode describe(StoredContext context, ApiRequest request) {
        ObjectNode description = Json.object()
                .put("URL", address(context, request))
                .put("localId", context.id())
                .put("kind", context.kind().term())
                .put("createdAt", Timestamps.format(context.createdAt()));
        if (context.expiresAt() != 0) {
            description.put("expiresAt", Timestamps.format(context.expiresAt()));
        }
        if (context.kind() != ContextKind.HOSTED) {
            description
                    .put("lastUsage", Timestamps.format(context.usage().last()))
                    .put("numberOfHits", context.usage().hits());
        }
        return description;
    }

    /** The core context is built in, in the place of every copy. */
    private ObjectNode core(String address) {
        return Json.object()
                .put("URL", address)
                .put("localId", address)
                .put("kind", ContextKind.CACHED.term())
                .put("createdAt", Timestamps.format(library.openedAt()));
    }

    private static Problem notFound(String name) {
        return Problem.notFound("There is no context " + name + ".");
    }
}
