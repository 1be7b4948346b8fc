package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.api.openapi.OpenApiDocument;
import city.emona.config.Configuration;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.json.Json;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a running server: it is valid, it lists what is routed, and the answers are what it says. */
class OpenApiTest {
    private static final Path OPENAPI_SCHEMA =
            Path.of("web/node_modules/@seriousme/openapi-schema-validator/schemas/v3.1/schema.json");
    private static final String DOCUMENT = "https://emona.city/openapi";

    /** Routed for the browser alone: the files of the front end, the map under the pages, and what their forms send. */
    private static final Set<String> FILES = Set.of(
            "GET /assets/{file}", "GET /map/base.geojson", "POST /forms/alerts/{id}", "POST /forms/indicators/{id}");

    @TempDir
    static Path folder;

    private static EmonaServer server;
    private static HttpClient client;
    private static ObjectNode document;
    private static SchemaRegistry registry;

    @BeforeAll
    static void start() {
        server = EmonaServer.startOpen(
                Configuration.read(Settings.ALL, null, Map.of("server.port", "0", "data.folder", folder.toString())),
                true);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        document =
                Json.parse(get("/openapi", "Accept", "application/json").body()).asObject();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(DOCUMENT, Json.text(document)))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        send("POST", "/ngsi-ld/v1/entities", example("NewEntity"));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String example(String schema) {
        return Json.text(document.at("/components/schemas/" + schema + "/examples/0"));
    }

