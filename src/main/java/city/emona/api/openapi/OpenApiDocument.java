package city.emona.api.openapi;

import city.emona.access.Policy;
import city.emona.access.Role;
import city.emona.api.ngsild.Problems;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Content;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.RequestBody;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes operations as an OpenAPI 3.1 document. */
public final class OpenApiDocument {
    private static final String VERSION = "3.1.1";
    private static final String ABOUT = """
            The state of a city for programs: entities in NGSI-LD (ETSI GS CIM 009 v1.9.1), the stream of their changes, and what operators ask.
            This document is made from what the server routes and checks.""";

    private static final String KEY = "key";

    private final ObjectNode schemas = Schemas.load();
    private final ObjectNode examples = Json.object();
    private final SharedParameters shared;

    private final Policy policy;

    private OpenApiDocument(List<Operation> operations, Policy policy) {
        this.shared = SharedParameters.of(operations);
        this.policy = policy;
    }

    /**
     * Describes operations.
     *
     * @param version of the program
     * @param policy says which operations need no key
     * @throws IllegalArgumentException when an operation names a schema that does not exist
     */
    public static ObjectNode of(String version, List<Operation> operations, Policy policy) {
        return new OpenApiDocument(operations, policy).write(version, operations);
    }

    private ObjectNode write(String version, List<Operation> operations) {
        ObjectNode document = Json.object().put("openapi", VERSION);
        document.putObject("info")
                .put("title", "Emona")
                .put("version", version)
                .put("description", ABOUT)
                .putObject("license")
                .put("name", "EUPL 1.2")
                .put("identifier", "EUPL-1.2");
        document.putArray("servers").addObject().put("url", "/").put("description", "This server");
        ArrayNode tags = document.putArray("tags");
        Set<String> groups =
                operations.stream().map(Operation::group).collect(Collectors.toCollection(LinkedHashSet::new));
        groups.forEach(group -> tags.addObject().put("name", group));
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            paths.withObjectProperty(template(operation.path()))
                    .set(operation.method().toLowerCase(Locale.ROOT), describe(operation));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas);
        components.set("parameters", shared.describe());
        components.set("examples", examples);
        components
                .putObject("securitySchemes")
                .putObject(KEY)
                .put("type", "http")
                .put("scheme", "bearer")
                .put(
                        "description",
                        "A key that an administrator makes in the console; the names are the rights that it needs.");
        return document;
    }

    /** A pattern of the router as a path template. */
    public static String template(String pattern) {
        return pattern.replace("*}", "}");
    }

    private ObjectNode describe(Operation operation) {
        ObjectNode json = Json.object();
        json.putArray("tags").add(operation.group());
        json.put("operationId", operation.id()).put("summary", operation.summary());
        String description = description(operation);
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        if (!operation.parameters().isEmpty()) {
            ArrayNode parameters = json.putArray("parameters");
            operation.parameters().forEach(parameter -> parameters.add(shared.reference(parameter)));
        }
        operation.findBody().ifPresent(body -> json.set("requestBody", describe(body)));
        ArrayNode security = json.putArray("security");
        if (policy.roles(operation.right()).contains(Role.ANONYMOUS)) {
            security.addObject();
        }
        security.addObject().putArray(KEY).add(operation.right().word());
        ObjectNode responses = json.putObject("responses");
        for (Answer answer : operation.answers()) {
            responses.set(Integer.toString(answer.status()), describe(answer));
        }
        List<ProblemType> problems = new ArrayList<>(operation.problems());
        problems.addAll(List.of(ProblemType.UNAUTHORIZED, ProblemType.ACCESS_DENIED));
        byStatus(problems).forEach((status, types) -> {
            if (!responses.has(status)) {
                responses.set(status, describe(types));
            }
        });
        return json;
    }

    private static String description(Operation operation) {
        String clause =
                operation.clause().isEmpty() ? "" : "Defined in ETSI GS CIM 009, clause " + operation.clause() + ".";
        return (operation.description() + " " + clause).strip();
    }

    private ObjectNode describe(RequestBody body) {
        ObjectNode json = Json.object().put("description", body.description()).put("required", true);
        ObjectNode content = contents(body.contents());
        if (!body.example().isEmpty() && content.has("application/json")) {
            content.withObjectProperty("application/json")
                    .putObject("examples")
                    .putObject(body.example())
                    .put("$ref", example(body.example()));
        }
        json.set("content", content);
        return json;
    }

    private String example(String schema) {
        require(schema);
        examples.putObject(schema).set("value", schemas.at("/" + schema + "/examples/0"));
        return "#/components/examples/" + schema;
    }

    private ObjectNode describe(Answer answer) {
        ObjectNode json = Json.object().put("description", answer.description());
        if (!answer.headers().isEmpty()) {
            ObjectNode headers = json.putObject("headers");
            for (Parameter header : answer.headers()) {
                headers.putObject(header.name())
                        .put("description", header.description())
                        .set("schema", header.kind().schema());
            }
        }
        if (!answer.contents().isEmpty()) {
            json.set("content", contents(answer.contents()));
        }
        return json;
    }

    /** The forms of a body by media type; where one media type has several schemas, any of them holds. */
    private ObjectNode contents(List<Content> forms) {
        Map<String, ArrayNode> schemasByType = new LinkedHashMap<>();
        forms.forEach(form -> schemasByType
                .computeIfAbsent(form.mediaType(), _ -> Json.array())
                .add(schema(form.schema())));
        ObjectNode content = Json.object();
        schemasByType.forEach((mediaType, any) -> {
            ObjectNode media = content.putObject(mediaType);
            if (any.size() == 1) {
                media.set("schema", any.get(0));
            } else {
                media.putObject("schema").set("anyOf", any);
            }
        });
        return content;
    }

    private ObjectNode describe(Set<ProblemType> types) {
        ObjectNode json = Json.object()
                .put(
                        "description",
                        types.stream()
                                .map(type -> "`" + type.code() + "`: " + type.title() + ".")
                                .collect(Collectors.joining(" ")));
        if (types.stream().allMatch(Problems::hasBody)) {
            json.putObject("content").putObject("application/json").set("schema", schema("ProblemDetails"));
        }
        return json;
    }

    private static Map<String, Set<ProblemType>> byStatus(List<ProblemType> problems) {
        Map<String, Set<ProblemType>> byStatus = new TreeMap<>();
        for (ProblemType type : problems) {
            byStatus.computeIfAbsent(Integer.toString(type.status()), _ -> new LinkedHashSet<>())
                    .add(type);
        }
        byStatus.computeIfAbsent("500", _ -> new LinkedHashSet<>()).add(ProblemType.INTERNAL_ERROR);
        return byStatus;
    }

    private ObjectNode schema(String name) {
        if (name.isEmpty()) {
            return Json.object().put("type", "string");
        }
        require(name);
        return Json.object().put("$ref", Schemas.REFERENCE + name);
    }

    private void require(String schema) {
        if (!schemas.has(schema)) {
            throw new IllegalArgumentException("schemas.yaml has no schema " + schema);
        }
    }
}
