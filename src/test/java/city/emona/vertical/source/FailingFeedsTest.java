package city.emona.vertical.source;

import static city.emona.vertical.source.AirXml.air;
import static city.emona.vertical.source.AirXml.postaja;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.http.OutgoingGate;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.SourceFailure;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with feeds in practice: each is counted and told with its reason, and costs nothing else. */
class FailingFeedsTest {
    private static final String TYPE = "https://smartdatamodels.org/dataModel.Environment/AirQualityObserved";
    private static final String XML = "application/xml";

    @TempDir
    Path folder;

    private FeedServer feeds;
    private TestCity city;
    private SourceRunner runner;

    @BeforeEach
    void startACityWithOneGoodPoll() throws Exception {
        feeds = new FeedServer();
        city = new TestCity(folder, Instant.parse("2026-04-20T01:45:00Z"));
        feeds.put("/air.xml", XML, air(postaja("E403", "LJ Bežigrad", "<pm10>10</pm10>")));
        runner = city.runner("air-quality", "arso", feeds.url("/air.xml"));
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        city.pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        city.close();
        feeds.close();
    }

    /** The next poll fails for a reason, and what was known stays. */
    private void assertFails(String reason) throws Exception {
        runner.poll();
        SourceHealth health = runner.health();
        assertThat(health.status()).isEqualTo(SourceStatus.LATE);
        assertThat(health.findTrouble().orElseThrow().reason().en()).contains(reason);
        assertThat(health.findTrouble().orElseThrow().reason().sl()).isNotBlank();
        assertThat(health.lastSuccess()).isLessThan(health.lastAttempt());
        assertThat(city.entities(TYPE)).hasSize(1);
        assertThat(city.entity(health.identity().id()).findText("https://emona.city/ns/sourceStatus"))
                .contains("late");
    }

