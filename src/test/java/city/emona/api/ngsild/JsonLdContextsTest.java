package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON;
import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonLdContextsTest {
    private static final String CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld";
    private static final String DOCUMENT = "{\"@context\": {\"bench\": \"https://example.org/bench\"}}";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String add(String document, String... headers) {
        String location = api.post("/jsonldContexts", document, headers)
                .isEmpty(201)
                .headers("Location")
                .getFirst();
        assertThat(location).startsWith("/ngsi-ld/v1/jsonldContexts/");
        return location.substring("/ngsi-ld/v1".length());
    }

    private List<String> list(String query, String... headers) {
        List<String> urls = new ArrayList<>();
        api.get("/jsonldContexts" + query, headers).hasStatus(200).json().forEach(url -> urls.add(url.stringValue()));
        return urls;
    }

    private String absolute(String path) {
        return "http://127.0.0.1:" + api.port() + "/ngsi-ld/v1" + path;
    }

    private String cached(String path) {
        return "/jsonldContexts/" + encoded(api.contextUrl(path));
    }

    private void use(String link, String id) {
        api.post(
                        "/entities",
                        "{\"id\": \"" + id + "\", \"type\": \"T\", \"bench\": 1}",
                        "Content-Type",
                        JSON,
                        "Link",
                        ContextLink.format(link))
                .hasStatus(201);
    }

    @Test
    void servesWhatItWasGiven() {
        String path = add(DOCUMENT);
        api.get(path).hasStatus(200).hasHeader("Content-Type", JSON).hasBody(DOCUMENT);
        api.get(path + "?details=false", "Accept", JSON_LD)
                .hasHeader("Content-Type", JSON_LD)
                .hasBody(DOCUMENT);
        assertThat(add(DOCUMENT, "Content-Type", JSON_LD)).isNotEqualTo(path);
    }

    @Test
    void describesWhatItWasGiven() {
        String path = add(DOCUMENT);
        JsonNode details = api.get(path + "?details=true").hasStatus(200).json();
        assertThat(details.propertyNames()).containsExactlyInAnyOrder("URL", "localId", "kind", "createdAt");
        assertThat(details.get("URL").stringValue()).isEqualTo(absolute(path));
        assertThat(path).endsWith(details.get("localId").stringValue());
        assertThat(details.get("kind").stringValue()).isEqualTo("Hosted");
        assertThat(Instant.parse(details.get("createdAt").stringValue()))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void understandsItsOwnContextsByAddressAndByPath() {
        String path = add(DOCUMENT);
        use(absolute(path), "urn:x:1");
        assertThat(api.get("/entities/urn:x:1").json().has("https://example.org/bench"))
                .isTrue();
        api.post(
                        "/entities",
                        "{\"id\": \"urn:x:2\", \"type\": \"T\", \"bench\": 1, \"@context\": \"/ngsi-ld/v1" + path
                                + "\"}",
                        "Content-Type",
                        JSON_LD)
                .hasStatus(201);
        assertThat(api.get("/entities/urn:x:2").json().has("https://example.org/bench"))
                .isTrue();
        Api.Answer answer = api.get("/entities/urn:x:2", "Link", ContextLink.format(absolute(path)));
        assertThat(answer.json().has("bench")).isTrue();
        answer.hasHeader("Link", ContextLink.format(absolute(path)));
    }

    @Test
    void copiesTheContextsThatAHostedOneNames() {
        String path =
                add("{\"@context\": [\"%s\", {\"bench\": \"ex:bench\"}]}".formatted(api.contextUrl("context.jsonld")));
        api.get(cached("context.jsonld") + "?details=true").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        use(absolute(path), "urn:x:1");
        assertThat(api.get("/entities/urn:x:1").json().has("https://example.org/bench"))
                .isTrue();
        assertThat(api.get(cached("context.jsonld") + "?details=true")
                        .json()
                        .get("kind")
                        .stringValue())
                .isEqualTo("Cached");
    }

    @Test
    void countsTheUsesOfACopy() {
        use(api.contextUrl("context.jsonld"), "urn:x:1");
        JsonNode details = api.get(cached("context.jsonld") + "?details=true")
                .hasStatus(200)
                .json();
        assertThat(details.get("URL").stringValue()).isEqualTo(api.contextUrl("context.jsonld"));
        assertThat(details.get("numberOfHits").intValue()).isEqualTo(1);
        assertThat(details.get("lastUsage").stringValue())
                .isGreaterThanOrEqualTo(details.get("createdAt").stringValue());
        use(api.contextUrl("context.jsonld"), "urn:x:2");
        String byId = "/jsonldContexts/" + details.get("localId").stringValue() + "?details=true";
        assertThat(api.get(byId).json().get("numberOfHits").intValue()).isEqualTo(3);
    }

    @Test
    void doesNotServeCopies() {
        use(api.contextUrl("context.jsonld"), "urn:x:1");
        api.get(cached("context.jsonld")).isProblem(ProblemType.OPERATION_NOT_SUPPORTED);
    }

    @Test
    void listsByKind() {
        String path = add(DOCUMENT);
        use(api.contextUrl("context.jsonld"), "urn:x:1");
        assertThat(list("?kind=Hosted")).containsExactly(absolute(path));
        assertThat(list("?kind=Cached&details=false"))
                .contains(api.contextUrl("context.jsonld"))
                .hasSize(2);
        assertThat(list("?kind=ImplicitlyCreated")).isEmpty();
        assertThat(list("")).hasSize(3);
        JsonNode details = api.get("/jsonldContexts?details=true&kind=Hosted").json();
        assertThat(details.get(0).get("URL").stringValue()).isEqualTo(absolute(path));
    }

    @Test
    void forgetsWhatIsDeleted() {
        String path = add(DOCUMENT);
        use(absolute(path), "urn:x:1");
        api.delete(path).isEmpty(204);
        api.get(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        assertThat(list("?kind=Hosted")).isEmpty();
        assertThat(api.get("/entities/urn:x:1").json().has("https://example.org/bench"))
                .isTrue();
        api.get("/entities/urn:x:1", "Link", ContextLink.format(absolute(path)))
                .isProblem(ProblemType.LD_CONTEXT_NOT_AVAILABLE);
    }

    @Test
    void deletesAndReloadsCopiesByTheAddressOfTheOriginal() {
        use(api.contextUrl("context.jsonld"), "urn:x:1");
        api.delete(cached("context.jsonld") + "?reload=true").isEmpty(204);
        api.get(cached("context.jsonld") + "?details=true").hasStatus(200);
        api.delete(cached("context.jsonld") + "?reload=false").isEmpty(204);
        api.get(cached("context.jsonld") + "?details=true").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }

    @Test
    void keepsTheCoreContext() {
        String core = "/jsonldContexts/" + encoded(CORE);
        assertThat(api.get(core + "?details=true")
                        .hasStatus(200)
                        .json()
                        .get("kind")
                        .stringValue())
                .isEqualTo("Cached");
        api.get(core).isProblem(ProblemType.OPERATION_NOT_SUPPORTED);
        api.delete(core).isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete(core + "?reload=true").isEmpty(204);
    }

    @Test
    void keepsTenantsApart() {
        String path = add(DOCUMENT, "NGSILD-Tenant", "mine", "Content-Type", JSON);
        api.get(path).isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get(path + "?details=true", "NGSILD-Tenant", "other").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.delete(path, "NGSILD-Tenant", "other").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        assertThat(list("?kind=Hosted", "NGSILD-Tenant", "other")).isEmpty();
        assertThat(list("?kind=Hosted", "NGSILD-Tenant", "mine")).containsExactly(absolute(path));
        api.get(path, "NGSILD-Tenant", "mine").hasBody(DOCUMENT).hasHeader("NGSILD-Tenant", "mine");
        api.delete(path, "NGSILD-Tenant", "mine").isEmpty(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "true",
                "\"urn:x:1\"",
                "[\"https://example.org/c\", 7]",
                "[[]]",
                "{\"a\": 7}",
                "{\"a\": {\"@id\": \"https://example.org/a\", \"@context\": {}}}",
                "{\"a\": \"b:x\", \"b\": \"a:x\"}",
                "null"
            })
    void refusesWhatIsNoContext(String context) {
        api.post("/jsonldContexts", "{\"@context\": " + context + "}").isProblem(ProblemType.BAD_REQUEST_DATA);
        assertThat(list("?kind=Hosted")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "[]", "7", "{\"@context\": "})
    void refusesDocumentsWithoutContext(String document) {
        api.post("/jsonldContexts", document).isProblem(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?kind=other, BAD_REQUEST_DATA",
        "GET, ?details=other, BAD_REQUEST_DATA",
        "GET, ?limit=1, INVALID_REQUEST",
        "GET, /nothing?details=true, RESOURCE_NOT_FOUND",
        "GET, /nothing, RESOURCE_NOT_FOUND",
        "DELETE, /nothing, RESOURCE_NOT_FOUND",
        "DELETE, /1234567890123456, RESOURCE_NOT_FOUND",
        "DELETE, /nothing?reload=true, BAD_REQUEST_DATA",
        "DELETE, /nothing?reload=xxx, BAD_REQUEST_DATA",
    })
    void refusesWhatIsNotAsked(String method, String path, ProblemType type) {
        api.send(method, "/jsonldContexts" + path, "").isProblem(type);
    }

    private Api.Answer queryWithContext(String context, String accept) {
        return api.post(
                        "/entityOperations/query",
                        "{\"type\": \"Query\", \"entities\": [{\"type\": \"T\"}], \"@context\": " + context + "}",
                        "Content-Type",
                        JSON_LD,
                        "Accept",
                        accept)
                .hasStatus(200);
    }

    @Test
    void givesAContextOfABodyAnAddressWhenTheAnswerHasToNameIt() {
        api.create("{\"id\": \"urn:x:1\", \"type\": \"T\", \"https://example.org/bench\": 1}");
        String context = "[{\"bench\": \"https://example.org/bench\"}, \"" + CORE + "\"]";
        queryWithContext(context, JSON_LD).hasHeader("Link");
        queryWithContext("\"" + api.contextUrl("context.jsonld") + "\"", JSON)
                .hasHeader("Link", api.link("context.jsonld"));
        assertThat(list("?kind=ImplicitlyCreated")).isEmpty();

        Api.Answer answer = queryWithContext(context, JSON);

        assertThat(answer.json().get(0).has("bench")).isTrue();
        List<String> made = list("?kind=ImplicitlyCreated");
        assertThat(made).hasSize(1);
        answer.hasHeader("Link", ContextLink.format(made.getFirst()));
        String path = made.getFirst().substring(absolute("").length());
        api.get(path).hasBody("{\"@context\": {\"bench\": \"https://example.org/bench\"}}");
        queryWithContext(context, JSON).hasHeader("Link", ContextLink.format(made.getFirst()));
        assertThat(list("?kind=ImplicitlyCreated")).isEqualTo(made);
        JsonNode details = api.get(path + "?details=true").json();
        assertThat(details.get("kind").stringValue()).isEqualTo("ImplicitlyCreated");
        assertThat(details.get("numberOfHits").isInt()).isTrue();
        api.delete(path + "?reload=true").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete(path).isEmpty(204);
    }

    @Test
    void reloadsOnlyCopies() {
        String path = add(DOCUMENT);
        api.delete(path + "?reload=true").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get(path).hasStatus(200);
    }
}
