package city.emona.vertical.source;

import static city.emona.vertical.source.TestVertical.LEVEL;
import static city.emona.vertical.source.TestVertical.THING;
import static city.emona.vertical.source.TestVertical.source;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.http.OutgoingGate;
import city.emona.vertical.InstallSecrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sources are asked: on pages, with proofs of who asks, and with patience. */
class ConnectorsTest {
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private FeedServer feeds;
    private TestCity city;
    private HttpFetcher web;

    @BeforeEach
    void start() {
        feeds = new FeedServer();
        web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"));
        city = new TestCity(folder.resolve("data"), Instant.parse("2026-11-23T08:00:00Z"));
    }

    @AfterEach
    void stop() {
        city.close();
        web.close();
        feeds.close();
    }

    private SourceRunner runner(String lines, Map<String, String> environment) throws Exception {
        var vertical = TestVertical.of(folder, city.contexts, source("s", lines));
        return city.runner(
                vertical,
                "s",
                new Connectors(
                        web, new Secrets(folder, environment), InstallSecrets.NONE, folder.resolve("inbox"), "test"));
    }

    private SourceRunner runner(String lines) throws Exception {
        return runner(lines, Map.of());
    }

    private List<String> ids() {
        return city.entities(THING).stream()
                .map(e -> e.id().replace("urn:ngsi-ld:Thing:", ""))
                .sorted()
                .toList();
    }

    private static String trouble(SourceRunner runner) {
        return runner.health().findTrouble().map(t -> t.reason().en()).orElse("");
    }