    @Test
    void tellsThatTheServerCannotBeReached() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        runner = city.runner("air-quality", "arso", "http://localhost:" + closed + "/air.xml");
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.FAILING);
        assertThat(runner.health().findTrouble().orElseThrow().reason().en()).contains("cannot be reached");
    }

    @Test
    void givesUpOnAFeedSlowerThanItsTimeout() throws Exception {
        var over = new CountDownLatch(1);
        feeds.put("/slow.xml", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1_000]);
            exchange.getResponseBody().flush();
            over.await();
        });
        SourceSpec spec = city.verticals
                .find("air-quality")
                .orElseThrow()
                .findSource("arso")
                .orElseThrow();
        try (var web = new HttpFetcher(OutgoingGate.allowing("127.0.0.0/8"))) {
            var order = new Fetcher.Order(
                    java.net.URI.create(feeds.url("/slow.xml")),
                    Fetched.Validators.NONE,
                    Duration.ofMillis(300),
                    spec.maxBytes());
            long start = System.nanoTime();
            assertThat(catchFailure(() -> web.fetch(order))).contains("did not answer within");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        } finally {
            over.countDown();
        }
    }

    @FunctionalInterface
    private interface Fetching {
        Fetched run() throws SourceFailure, InterruptedException;
    }

    private static String catchFailure(Fetching fetching) throws InterruptedException {
        try {
            return "no failure but " + fetching.run();
        } catch (SourceFailure e) {
            return e.reason().en();
        }
    }

    @Test
    void tellsTheStatusOfAnError() throws Exception {
        feeds.put("/air.xml", exchange -> FeedServer.send(exchange, 500, "text/plain", new byte[0]));
        assertFails("answered with status 500");
    }

    @Test
    void refusesHalfABody() throws Exception {
        byte[] body = air(postaja("E404", "LJ Vič", "<pm10>9</pm10>")).getBytes(StandardCharsets.UTF_8);
        feeds.put("/air.xml", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
        });
        assertFails("broke off");
    }

    @Test
    void keepsTheRecordsBeforeTheBreakOfACutDocumentAndReadsItAgain() throws Exception {
        String whole =
                air(postaja("E404", "LJ Vič", "<pm10>9</pm10>"), postaja("E405", "LJ Celovška", "<pm10>8</pm10>"));
        String cut = whole.substring(0, whole.indexOf("LJ Celovška"));
        feeds.put("/air.xml", XML, cut);
        runner.poll();
        assertThat(city.entities(TYPE)).hasSize(2);
        assertThat(runner.health().status()).isEqualTo(SourceStatus.LATE);
        assertThat(runner.health().findTrouble().orElseThrow().reason().en()).contains("not valid XML (line 3)");

        feeds.put("/air.xml", XML, whole);
        runner.poll();
        assertThat(city.entities(TYPE)).hasSize(3);
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
    }

    @Test
    void recognisesWindows1250WhereUtf8IsDeclared() throws Exception {
        byte[] body = air(postaja("E403", "LJ Bežigrad", "<pm10>11</pm10>")).getBytes(Charset.forName("windows-1250"));
        feeds.put("/air.xml", XML, body);
        assertFails("probably in windows-1250");
    }

    @Test
    void readsWindows1250ThatIsDeclared() throws Exception {
        String text = air(postaja("E403", "LJ Bežigrad", "<pm10>11</pm10>")).replace("UTF-8", "windows-1250");
        feeds.put("/air.xml", XML, text.getBytes(Charset.forName("windows-1250")));
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        feeds.put(
                "/air.xml",
                XML + "; charset=windows-1250",
                air(postaja("E403", "LJ Bežigrad", "<pm10>12</pm10>")).getBytes(Charset.forName("windows-1250")));
        runner.poll();
        assertThat(city.entity("urn:ngsi-ld:AirQualityObserved:ARSO-E403").findText("https://smartdatamodels.org/name"))
                .contains("Ljubljana Bežigrad");
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
    }

    @Test
    void refusesAWebPageWhereXmlBelongs() throws Exception {
        feeds.put("/air.xml", "text/html", "<!doctype html><html><body><p>Vzdrževalna dela<br></body></html>");
        assertFails("");
        feeds.put("/air.xml", "text/html", "<html><body><p>Vzdrževalna dela</p></body></html>");
        assertFails("has no element <postaja>");
    }

    @Test
    void takesTheGoodRecordsAroundABrokenOneAndKeepsItWithItsReason() throws Exception {
        feeds.put(
                "/air.xml",
                XML,
                air(
                        postaja("E404", "LJ Vič", "<pm10>9</pm10>"),
                        postaja("E405", "", "<pm10>8</pm10>"),
                        postaja("E406", "LJ Moste", "<pm10>90000</pm10>"),
                        postaja("E407", "LJ Polje", "<pm10>7</pm10>")));
        runner.poll();
        assertThat(runner.health().status()).isEqualTo(SourceStatus.OK);
        assertThat(runner.health().counts().accepted()).isEqualTo(2);
        assertThat(runner.health().counts().rejected()).isEqualTo(2);
        assertThat(city.entities(TYPE)).hasSize(3);
        runner.poll();
        assertThat(runner.lastRejected()).as("each is kept once").hasSize(2);
        assertThat(runner.lastRejected().getFirst().record()).contains("LJ Moste");
        assertThat(runner.lastRejected().getFirst().reason().en()).contains("/pm10 must have a maximum value of 5000");
        assertThat(runner.lastRejected().getLast().reason().sl()).isEqualTo("Manjka polje »merilno_mesto«.");
        assertThat(city.entity(runner.health().identity().id())
                        .findValue("https://emona.city/ns/rejectedRecords")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void refusesADocumentTypeThatWouldExpandToBillions() throws Exception {
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE arsopodatki [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]><arsopodatki><vir>&l9;</vir>")
                .append(postaja("E404", "&l9;", "<pm10>9</pm10>"))
                .append("</arsopodatki>");
        feeds.put("/air.xml", XML, laughs.toString());
        assertFails("document type declaration");
    }

    @Test
    void neverReadsAFileThatADocumentPointsTo() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        feeds.put(
                "/air.xml",
                XML,
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><a>"
                        + postaja("E404", "&x;", "<pm10>9</pm10>") + "</a>");
        assertFails("document type declaration");
    }

    @Test
    void refusesMoreBytesThanAreAllowedPackedOrNot() throws Exception {
        byte[] large = new byte[20_000_000];
        feeds.put("/air.xml", XML, large);
        assertFails("larger than 16000000 bytes");
        feeds.put("/air.xml", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            FeedServer.send(exchange, 200, XML, FeedServer.gzip(large));
        });
        assertFails("larger than 16000000 bytes");
    }

    @Test
    void readsAPackedDocument() throws Exception {
        feeds.put("/air.xml", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            FeedServer.send(
                    exchange,
                    200,
                    XML,
                    FeedServer.gzip(
                            air(postaja("E404", "LJ Vič", "<pm10>9</pm10>")).getBytes(StandardCharsets.UTF_8)));
        });
        runner.poll();
        assertThat(city.entities(TYPE)).hasSize(2);
    }

    @Test
    void followsAFewRedirectsAndStopsInACircle() throws Exception {
        feeds.put("/air.xml", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere.xml");
            exchange.sendResponseHeaders(302, -1);
        });
        feeds.put("/elsewhere.xml", XML, air(postaja("E404", "LJ Vič", "<pm10>9</pm10>")));
        runner.poll();
        assertThat(city.entities(TYPE)).hasSize(2);

        feeds.put("/elsewhere.xml", exchange -> {
            exchange.getResponseHeaders().set("Location", "/air.xml");
            exchange.sendResponseHeaders(302, -1);
        });
        runner.poll();
        assertThat(runner.health().findTrouble().orElseThrow().reason().en()).contains("redirects more than");
    }

    @Test
    void refusesARedirectToAFile() throws Exception {
        feeds.put("/air.xml", exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
            exchange.sendResponseHeaders(302, -1);
        });
        assertFails("not a web address");
    }

    @Test
    void refusesAGbfsSystemThatPointsToFiles() throws Exception {
        feeds.put(
                "/gbfs.json",
                "application/json",
                "{\"data\": {\"feeds\": [{\"name\": \"station_information\", \"url\": \"file:/etc/passwd\"}]}}");
        var bikes = city.runner("bike-sharing", "gbfs", feeds.url("/gbfs.json"));
        bikes.poll();
        assertThat(bikes.health().findTrouble().orElseThrow().reason().en())
                .contains("file:/etc/passwd")
                .contains("not on the web");
    }
}
