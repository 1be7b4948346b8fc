package city.emona.api.ngsild;

import static city.emona.api.ngsild.Api.JSON;
import static city.emona.api.ngsild.Api.JSON_LD;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    private static final String ROOT = "/ngsi-ld/v1";

    @TempDir
    static Path folder;

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(folder);
        api.create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String raw(String request) {
        return RawHttp.exchange(api.port(), request);
    }

    @Test
    void needsALength() {
        for (String method : new String[] {"POST", "PUT", "PATCH"}) {
            String path = ROOT + (method.equals("POST") ? "/entities" : "/entities/urn:x:1");
            String answer = raw(method + " " + path
                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nNGSILD-Tenant: nobody\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 411 Length Required\r\n").endsWith("\r\n\r\n");
        }
    }

    @Test
    void refusesBodiesOfOtherMediaTypes() {
        api.post("/entities", "<x/>", "Content-Type", "application/xml").isEmpty(415);
        api.post("/entities", "{}", "Content-Type", "application/merge-patch+json")
                .isEmpty(415);
        api.patch("/entities/urn:x:1", "{}", "Content-Type", "text/plain").isEmpty(415);
        api.post("/entities", "{}", "Content-Type", "application/json; charset=utf-8")
                .isProblem(ProblemType.BAD_REQUEST_DATA);
        assertThat(raw("POST " + ROOT + "/entities HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"))
                .contains(" 415 ");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        api.post("/entities", "{\"x\":\"" + "a".repeat(70_000) + "\"}").isProblem(ProblemType.PAYLOAD_TOO_LARGE);
        api.get("/entities/urn:x:1").hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{} {}",
                "{\"id\":\"urn:x:2\",\"id\":\"urn:x:3\",\"type\":\"T\"}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1e99999999999}",
                "{'a':1}",
                "{\"a\":\"\\ud800\"}",
                "[]",
                "7"
            })
    void refusesWhatIsNoJsonObject(String body) {
        api.post("/entities", body, "Content-Type", JSON).isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void refusesDeepAndIllEncodedJson() {
        api.post("/entities", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}")
                .isProblem(ProblemType.INVALID_REQUEST);
        String head = "POST " + ROOT
                + "/entities HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n";
        assertThat(RawHttp.exchangeBytes(
                        api.port(), head, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'}))
                .contains(" 400 ", "InvalidRequest");
        assertThat(RawHttp.exchangeBytes(
                        api.port(), head, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xFF, '"', '}'}))
                .contains(" 400 ", "InvalidRequest");
    }

    @Test
    void looksAtParametersBeforeAnythingElse() {
        api.post("/entities?foo=bar", "not json", "Content-Type", JSON).isProblem(ProblemType.INVALID_REQUEST);
        assertThat(api.post("/entities?foo=bar", "{}", "Content-Type", JSON).text())
                .contains("foo");
        api.get("/entities/urn:x:unknown?foo=bar").isProblem(ProblemType.INVALID_REQUEST);
        api.get("/entities/urn:x:unknown?options=foo").isProblem(ProblemType.INVALID_REQUEST);
        api.delete("/entities/urn:x:unknown?foo=bar").isProblem(ProblemType.INVALID_REQUEST);
        api.patch("/entities/urn:x:unknown/attrs/a?foo=bar", "{}").isProblem(ProblemType.INVALID_REQUEST);
        api.post("/entityOperations/upsert?foo=bar", "[]").isProblem(ProblemType.INVALID_REQUEST);
        api.post("/entities/urn:x:unknown/attrs", "{\"9\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /entities/urn:x:1 | DELETE, GET, HEAD, PATCH, PUT",
                "DELETE | /entities/urn:x:1/attrs/ | PATCH, POST",
                "GET | /entities/urn:x:1/attrs/a | DELETE, PATCH, PUT",
                "GET | /entityOperations/create | POST"
            })
    void saysWhichMethodsThereAre(String method, String path, String allowed) {
        api.send(method.strip(), path.strip(), "")
                .isProblem(ProblemType.METHOD_NOT_ALLOWED)
                .hasHeader("Allow", allowed.strip());
    }

    @Test
    void answersHeadAndOptions() {
        String head = raw("HEAD " + ROOT + "/entities/urn:x:1 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n").contains("Content-Length: 6", "Link: ");
        api.send("OPTIONS", "/entities/urn:x:1", "")
                .isEmpty(204)
                .hasHeader("Allow", "DELETE, GET, HEAD, PATCH, PUT, OPTIONS");
        assertThat(raw("HEAD " + ROOT + "/entities/urn:x:none HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void knowsWhenTheEntityIdIsEmpty() {
        api.put("/entities/", "{\"type\":\"T\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/", "{\"type\":\"T\"}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entities//attrs", "{\"a\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities//attrs/", "{\"a\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities//attrs/a", "{\"value\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entities//attrs/a").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/nothing").isProblem(ProblemType.RESOURCE_NOT_FOUND);
        api.get("/entities/no-uri").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities/urn:x:%E2%80%8B").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.get("/entities/urn%3Ax%3A1").hasStatus(200);
    }

    @Test
    void separatesTenants() {
        api.get("/entities/urn:x:1", "NGSILD-Tenant", "other")
                .isProblem(ProblemType.NONEXISTENT_TENANT)
                .hasHeader("NGSILD-Tenant", "other");
        api.get("/entities?type=T", "NGSILD-Tenant", "other").isProblem(ProblemType.NONEXISTENT_TENANT);
        api.patch("/entities/urn:x:1/attrs", "{\"a\":2}", "NGSILD-Tenant", "other")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        api.delete("/entities/urn:x:1", "NGSILD-Tenant", "other").isProblem(ProblemType.NONEXISTENT_TENANT);
        for (String operation : new String[] {"upsert", "update", "merge"}) {
            api.post(
                            "/entityOperations/" + operation,
                            "[{\"id\":\"urn:x:1\",\"type\":\"T\"}]",
                            "NGSILD-Tenant",
                            "other")
                    .isProblem(ProblemType.NONEXISTENT_TENANT);
        }
        api.post("/entityOperations/delete", "[\"urn:x:1\"]", "NGSILD-Tenant", "other")
                .isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entities", "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":5}", "NGSILD-Tenant", "second")
                .hasStatus(201)
                .hasHeader("NGSILD-Tenant", "second");
        api.get("/entities/urn:x:1?options=keyValues", "NGSILD-Tenant", "second")
                .hasBody("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":5}")
                .hasHeader("NGSILD-Tenant", "second");
        api.get("/entities/urn:x:1?options=keyValues").hasBody("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1}");
        api.post("/entityOperations/create", "[{\"id\":\"urn:x:2\",\"type\":\"T\"}]", "NGSILD-Tenant", "third")
                .hasStatus(201);
        api.get("/entities/urn:x:1", "NGSILD-Tenant", "no/tenant").isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void carriesOutBatches() {
        api.post(
                        "/entityOperations/create",
                        "[{\"id\":\"urn:b:1\",\"type\":\"B\",\"a\":1},{\"id\":\"urn:b:2\",\"type\":\"B\"}]")
                .hasStatus(201)
                .hasBody("[\"urn:b:1\",\"urn:b:2\"]");
        var partly = api.post(
                        "/entityOperations/create",
                        "[{\"id\":\"urn:b:3\",\"type\":\"B\"},{\"id\":\"urn:b:3\",\"type\":\"B\"},{\"id\":\"urn:b:1\",\"type\":\"B\"},{\"type\":\"B\"}]")
                .hasStatus(207)
                .hasHeader("Content-Type", JSON)
                .hasHeader("Link")
                .json();
        assertThat(partly.at("/success/0").stringValue()).isEqualTo("urn:b:3");
        assertThat(partly.get("success")).hasSize(1);
        assertThat(partly.get("errors")).hasSize(3);
        assertThat(partly.get("errors")).allMatch(e -> e.at("/error/status").intValue() >= 400 && e.has("entityId"));
        api.post("/entityOperations/upsert", "[{\"id\":\"urn:b:1\",\"type\":\"B\",\"c\":1}]")
                .isEmpty(204);
        api.get("/entities/urn:b:1?options=keyValues").hasBody("{\"id\":\"urn:b:1\",\"type\":\"B\",\"c\":1}");
        api.post(
                        "/entityOperations/upsert?options=update",
                        "[{\"id\":\"urn:b:1\",\"type\":\"B\",\"d\":1},{\"id\":\"urn:b:4\",\"type\":\"B\"}]")
                .hasStatus(201)
                .hasBody("[\"urn:b:4\"]");
        api.get("/entities/urn:b:1?options=keyValues").hasBody("{\"id\":\"urn:b:1\",\"type\":\"B\",\"c\":1,\"d\":1}");
        api.post("/entityOperations/update", "[{\"id\":\"urn:b:1\",\"c\":2}]").isEmpty(204);
        var left = api.post("/entityOperations/update?options=noOverwrite", "[{\"id\":\"urn:b:1\",\"c\":3,\"e\":1}]")
                .hasStatus(207)
                .json();
        assertThat(left.at("/errors/0/entityId").stringValue()).isEqualTo("urn:b:1");
        api.get("/entities/urn:b:1?options=keyValues")
                .hasBody("{\"id\":\"urn:b:1\",\"type\":\"B\",\"c\":2,\"d\":1,\"e\":1}");
        api.post(
                        "/entityOperations/merge",
                        "[{\"id\":\"urn:b:1\",\"c\":\"urn:ngsi-ld:null\",\"d\":{\"value\":{\"x\":1}}},{\"id\":\"urn:b:9\",\"c\":1}]")
                .hasStatus(207);
        api.get("/entities/urn:b:1?options=keyValues")
                .hasBody("{\"id\":\"urn:b:1\",\"type\":\"B\",\"d\":{\"x\":1},\"e\":1}");
        var deleted = api.post("/entityOperations/delete", "[\"urn:b:1\",\"urn:b:1\",\"urn:b:2\",\"nonsense\"]")
                .hasStatus(207)
                .json();
        assertThat(deleted.get("success")).hasSize(2);
        assertThat(deleted.get("errors")).hasSize(2);
        api.post("/entityOperations/delete", "[\"urn:b:3\"]").isEmpty(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "upsert", "update", "merge", "delete"})
    void refusesBatchesThatAreNone(String operation) {
        api.post("/entityOperations/" + operation, "[]").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entityOperations/" + operation, "[null]").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entityOperations/" + operation, "{}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entityOperations/" + operation, "[7").isProblem(ProblemType.INVALID_REQUEST);
        api.get("/entityOperations/" + operation).isProblem(ProblemType.METHOD_NOT_ALLOWED);
    }

    @Test
    void readsEveryElementOfABatchWithItsOwnContext() {
        api.post("/entityOperations/create", """
                [{"id": "urn:c:1", "type": "Thing", "@context": "%s"}, {"id": "urn:c:2", "type": "Thing", "@context": {"Thing": "urn:y:Thing"}},
                 {"id": "urn:c:3", "type": "Thing"}]""".formatted(api.contextUrl("context.jsonld")), "Content-Type", JSON_LD)
                .hasStatus(207);
        assertThat(api.get("/entities/urn:c:1").text()).contains("https://example.org/Thing");
        assertThat(api.get("/entities/urn:c:2").text()).contains("urn:y:Thing");
        api.get("/entities/urn:c:3").isProblem(ProblemType.RESOURCE_NOT_FOUND);
    }
}