    @Test
    void readsTheLayerOfAnArcGisServiceUntilItSaysThatThereIsNoMore() throws Exception {
        List<String> queries = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/arcgis/FeatureServer/0/query", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            int offset = query.contains("resultOffset=2") ? 2 : 0;
            FeedServer.send(exchange, 200, JSON, """
                    {"exceededTransferLimit": %s, "spatialReference": {"wkid": 4326}, "fields": [], "features": [
                     {"attributes": {"id": %d, "level": 1}}, {"attributes": {"id": %d, "level": 2}}]}""".formatted(offset == 0, offset, offset + 1)
                    .getBytes(StandardCharsets.UTF_8));
        });
        SourceRunner runner = runner(
                "connector: http\naddress: " + feeds.url("/arcgis/FeatureServer/0") + "\nevery: 60s\nformat: arcgis");
        runner.poll();
        assertThat(ids()).containsExactly("0", "1", "2", "3");
        assertThat(queries).hasSize(2).allMatch(q -> q.contains("where=1=1") && q.contains("f=json"));
        assertThat(runner.health().counts().accepted()).isEqualTo(4);
    }

    @Test
    void followsTheNextLinkOfSensorThings() throws Exception {
        feeds.put("/v1.1/Things", exchange -> {
            boolean second = String.valueOf(exchange.getRequestURI().getQuery()).contains("$skip=1");
            FeedServer.send(
                    exchange,
                    200,
                    JSON,
                    (second
                                    ? "{\"value\": [{\"id\": 2, \"level\": 1}]}"
                                    : "{\"@iot.nextLink\": \"" + feeds.url("/v1.1/Things?$top=1&$skip=1")
                                            + "\", \"value\": [{\"id\": 1, \"level\": 1}]}")
                            .getBytes(StandardCharsets.UTF_8));
        });
        runner("connector: http\naddress: " + feeds.url("/v1.1/Things?$top=1") + "\nevery: 60s\nformat: sensorthings")
                .poll();
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void readsTheEntitiesOfAnotherBrokerByItsLinksWithItsTenantAndContext() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/ngsi-ld/v1/entities", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("NGSILD-Tenant") + " "
                    + exchange.getRequestHeaders().getFirst("Link"));
            boolean second = exchange.getRequestURI().getQuery().contains("offset=1");
            if (!second) {
                exchange.getResponseHeaders()
                        .add("Link", "<https://example.org/c.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"");
                exchange.getResponseHeaders()
                        .add("Link", "</ngsi-ld/v1/entities?type=T&offset=1>; rel=\"next\"; type=\"application/json\"");
            }
            FeedServer.send(
                    exchange,
                    200,
                    JSON,
                    ("[{\"id\": \"" + (second ? "b" : "a") + "\", \"level\": 1}]").getBytes(StandardCharsets.UTF_8));
        });
        runner("connector: http\naddress: " + feeds.url("/ngsi-ld/v1/entities?type=T") + """

                every: 60s
                format: ngsi-ld
                headers: {NGSILD-Tenant: city, Link: '<https://example.org/c.jsonld>; rel="http://www.w3.org/ns/json-ld#context"'}
                """)
                .poll();
        assertThat(ids()).containsExactly("a", "b");
        assertThat(seen).hasSize(2).allMatch(s -> s.startsWith("city <https://example.org/c.jsonld>"));
    }

    @Test
    void countsThePagesOfAnApiThatCountsAndFollowsAMemberOfOneThatTells() throws Exception {
        feeds.put("/list", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int start = query.contains("skip=2") ? 2 : 0;
            String items =
                    start == 0 ? "{\"id\": 0, \"level\": 1}, {\"id\": 1, \"level\": 1}" : "{\"id\": 2, \"level\": 1}";
            FeedServer.send(exchange, 200, JSON, ("[" + items + "]").getBytes(StandardCharsets.UTF_8));
        });
        runner("connector: http\naddress: " + feeds.url("/list")
                        + "\nevery: 60s\nformat: json\npaging: {offset: skip, limit: top, size: 2}")
                .poll();
        assertThat(ids()).containsExactly("0", "1", "2");
        feeds.put("/told", JSON, "{\"data\": [{\"id\": 7, \"level\": 1}], \"links\": {\"next\": \"/told2\"}}");
        feeds.put("/told2", JSON, "{\"data\": [{\"id\": 8, \"level\": 1}], \"links\": {\"next\": null}}");
        runner("connector: http\naddress: " + feeds.url("/told")
                        + "\nevery: 60s\nformat: json\nrecords: data\npaging: {next: links.next}")
                .poll();
        assertThat(ids()).contains("7", "8");
    }

    @Test
    void pagesThatGoRoundOrLeadToAnotherServerAreFailures() throws Exception {
        feeds.put("/round", JSON, "{\"data\": [{\"id\": 7, \"level\": 1}], \"next\": \"/round\"}");
        SourceRunner round = runner("connector: http\naddress: " + feeds.url("/round")
                + "\nevery: 60s\nformat: json\nrecords: data\npaging: {next: next}");
        round.poll();
        assertThat(trouble(round)).contains("circle");
        feeds.put(
                "/away", JSON, "{\"data\": [{\"id\": 7, \"level\": 1}], \"next\": \"http://169.254.169.254/secret\"}");
        SourceRunner away = runner("connector: http\naddress: " + feeds.url("/away")
                + "\nevery: 60s\nformat: json\nrecords: data\npaging: {next: next}");
        away.poll();
        assertThat(trouble(away)).contains("another server");
    }

    @Test
    void provesWhoItIsWithSecretsThatTheOperatorKeeps() throws Exception {
        Files.createDirectories(folder.resolve("secrets-unused"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/in", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")) + " "
                    + exchange.getRequestHeaders().getFirst("X-Key"));
            FeedServer.send(exchange, 200, JSON, "[]".getBytes(StandardCharsets.UTF_8));
        });
        String http = "connector: http\naddress: " + feeds.url("/in") + "\nevery: 60s\nformat: json\n";
        Map<String, String> kept = Map.of("EMONA_SECRET_THINGS_API_KEY", "s3cret");
        runner(http + "authentication: {kind: basic, user: ana, secret: api-key}", kept)
                .poll();
        runner(http + "authentication: {kind: bearer, secret: api-key}", kept).poll();
        runner(http + "authentication: {kind: header, header: X-Key, secret: api-key}", kept)
                .poll();
        assertThat(seen).containsExactly("Basic YW5hOnMzY3JldA== null", "Bearer s3cret null", "null s3cret");
        SourceRunner without = runner(http + "authentication: {kind: bearer, secret: api-key}");
        without.poll();
        assertThat(trouble(without)).contains("EMONA_SECRET_THINGS_API_KEY");
        Files.createDirectories(folder.resolve("things"));
        Files.writeString(folder.resolve("things/api-key"), "of-a-file\n");
        runner(http + "authentication: {kind: bearer, secret: api-key}").poll();
        assertThat(seen).last().isEqualTo("Bearer of-a-file null");
    }

    @Test
    void doesNotTellAnotherServerWhoItIsWhenRedirected() throws Exception {
        try (var other = new FeedServer()) {
            List<String> seen = Collections.synchronizedList(new ArrayList<>());
            other.put("/there", exchange -> {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                FeedServer.send(exchange, 200, JSON, "[{\"id\": 1, \"level\": 2}]".getBytes(StandardCharsets.UTF_8));
            });
            feeds.put("/here", exchange -> {
                exchange.getResponseHeaders().set("Location", other.url("/there"));
                exchange.sendResponseHeaders(302, -1);
            });
            runner(
                            "connector: http\naddress: " + feeds.url("/here")
                                    + "\nevery: 60s\nformat: json\nauthentication: {kind: bearer, secret: k}",
                            Map.of("EMONA_SECRET_THINGS_K", "s3cret"))
                    .poll();
            assertThat(seen).containsExactly("null");
            assertThat(ids()).containsExactly("1");
        }
    }

    @Test
    void asksForATokenOnceAndAgainWhenItIsNoLongerTaken() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        List<String> forms = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/token", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            FeedServer.send(
                    exchange,
                    200,
                    JSON,
                    ("{\"access_token\": \"t" + tokens.incrementAndGet() + "\", \"expires_in\": 3600}")
                            .getBytes(StandardCharsets.UTF_8));
        });
        AtomicInteger valid = new AtomicInteger(1);
        feeds.put("/in", exchange -> {
            boolean right = ("Bearer t" + valid.get())
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            FeedServer.send(exchange, right ? 200 : 401, JSON, "[]".getBytes(StandardCharsets.UTF_8));
        });
        SourceRunner runner = runner(
                "connector: http\naddress: " + feeds.url("/in") + "\nevery: 60s\nformat: json\n"
                        + "authentication: {kind: client-credentials, tokenAddress: '" + feeds.url("/token")
                        + "', client: emona, secret: k, scope: read}",
                Map.of("EMONA_SECRET_THINGS_K", "s3 cret"));
        runner.poll();
        runner.poll();
        assertThat(tokens).hasValue(1);
        assertThat(forms.getFirst())
                .isEqualTo("grant_type=client_credentials&client_id=emona&client_secret=s3+cret&scope=read");
        valid.set(2);
        runner.poll();
        assertThat(tokens).hasValue(2);
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        valid.set(9);
        runner.poll();
        assertThat(trouble(runner)).contains("status 401");
    }

    @Test
    void asksForATokenWithAUserAndAPassword() throws Exception {
        List<String> forms = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/token", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            FeedServer.send(exchange, 200, JSON, "{\"access_token\": \"t1\"}".getBytes(StandardCharsets.UTF_8));
        });
        feeds.put("/in", exchange -> {
            boolean right = "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            FeedServer.send(exchange, right ? 200 : 401, JSON, "[]".getBytes(StandardCharsets.UTF_8));
        });
        SourceRunner runner = runner(
                "connector: http\naddress: " + feeds.url("/in") + "\nevery: 60s\nformat: json\n"
                        + "authentication: {kind: password, tokenAddress: '" + feeds.url("/token")
                        + "', user: city@example.org, secret: k}",
                Map.of("EMONA_SECRET_THINGS_K", "s3 cret"));
        runner.poll();
        assertThat(forms).containsExactly("grant_type=password&username=city%40example.org&password=s3+cret");
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
    }

    @Test
    void aSourceThatCompletesAddsOnlyToWhatIsThereAndAsksAgainUntilItIs() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        feeds.put("/states", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            boolean known = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            asked.incrementAndGet();
            FeedServer.send(
                    exchange, known ? 304 : 200, JSON, known ? new byte[0] : """
                    [{"id": "a", "level": 1, "at": 1764057600}, {"id": "b", "level": 2, "at": 1764057600}]""".getBytes(StandardCharsets.UTF_8));
        });
        feeds.put("/places", JSON, "[{\"id\": \"a\", \"level\": 0}]".getBytes(StandardCharsets.UTF_8));
        var vertical = TestVertical.of(
                folder,
                city.contexts,
                source("places", "connector: http\naddress: " + feeds.url("/places") + "\nevery: 60s\nformat: json")
                        + source(
                                "states",
                                "connector: http\naddress: " + feeds.url("/states")
                                        + "\nevery: 60s\nformat: json\ncompletes: true"),
                """
                {"id": "urn:ngsi-ld:Thing:" & id, "type": "Thing",
                 "level": $exists(at) ? {"value": level, "observedAt": $instant(at)} : {"value": level}}
                """);
        var connectors = new Connectors(
                web, new Secrets(folder, Map.of()), InstallSecrets.NONE, folder.resolve("inbox"), "test");
        SourceRunner places = city.runner(vertical, "places", connectors);
        SourceRunner states = city.runner(vertical, "states", connectors);

        states.poll();
        assertThat(ids()).isEmpty();
        assertThat(states.health().counts().rejected()).isEqualTo(2);
        assertThat(states.lastRejected().getFirst().reason().en())
                .isEqualTo("There is no entity urn:ngsi-ld:Thing:b that the record could complete.");

        places.poll();
        states.poll();
        assertThat(ids()).containsExactly("a");
        assertThat(city.entity("urn:ngsi-ld:Thing:a")
                        .findValue(TestVertical.LEVEL)
                        .orElseThrow()
                        .asInt())
                .isEqualTo(1);
        assertThat(states.health().counts().accepted()).isEqualTo(1);

        feeds.put("/places", JSON, "[{\"id\": \"b\", \"level\": 0}]".getBytes(StandardCharsets.UTF_8));
        places.poll();
        states.poll();
        assertThat(states.health().counts().rejected()).isZero();
        states.poll();
        assertThat(states.health().counts().accepted()).isEqualTo(2);
        assertThat(asked).hasValue(4);
    }

    @Test
    void waitsAsLongAsABusyServerAsksButNotLongerThanADay() throws Exception {
        feeds.put("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "300");
            FeedServer.send(exchange, 429, JSON, new byte[0]);
        });
        SourceRunner runner = runner("connector: http\naddress: " + feeds.url("/busy") + "\nevery: 60s\nformat: json");
        runner.poll();
        assertThat(runner.pause()).isEqualTo(Duration.ofMinutes(5));
        feeds.put("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "999999999");
            FeedServer.send(exchange, 503, JSON, new byte[0]);
        });
        runner.poll();
        assertThat(runner.pause()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void asksOnlyForWhatIsNewerThanWhatItHasAlsoAfterARestart() throws Exception {
        List<String> queries = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/since", exchange -> {
            queries.add(exchange.getRequestURI().getQuery());
            FeedServer.send(
                    exchange,
                    200,
                    JSON,
                    "[{\"id\": 1, \"level\": 2, \"at\": \"2026-11-23T07:30:00Z\"}]".getBytes(StandardCharsets.UTF_8));
        });
        String lines =
                "connector: http\naddress: '" + feeds.url("/since?after={since}") + "'\nevery: 60s\nformat: json";
        runner(lines).poll();
        runner(lines).poll();
        assertThat(queries).containsExactly("after=2026-11-22T08:00:00Z", "after=2026-11-23T07:30:00Z");
    }

    @Test
    void knowsAfterARestartWhatItHasReadAndWhatItRejected() throws Exception {
        List<String> known = Collections.synchronizedList(new ArrayList<>());
        feeds.put("/etag", exchange -> {
            String asked = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
            known.add(asked);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            boolean same = asked.equals("\"1\"");
            FeedServer.send(
                    exchange,
                    same ? 304 : 200,
                    JSON,
                    same
                            ? new byte[0]
                            : "[{\"id\": 1, \"level\": 2}, {\"level\": 3}]".getBytes(StandardCharsets.UTF_8));
        });
        String lines = "connector: http\naddress: " + feeds.url("/etag") + "\nevery: 60s\nformat: json";
        runner(lines).poll();
        SourceRunner again = runner(lines);
        again.poll();
        assertThat(known).containsExactly("null", "\"1\"");
        assertThat(again.health().counts().accepted()).isEqualTo(1);
        assertThat(again.lastRejected())
                .singleElement()
                .satisfies(one -> assertThat(one.record()).contains("\"level\":3"));
        runner("connector: http\naddress: " + feeds.url("/etag") + "\nevery: 60s\nformat: json\nvariables: {a: b}")
                .poll();
        assertThat(known).last().isEqualTo("null");
    }

    @Test
    void takesFilesOfAFolderOnceAndWholeAndPutsThemAside() throws Exception {
        SourceRunner runner = runner("connector: folder\nformat: csv\nseparator: ','\ndecimal: ','");
        Path inbox = Files.createDirectories(folder.resolve("inbox/things/s"));
        Files.writeString(inbox.resolve("a.csv"), "id,level\n1,5\n");
        Files.writeString(inbox.resolve("b.csv.part"), "id,level\n2,5\n");
        Files.writeString(inbox.resolve("c.csv"), "<html>no table</html>");
        runner.poll();
        assertThat(ids()).isEmpty();
        Files.writeString(inbox.resolve("a.csv"), "id,level\n1,5\n3,6\n");
        runner.poll();
        runner.poll();
        runner.poll();
        assertThat(ids()).containsExactly("1", "3");
        assertThat(inbox.resolve("done/a.csv")).exists();
        assertThat(inbox.resolve("failed/c.csv")).exists();
        assertThat(inbox.resolve("failed/c.csv.reason.txt")).content().contains("HTML or XML came instead of CSV");
        assertThat(inbox.resolve("b.csv.part")).exists();
        assertThat(city.entity("urn:ngsi-ld:Thing:3")
                        .findValue(LEVEL)
                        .orElseThrow()
                        .asInt())
                .isEqualTo(6);
    }
}
