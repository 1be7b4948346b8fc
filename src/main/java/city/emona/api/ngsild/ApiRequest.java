package city.emona.api.ngsild;

import city.emona.context.Contexts;
import city.emona.context.TermTable;
import city.emona.http.MustWaitException;
import city.emona.http.Request;
import city.emona.http.operation.RequestBody;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every NGSI-LD operation reads from a request: parameters, tenant, context and body (clause 6.3). */
final class ApiRequest {
    static final String JSON = "application/json";
    static final String JSON_LD = "application/ld+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Request request;
    private final Contexts contexts;
    private final Map<String, String> inBody;

    /** A body and the context that its names belong to. */
    record Body(JsonNode json, TermTable terms) {
        /** The body, which must be an object. */
        ObjectNode object() {
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw Problem.invalidRequest("The body is not a JSON object.", "Send one object.");
        }
    }

    ApiRequest(Request request, Contexts contexts) {
        this(request, contexts, Map.of());
    }

    private ApiRequest(Request request, Contexts contexts, Map<String, String> inBody) {
        this.request = request;
        this.contexts = contexts;
        this.inBody = inBody;
    }

    /** The same request with parameters that stand in its body and win over those of the address. */
    ApiRequest with(Map<String, String> parametersInBody) {
        return new ApiRequest(request, contexts, parametersInBody);
    }

    /** The description of a body that {@link #body} reads. */
    static RequestBody json(String description, String schema) {
        return RequestBody.of(description, schema, JSON, JSON_LD);
    }

    /** The description of the body of a PATCH. */
    static RequestBody mergePatch(String description, String schema) {
        return RequestBody.of(description, schema, JSON, JSON_LD, MERGE_PATCH);
    }

    Request http() {
        return request;
    }

    Optional<String> parameter(String name) {
        String value = inBody.get(name);
        return value == null ? request.query().find(name) : Optional.of(value);
    }

    /** A parameter that the operation declares as a flag; false when it is absent. */
    boolean flag(String name) {
        return parameter(name).map(Boolean::parseBoolean).orElse(false);
    }

    /** A parameter that the operation declares as a whole number. */
    int number(String name, int otherwise) {
        return parameter(name).map(Integer::parseInt).orElse(otherwise);
    }

    /** The values of the parameter options (clause 6.3.11), of which the operation declares those that are possible. */
    Set<String> options() {
        return parameter("options")
                .map(value -> Set.copyOf(List.of(value.split(","))))
                .orElse(Set.of());
    }

    /** The tenant of the request, or the snapshot of it that the request is to act on (clauses 6.3.14 and 6.3.22). */
    Tenant tenant() {
        return tenant(request);
    }

    static Tenant tenant(Request request) {
        Tenant tenant = request.header("NGSILD-Tenant").map(Tenant::new).orElse(Tenant.DEFAULT);
        return request.header("NGSILD-Snapshot").map(tenant::withSnapshot).orElse(tenant);
    }

    /** The context of a request without a body. */
    TermTable linkedTerms() {
        List<String> headers = request.headers().all("Link");
        if (headers.isEmpty()) {
            return TermTable.core();
        }
        Optional<String> link = ContextLink.find(headers);
        if (link.isEmpty()) {
            return TermTable.core();
        }
        return contexts.findCompiled(link.get()).orElseGet(() -> {
            MustWaitException.unlessOnVirtualThread();
            return contexts.compileLink(link.get());
        });
    }

    /**
     * The body and its context (clause 6.3.5): JSON takes the context from the Link header, JSON-LD from the body.
     *
     * @throws Problem of type InvalidRequest, BadRequestData, UnsupportedMediaType or LdContextNotAvailable
     */
    Body body() {
        String mediaType = mediaType();
        JsonNode json = Json.parse(request.body());
        if (json.isArray()) {
            TermTable terms = mediaType.equals(JSON_LD) ? TermTable.core() : linkedTerms();
            if (mediaType.equals(JSON_LD)) {
                refuseLink();
            }
            return new Body(json, terms);
        }
        return element(json, mediaType.equals(JSON_LD), mediaType.equals(JSON_LD) ? TermTable.core() : linkedTerms());
    }

    /** A body that is a document of its own, and not data whose names have a context. */
    JsonNode document() {
        mediaType();
        return Json.parse(request.body());
    }

    /** The address of a path of this server, as the client reaches it. */
    String absolute(String path) {
        boolean secure = request.header("X-Forwarded-Proto").orElse("").equals("https");
        return request.header("Host")
                .map(host -> (secure ? "https://" : "http://") + host + path)
                .orElse(path);
    }

    /** One element of a batch, with the context that the batch's media type asks for. */
    Body element(JsonNode json, TermTable linked) {
        return element(json, mediaType().equals(JSON_LD), linked);
    }

    private Body element(JsonNode json, boolean jsonLd, TermTable linked) {
        JsonNode context = json.isObject() ? json.get("@context") : null;
        if (!jsonLd) {
            if (context != null) {
                throw Problem.badRequestData(
                        "The body is application/json and has an @context.",
                        "Send it as application/ld+json, or name the context in a Link header.");
            }
            return new Body(json, linked);
        }
        refuseLink();
        if (context == null) {
            throw Problem.badRequestData(
                    "The body is application/ld+json and has no @context.", "Add it, or send application/json.");
        }
        return new Body(json, contexts.compile(context));
    }

    /** Percent-encodes what cannot stand in one segment of a path. */
    static String pathSegment(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=:@".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private void refuseLink() {
        if (ContextLink.find(request.headers().all("Link")).isPresent()) {
            throw Problem.badRequestData(
                    "The body is application/ld+json, and a Link header names a context too.",
                    "Leave the Link header out.");
        }
    }

    private String mediaType() {
        String header = request.header("Content-Type").orElse("");
        int semicolon = header.indexOf(';');
        String type = (semicolon < 0 ? header : header.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean patch = type.equals(MERGE_PATCH) && request.method().equals("PATCH");
        if (!type.equals(JSON) && !type.equals(JSON_LD) && !patch) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The body is " + (type.isEmpty() ? "of no media type" : type) + ".",
                    "Send application/json or application/ld+json.");
        }
        return type;
    }
}
