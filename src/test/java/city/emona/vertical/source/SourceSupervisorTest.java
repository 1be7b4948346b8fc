package city.emona.vertical.source;

import static city.emona.vertical.source.TestVertical.LEVEL;
import static city.emona.vertical.source.TestVertical.THING;
import static city.emona.vertical.source.TestVertical.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are switched on and off, pushed to, and many. */
class SourceSupervisorTest {
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private FeedServer feeds;
    private TestCity city;

    @BeforeEach
    void start() {
        feeds = new FeedServer();
        city = new TestCity(folder.resolve("data"), Instant.parse("2026-11-23T08:00:00Z"));
    }

    @AfterEach
    void stop() {
        city.close();
        feeds.close();
    }

    private SourceSupervisor supervisor(String sources, Map<String, String> environment) throws Exception {
        var vertical = TestVertical.of(folder, city.contexts, sources);
        var plain = city.surroundings(folder.resolve("inbox"));
        var surroundings = new SourceSupervisor.Surroundings(
                plain.contexts(),
                plain.broker(),
                plain.store(),
                plain.clock(),
                new Secrets(folder, environment),
                plain.answers(),
                plain.gate(),
                plain.inbox(),
                "test");
        var supervisor = new SourceSupervisor(surroundings, _ -> List.of());
        supervisor.add(vertical);
        return supervisor;
    }

