package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a request and an entity may hold; docs/api.md names the same numbers. */
class BoundsTest {
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

    private static String entity(String members) {
        return "{\"id\":\"urn:x:1\",\"type\":\"T\"" + (members.isEmpty() ? "" : ",") + members + "}";
    }

    private static String many(int count, String form) {
        return IntStream.range(0, count)
                .mapToObj(i -> form.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(","));
    }

    private void refuses(String body, ProblemType type, String detail) {
        api.post("/entities", body).isProblem(type);
        assertThat(api.post("/entities", body).json().get("detail").stringValue())
                .contains(detail);
    }

    @Test
    void attributesOfAnEntityAreCountedHoweverItGrew() {
        refuses(entity(many(1_001, "\"a#\":#")), ProblemType.BAD_REQUEST_DATA, "1001 attributes, and 1000 are allowed");
        api.create(entity(many(1_000, "\"a#\":#")));

        api.post("/entities/urn:x:1/attrs", "{\"b\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.patch("/entities/urn:x:1", "{\"b\":1}").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.post("/entityOperations/upsert?options=update", "[" + entity("\"b\":1") + "]")
                .hasStatus(207);
        api.patch("/entities/urn:x:1", "{\"a1\":\"changed\"}").isEmpty(204);
        assertThat(api.get("/entities/urn:x:1").json().has("b")).isFalse();
    }

    @Test
    void instancesAndAttributesOfAnAttributeAreCounted() {
        String instances = many(1_001, "{\"value\":1,\"datasetId\":\"urn:d:#\"}");
        refuses(entity("\"a\":[" + instances + "]"), ProblemType.BAD_REQUEST_DATA, "1001 instances of one attribute");
        String nested = many(1_001, "\"s#\":#");
        refuses(
                entity("\"a\":{\"type\":\"Property\",\"value\":1," + nested + "}"),
                ProblemType.BAD_REQUEST_DATA,
                "1001 attributes of one attribute");
    }

    @Test
    void typesAndScopesAreCounted() {
        refuses(
                "{\"id\":\"urn:x:1\",\"type\":[" + many(101, "\"T#\"") + "]}",
                ProblemType.BAD_REQUEST_DATA,
                "101 types");
        refuses(entity("\"scope\":[" + many(101, "\"/s#\"") + "]"), ProblemType.BAD_REQUEST_DATA, "101 scopes");
    }

    @Test
    void namesAndIdsHaveALength() {
        refuses(entity("\"" + "n".repeat(2_001) + "\":1"), ProblemType.BAD_REQUEST_DATA, "");
        refuses(entity("").replace("urn:x:1", "urn:x:" + "1".repeat(2_000)), ProblemType.BAD_REQUEST_DATA, "");
        api.get("/entities", "NGSILD-Tenant", "t".repeat(65)).isProblem(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void jsonHasADepthAndItsNumbersALength() {
        refuses(
                entity("\"a\":{\"value\":" + "[".repeat(100) + "]".repeat(100) + "}"),
                ProblemType.INVALID_REQUEST,
                "bound");
        refuses(entity("\"a\":" + "9".repeat(501)), ProblemType.INVALID_REQUEST, "bound");
        refuses(entity("\"a\":{\"value\":{\"" + "n".repeat(10_001) + "\":1}}"), ProblemType.INVALID_REQUEST, "bound");
    }

    @Test
    void jsonHasANumberOfParts() {
        String zeros = "[" + "0,".repeat(Json.MAX_TOKENS) + "0]";
        Assertions.assertThatThrownBy(() -> Json.parse(zeros)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(problem.remedy()).isNotEmpty();
        });
    }

    @Test
    void addressesAndHeadersHaveALength() {
        String address = RawHttp.exchange(
                api.port(), "GET /ngsi-ld/v1/entities?type=" + "T".repeat(33_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(address).startsWith("HTTP/1.1 414 ").contains(ProblemType.URI_TOO_LONG.uri());
        String header = RawHttp.exchange(
                api.port(), "GET /ngsi-ld/v1/entities HTTP/1.1\r\nHost: x\r\nLink: " + "l".repeat(33_000) + "\r\n\r\n");
        assertThat(header).startsWith("HTTP/1.1 431 ").contains(ProblemType.HEADERS_TOO_LARGE.uri());
    }

    @Test
    void whatIsNotHttpIsRefusedWithOneStatusInHeadAndBody() {
        String answer = RawHttp.exchange(api.port(), "GET /ngsi-ld/v1/entities HTTP/9.9\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"status\":400");
    }

    @Test
    void numbersKeepTheirDigitsAndTextItsNormalisation() {
        String values =
                "\"a\":{\"type\":\"Property\",\"value\":[1.10,100,0.000001230,123456789012345678901234567890.1230,"
                        + "\"e\u0301\",\"\u00e9\",\"\ufb01\",\"A\u030a\"]},"
                        + "\"b\":{\"type\":\"LanguageProperty\",\"languageMap\":{\"sl\":\"c\u030c\"}}";
        api.create(entity(values));
        assertThat(api.get("/entities/urn:x:1").text()).isEqualTo(entity(values));
    }
}