    private static HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    private static HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        }
    }

    /** What is wrong with an instance of a component schema. */
    private static List<Error> errors(String schema, JsonNode instance) {
        Schema compiled = registry.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema));
        return compiled.validate(instance);
    }

    @Test
    void isValidOpenApi() throws IOException {
        Schema openApi = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(OPENAPI_SCHEMA));
        assertThat(openApi.validate(document)).isEmpty();
        assertThat(openApi.validate(Json.object().put("openapi", "3.1.1"))).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> schemasAreValidAndSoAreTheirExamples() {
        Schema meta = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        return document.at("/components/schemas").properties().stream()
                .map(schema -> DynamicTest.dynamicTest(schema.getKey(), () -> {
                    assertThat(meta.validate(schema.getValue())).isEmpty();
                    for (JsonNode example : schema.getValue().path("examples")) {
                        assertThat(errors(schema.getKey(), example)).isEmpty();
                    }
                }));
    }

    @Test
    void schemasRefuseWhatIsOfAnotherShape() {
        assertThat(errors("ProblemDetails", Json.parse("{\"title\": \"no type\"}")))
                .isNotEmpty();
        assertThat(errors(
                        "Entity",
                        Json.parse("{\"id\": \"urn:x:1\", \"type\": \"T\", \"a\": {\"type\": \"Property\"}}")))
                .isNotEmpty();
        assertThat(errors("NewEntity", Json.parse("{\"type\": \"T\"}"))).isNotEmpty();
    }

    @Test
    void referencesLeadSomewhere() {
        document.findValuesAsString("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void documentsWhatIsRoutedAndRoutesWhatIsDocumented() {
        Set<String> documented = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> routed = new TreeSet<>();
        for (String route : server.operations().router().routes()) {
            if (!isPage(route) && !FILES.contains(route) && !route.contains("//") && !route.startsWith("GET /demo/")) {
                routed.add(OpenApiDocument.template(route.length() > 6 ? route.replaceFirst("/$", "") : route));
            }
        }
        // an empty id is told so: nothing that could be used
        routed.removeAll(Set.of("PUT /ngsi-ld/v1/entities", "PATCH /ngsi-ld/v1/entities"));
        assertThat(documented).isEqualTo(routed);
    }

    /** Pages, and what their forms are sent to, have two addresses, one for each language. */
    private static boolean isPage(String route) {
        Set<String> routes = server.operations().router().routes();
        String method = route.substring(0, route.indexOf(' ') + 1);
        String path = route.substring(method.length());
        String slovene = path.startsWith("/en/") ? path.substring(3) : path.equals("/en") ? "/" : path;
        String english = slovene.equals("/") ? "/en" : "/en" + slovene;
        return routes.contains(method + slovene) && routes.contains(method + english);
    }

    @Test
    void everyOperationIsDescribedForPeople() {
        for (Operation operation : server.operations().list()) {
            assertThat(operation.summary()).as(operation.id()).isNotEmpty().doesNotEndWith(".");
            assertThat(operation.group()).as(operation.id()).isNotEmpty();
            assertThat(operation.answers()).as(operation.id()).isNotEmpty();
            assertThat(operation.parameters())
                    .as(operation.id())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as(parameter.name())
                            .endsWith("."));
            assertThat(namesInPath(operation.path()))
                    .as(operation.id())
                    .isEqualTo(operation.parameters().stream()
                            .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                            .map(Parameter::name)
                            .collect(Collectors.toSet()));
        }
    }

    private static Set<String> namesInPath(String path) {
        Set<String> names = new HashSet<>();
        for (String segment : path.split("/")) {
            if (segment.startsWith("{")) {
                names.add(segment.replaceAll("[{}*]", ""));
            }
        }
        return names;
    }

    /** Further requests whose answers are held against what the document says of them. */
    private static final List<List<String>> READS = List.of(
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench&options=sysAttrs"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench&format=concise"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench", "Accept", "application/ld+json"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench", "Accept", "application/geo+json"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench&pick=material"),
            List.of("GET /ngsi-ld/v1/entities", "?color=red"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench&join=inline"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench&entityMap=true"),
            List.of("GET /ngsi-ld/v1/entities", "?type=Bench", "Prefer", "ngsi-ld=1.0"),
            List.of("GET /ngsi-ld/v1/entities/{id}", "?join=flat"),
            List.of("GET /ngsi-ld/v1/entities/{id}", "?lang=en", "Prefer", "ngsi-ld=1.5"),
            List.of("GET /ngsi-ld/v1/entityMaps", "?type=Bench"),
            List.of("GET /ngsi-ld/v1/entityMaps", "?type=Bench", "Accept", "application/ld+json"),
            List.of("GET /ngsi-ld/v1/entities/{id}", "?format=simplified"),
            List.of("GET /ngsi-ld/v1/entities/{id}", "", "Accept", "application/geo+json"),
            List.of("GET /ngsi-ld/v1/entities/{id}", "", "Accept", "text/plain"),
            List.of("GET /ngsi-ld/v1/types", "?details=true"),
            List.of("GET /ngsi-ld/v1/attributes", "?details=true"),
            List.of("GET /openapi", "", "Accept", "text/html"));

    @TestFactory
    Stream<DynamicTest> answersAreWhatTheDocumentSays() {
        Stream<List<String>> plain = server.operations().list().stream()
                .filter(operation ->
                        operation.method().equals("GET") && !operation.path().equals("/events"))
                .map(operation -> List.of("GET " + OpenApiDocument.template(operation.path()), ""));
        return Stream.concat(plain, READS.stream())
                .map(read -> DynamicTest.dynamicTest(String.join(" ", read), () -> {
                    String[] route = read.getFirst().split(" ");
                    String path = withExamples(route[1]);
                    assertIsDocumented(
                            route[0],
                            route[1],
                            send(
                                    route[0],
                                    path + read.get(1),
                                    "",
                                    read.subList(2, read.size()).toArray(String[]::new)));
                }));
    }

    /** The path with the documented examples in place of the names. */
    private static String withExamples(String path) {
        String filled = path;
        JsonNode operation = document.get("paths").get(path).iterator().next();
        for (JsonNode listed : operation.path("parameters")) {
            JsonNode parameter = listed.has("$ref")
                    ? document.at(listed.get("$ref").stringValue().substring(1))
                    : listed;
            if (parameter.get("in").stringValue().equals("path")) {
                assertThat(parameter.has("example"))
                        .as(parameter.get("name") + " has an example")
                        .isTrue();
                filled = filled.replace(
                        "{" + parameter.get("name").stringValue() + "}",
                        parameter.get("example").stringValue());
            }
        }
        return filled;
    }

    @Test
    void answersToChangesAreWhatTheDocumentSays() {
        String entities = "/ngsi-ld/v1/entities";
        change("POST", entities, "", 409, example("NewEntity"));
        change("PATCH", entities + "/{id}", "", 204, example("EntityFragment"));
        change("PUT", entities + "/{id}", "", 204, example("NewEntity"));
        change("POST", entities + "/{id}/attrs", "", 204, example("EntityFragment"));
        change("POST", entities + "/{id}/attrs", "?options=noOverwrite", 207, example("EntityFragment"));
        change("PATCH", entities + "/{id}/attrs", "", 204, example("EntityFragment"));
        change("PATCH", entities + "/{id}/attrs/{attribute}", "", 204, example("AttributeFragment"));
        change("PUT", entities + "/{id}/attrs/{attribute}", "", 204, example("NewAttribute"));
        change("DELETE", entities + "/{id}/attrs/{attribute}", "", 204, "");
        change("DELETE", entities + "/{id}/attrs/{attribute}", "", 404, "");
        change("POST", "/ngsi-ld/v1/entityMaps", "", 201, example("Query"));
        change("PATCH", "/ngsi-ld/v1/entityMaps/{id}", "", 404, example("EntityMapFragment"));
        change("DELETE", "/ngsi-ld/v1/entityMaps/{id}", "", 404, "");
        String batches = "/ngsi-ld/v1/entityOperations";
        change("POST", batches + "/query", "", 200, example("Query"));
        change("POST", batches + "/query", "", 400, "{}");
        change("POST", batches + "/create", "", 201, example("NewEntityList"));
        change("POST", batches + "/create", "", 207, example("NewEntityList"));
        change("POST", batches + "/upsert", "", 204, example("NewEntityList"));
        change("POST", batches + "/update", "", 204, example("EntityFragmentList"));
        change("POST", batches + "/merge", "", 204, example("EntityFragmentList"));
        change("POST", batches + "/delete", "", 204, example("IdList"));
        change("POST", batches + "/delete", "", 207, example("IdList"));
        change("POST", batches + "/delete", "", 400, "{}");
    }

    private static void change(String method, String path, String query, int status, String body) {
        String filled = path.replace("{id}", "urn:ngsi-ld:Bench:1").replace("{attribute}", "material");
        HttpResponse<byte[]> response = send(method, filled + query, body);
        assertThat(response.statusCode())
                .as(method + " " + filled + query + ": " + new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertIsDocumented(method, path, response);
    }

    private static void assertIsDocumented(String method, String path, HttpResponse<byte[]> response) {
        JsonNode operation = document.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
        String status = Integer.toString(response.statusCode());
        JsonNode said = operation.get("responses").get(status);
        assertThat(said).as(method + " " + path + " answers " + status).isNotNull();
        if (response.body().length == 0) {
            assertThat(said.has("content")).isFalse();
            return;
        }
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        JsonNode content = said.at("/content/" + mediaType.replace("/", "~1"));
        assertThat(content.isMissingNode()).as(mediaType).isFalse();
        JsonNode schema = content.get("schema");
        if (mediaType.equals("application/yaml")) {
            return; // isTheSameAsYaml reads it
        }
        if (schema.has("anyOf")) {
            assertThat(schema.get("anyOf")).anySatisfy(one -> assertKeeps(one, response));
        } else if (schema.has("$ref")) {
            assertKeeps(schema, response);
        }
    }

    private static void assertKeeps(JsonNode reference, HttpResponse<byte[]> response) {
        String schema = reference.get("$ref").stringValue().replace("#/components/schemas/", "");
        assertThat(errors(schema, Json.parse(response.body()))).as(schema).isEmpty();
    }

    @Test
    void isTheSameAsYaml() {
        HttpResponse<byte[]> yaml = get("/openapi", "Accept", "application/yaml");
        assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
        Object plain = new Load(
                        LoadSettings.builder().setMaxAliasesForCollections(0).build())
                .loadFromString(new String(yaml.body(), StandardCharsets.UTF_8));
        assertThat(Json.fromPlain(plain)).isEqualTo(document);
    }

    @Test
    void namesEveryOperationOnce() {
        List<String> names = new ArrayList<>(document.get("paths").findValuesAsString("operationId"));
        assertThat(names)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(server.operations().list());
    }
}