    private static Function<String, Optional<String>> header(String name, String value) {
        return asked -> asked.equalsIgnoreCase(name) ? Optional.of(value) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsSwitchedOffStaysOffOverARestartUntilItIsSwitchedOn() throws Exception {
        feeds.put("/a", JSON, "[{\"id\": 1, \"level\": 2}]");
        String sources = source("s", "connector: http\naddress: " + feeds.url("/a") + "\nevery: 1s\nformat: json");
        String id = SourceSupervisor.healthId("things", "s");
        try (var supervisor = supervisor(sources, Map.of())) {
            Wait.until(() -> feeds.requests("/a") >= 1);
            supervisor.setDesired("things", "s", false);
            assertThat(supervisor.isDesired(id)).isFalse();
            assertThat(supervisor.health().getFirst().status()).isEqualTo(SourceStatus.STOPPED);
            assertThatThrownBy(() -> supervisor.bring("things", "s", bytes("[]")))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.CONFLICT));
        }
        int asked = feeds.requests("/a");
        try (var supervisor = supervisor(sources, Map.of())) {
            assertThat(supervisor.isDesired(id)).isFalse();
            assertThat(supervisor.health().getFirst().status()).isEqualTo(SourceStatus.STOPPED);
            assertThat(feeds.requests("/a")).isEqualTo(asked);
            supervisor.setDesired("things", "s", true);
            Wait.until(() -> feeds.requests("/a") > asked + 1);
            Wait.until(() -> supervisor.health().getFirst().status() == SourceStatus.OK);
        }
    }

    @Test
    void takesWhatIsPushedWithTheTokenAndNothingWithoutIt() throws Exception {
        String sources = source("s", "connector: push\nformat: json\npush: {kind: token, secret: device}")
                + source("open", "connector: push\nformat: ndjson")
                + source("pulled", "connector: http\naddress: " + feeds.url("/a") + "\nevery: 1h\nformat: json");
        try (var supervisor = supervisor(sources, Map.of("EMONA_SECRET_THINGS_DEVICE", "t0ken"))) {
            byte[] body = bytes("[{\"id\": 1, \"level\": 2}, {\"level\": 2}]");
            var counts = supervisor.push("things", "s", header("authorization", "Bearer t0ken"), true, body);
            assertThat(counts.accepted()).isEqualTo(1);
            assertThat(counts.rejected()).isEqualTo(1);
            assertThat(city.entity("urn:ngsi-ld:Thing:1")
                            .findValue(LEVEL)
                            .orElseThrow()
                            .asInt())
                    .isEqualTo(2);
            for (String wrong : List.of("", "t0ken2", "Bearer ", "Bearer t0kem")) {
                assertThatThrownBy(() -> supervisor.push("things", "s", header("Authorization", wrong), true, body))
                        .isInstanceOfSatisfying(
                                Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.UNAUTHORIZED));
            }
            assertThat(supervisor
                            .push("things", "open", _ -> Optional.empty(), true, bytes("{\"id\": 5, \"level\": 1}\n"))
                            .accepted())
                    .isEqualTo(1);
            assertThatThrownBy(() -> supervisor.push("things", "open", _ -> Optional.empty(), false, body))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.UNAUTHORIZED));
            assertThatThrownBy(() -> supervisor.push("things", "open", _ -> Optional.empty(), true, bytes("<html>")))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> supervisor.push("things", "pulled", _ -> Optional.empty(), true, body))
                    .hasMessageContaining("Nothing can be pushed");
            assertThatThrownBy(() -> supervisor.push("things", "none", _ -> Optional.empty(), true, body))
                    .hasMessageContaining("no source");
        }
    }

    @Test
    void takesWhatIsSignedWithTheSecretOverExactlyThisBody() throws Exception {
        String sources = source(
                "s", "connector: push\nformat: json\npush: {kind: hmac, header: X-Hub-Signature-256, secret: device}");
        try (var supervisor = supervisor(sources, Map.of("EMONA_SECRET_THINGS_DEVICE", "t0ken"))) {
            byte[] body = bytes("[{\"id\": 1, \"level\": 2}]");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes("t0ken"), "HmacSHA256"));
            var signed =
                    header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
            assertThat(supervisor.push("things", "s", signed, true, body).accepted())
                    .isEqualTo(1);
            assertThatThrownBy(() -> supervisor.push("things", "s", signed, true, bytes("[{\"id\": 2, \"level\": 2}]")))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void aPersonMayBringADocumentForASourceOfAnyKind() throws Exception {
        String sources = source("s", "connector: upload\nformat: csv");
        try (var supervisor = supervisor(sources, Map.of())) {
            assertThat(supervisor
                            .bring("things", "s", bytes("id;level\n1;2\n2;3\n"))
                            .accepted())
                    .isEqualTo(2);
            assertThat(supervisor
                            .health()
                            .getFirst()
                            .findDetected()
                            .orElseThrow()
                            .en())
                    .contains("»;«");
            assertThatThrownBy(() -> supervisor.bring("things", "s", bytes("<html>")))
                    .hasMessageContaining("HTML");
        }
    }

    @Test
    void aVerticalMayComeAndGoWhileTheOthersRun() throws Exception {
        feeds.put("/a", JSON, "[{\"id\": 1, \"level\": 2}]");
        var vertical = TestVertical.of(
                folder,
                city.contexts,
                source("s", "connector: http\naddress: " + feeds.url("/a") + "\nevery: 1s\nformat: json"));
        try (var supervisor = new SourceSupervisor(city.surroundings(folder), _ -> List.of())) {
            supervisor.add(vertical);
            Wait.until(() -> !city.entities(THING).isEmpty());
            supervisor.remove("things");
            assertThat(supervisor.health()).isEmpty();
        }
    }

    @Test
    void twoThousandSourcesFitInOneProcessThoughHalfOfThemFail() throws Exception {
        int count = 2_000;
        StringBuilder sources = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String path = i % 2 == 0 ? "/good" : i % 4 == 1 ? "/missing" : "/broken";
            sources.append(source(
                    "s" + i,
                    "connector: http\naddress: '" + feeds.url(path) + "?" + i + "'\nevery: 10s\nformat: json"));
        }
        feeds.put(
                "/good",
                exchange -> FeedServer.send(
                        exchange,
                        200,
                        JSON,
                        bytes("[{\"id\": " + exchange.getRequestURI().getQuery() + ", \"level\": 1}]")));
        feeds.put("/broken", JSON, "[{\"id\": 1");
        long before = usedMemory();
        try (var supervisor = supervisor(sources.toString(), Map.of())) {
            Wait.until(() -> supervisor.health().stream().allMatch(health -> health.lastAttempt() > 0));
            Wait.until(() -> feeds.requests("/good") > count / 2);
            assertThat(supervisor.health().stream()
                            .filter(health -> health.status() == SourceStatus.OK)
                            .count())
                    .isEqualTo(count / 2);
            assertThat(supervisor.health().stream()
                            .filter(health -> health.status() == SourceStatus.FAILING)
                            .count())
                    .isEqualTo(count / 2);
            assertThat(city.entities(THING)).hasSize(count / 2);
            long each = (usedMemory() - before) / count;
            assertThat(each).as("bytes of memory for each source").isLessThan(60_000);
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
