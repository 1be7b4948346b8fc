package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.Receiver;
import city.emona.json.Json;
import city.emona.store.backup.BackupState;
import city.emona.vertical.source.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console over HTTP: what it shows, what its forms order, and whom it does not obey. */
final class ConsoleHttpTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Receiver receiver = new Receiver();
    private TestCity city;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        city = new TestCity(folder, 0);
        city.fill();
        subscribe("urn:ngsi-ld:Subscription:bikes", "Kolesa za aplikacijo", receiver.url("/bikes"));
    }

    @AfterEach
    void close() {
        client.close();
        city.close();
        receiver.close();
    }

    private void subscribe(String id, String name, String address) throws Exception {
        ConsoleSubscriptions.create(city, id, name, address);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(city.address() + path)).header("Accept", "text/html");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(city.address() + path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    }

    /** Sends a form as a page of the console does, and gives the sentence of the page to which that leads. */
    private String order(String path, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, form, "Origin", city.address(), "Sec-Fetch-Site", "same-origin");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String page = get(answer.headers().firstValue("Location").orElseThrow()).body();
        int start = page.indexOf("role=\"status\">");
        return page.substring(start + 14, page.indexOf("</p>", start));
    }

    private void change(int bikes) {
        city.putStation(4, bikes, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private String endpoint() {
        Wait.until(() -> !city.engine().listEndpoints().isEmpty());
        return city.engine().listEndpoints().getFirst().id();
    }

    @Test
    void saysThatNothingNeedsAHandButTheSourceThatIsLate() throws Exception {
        String page = get("/console").body();
        assertThat(page)
                .contains("Čaka na vas")
                .contains("Urni podatki državne merilne mreže")
                .doesNotContain("act\">");
        assertThat(get("/en/console").body()).contains("Needs a hand");
        assertThat(get("/console").headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/console")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .contains("frame-ancestors 'none'");
    }

    @Test
    void showsHowBackupsStand() throws Exception {
        assertThat(get("/en/console").body()).contains("none known").contains("not scheduled");
        city.putBackups(new BackupState(86_400_000, 3, 1_700_000_000_000L, true, "The disk is full."));

        assertThat(get("/console").body())
                .contains("Zadnja varnostna kopija ni uspela ali zamuja")
                .contains("href=\"#backups\"");
        assertThat(get("/en/console").body()).contains("Last whole one").contains("2023");
    }

    @Test
    void showsADeadEndpointFirstAndTriesItWhenTold() throws Exception {
        receiver.answer(Receiver.Answer.status(503));
        change(1);
        String path = "/console/deliveries/" + endpoint();
        Wait.until(() -> city.engine().listEndpoints().getFirst().failed() > 0);
        assertThat(get("/console").body())
                .contains("Prejemnik je odgovoril s statusom 503.")
                .contains("Čaka 1 sporočilo.");
        assertThat(get("/console/deliveries").body()).contains("ne sprejema, naslednji poskus");
        receiver.answer(Receiver.Answer.status(200));
        assertThat(order(path + "/try", "")).isEqualTo("Prejemnik bo poskušen takoj.");
        Wait.until(() -> receiver.taken().size() == 1);
        Wait.until(() -> city.engine().listEndpoints().getFirst().sent() == 1);
        assertThat(get(path).body()).contains("deluje");
    }

    @Test
    void holdsAnEndpointAndResumesIt() throws Exception {
        change(1);
        Wait.until(() -> receiver.taken().size() == 1);
        String path = "/console/deliveries/" + endpoint();
        assertThat(order(path + "/hold", "")).isEqualTo("Pošiljanje je zadržano; sporočila čakajo v vrsti.");
        change(2);
        Wait.until(() -> city.engine().listEndpoints().getFirst().pending() == 1);
        assertThat(get("/en/console/deliveries").body()).contains("held since");
        assertThat(receiver.count()).isEqualTo(1);
        assertThat(order("/en" + path + "/resume", "")).isEqualTo("Messages are sent again.");
        Wait.until(() -> receiver.taken().size() == 2);
    }

    @Test
    void replaysFromATimeAndFromAPosition() throws Exception {
        change(1);
        change(2);
        Wait.until(() -> receiver.taken().size() == 2);
        String path = "/console/deliveries/" + endpoint();
        assertThat(order(path + "/replay", "time=2020-01-01T10%3A00")).contains("so znova na poti");
        Wait.until(() -> receiver.taken().size() == 4);
        assertThat(ConsoleSubscriptions.id(receiver.taken().get(3)))
                .isEqualTo(ConsoleSubscriptions.id(receiver.taken().get(1)));
        String subscription = "/console/subscriptions/urn:ngsi-ld:Subscription:bikes";
        assertThat(order(subscription + "/replay", "position=0")).contains("so znova na poti");
        Wait.until(() -> receiver.taken().size() == 6);
        assertThat(order(path + "/replay", "position=999999999")).contains("ni ničesar");
        assertThat(order(path + "/replay", "time=yesterday")).contains("Začetka ni bilo mogoče razbrati");
    }

    @Test
    void listsSubscriptionsInWordsWithoutSecrets() throws Exception {
        String list = get("/console/subscriptions").body();
        assertThat(list)
                .contains("1 naročnina")
                .contains("Kolesa za aplikacijo")
                .contains("Postaje: spremembe vrednosti Prosta kolesa")
                .contains("pogoj availableBikeNumber")
                .contains("dejavna");
        String page =
                get("/console/subscriptions/urn:ngsi-ld:Subscription:bikes").body();
        assertThat(page).contains("Authorization").doesNotContain("skrivnost").contains("\"type\" : \"Subscription\"");
        assertThat(get("/console/subscriptions/urn:nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void resendsAndDiscardsDeadLetters() throws Exception {
        receiver.answer(Receiver.Answer.status(410));
        change(1);
        change(2);
        change(3);
        Wait.until(() -> city.engine().countDeadLetters() == 3);
        String list = get("/console/dead-letters").body();
        assertThat(list).contains("Zdaj so tu 3 sporočila.").contains("Prejemnik je odgovoril s statusom 410.");
        assertThat(list).contains("availableBikeNumber");
        assertThat(get("/console/dead-letters?reason=410").body()).contains("Sporočilo 1");
        assertThat(get("/console/dead-letters?reason=503").body()).contains("Nobeno sporočilo ne ustreza izbiri.");
        assertThat(get("/console/dead-letters?endpoint=nobody").body()).contains("Nobeno sporočilo ne ustreza");
        assertThat(order("/console/dead-letters/1/discard", "reason=410")).isEqualTo("1 sporočilo je zavrženo.");
        assertThat(order("/console/dead-letters/1/discard", "")).contains("Takega sporočila ni več");
        receiver.answer(Receiver.Answer.status(200));
        assertThat(order("/console/dead-letters/2/resend", "")).contains("1 sporočilo je znova na poti");
        Wait.until(() -> city.engine().countDeadLetters() == 1);
        assertThat(order("/console/dead-letters/resend", "endpoint=" + endpoint()))
                .contains("znova na poti");
        Wait.until(() -> city.engine().countDeadLetters() == 0);
        assertThat(order("/console/dead-letters/discard", "endpoint=")).contains("Takega sporočila ni več");
        assertThat(receiver.taken()).hasSize(2);
    }

    @Test
    void obeysNoPageOfOthers() throws Exception {
        receiver.answer(Receiver.Answer.status(410));
        change(1);
        Wait.until(() -> city.engine().countDeadLetters() == 1);
        String path = "/console/dead-letters/discard";
        String evil = "https://evil.example";
        assertThat(post(path, "", "Origin", evil).statusCode()).isEqualTo(403);
        assertThat(post(path, "", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(post(path, "", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(post(path, "", "Sec-Fetch-Site", "same-site", "Origin", city.address())
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(path, "", "Sec-Fetch-Site", "same-origin", "Origin", evil)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> silent = post(path, "");
        assertThat(silent.statusCode()).isEqualTo(403);
        assertThat(silent.body()).contains("Ukaz ni prišel s strani konzole");
        assertThat(city.engine().countDeadLetters()).isEqualTo(1);
    }

    @Test
    void isOnThisMachineAlone() throws Exception {
        assertThat(get("/console", "X-Forwarded-For", "203.0.113.7").statusCode())
                .isEqualTo(403);
        assertThat(get("/console", "Via", "1.1 proxy").body()).contains("samo s tega računalnika");
        assertThat(statusFor("rebound.example")).contains(" 403 ");
        assertThat(statusFor("localhost")).contains(" 200 ");
        assertThat(statusFor("localhost.example")).contains(" 403 ");
        assertThat(statusFor("[::1]:8080")).contains(" 200 ");
    }

    /** The first line of the answer to a request that names a host. */
    private String statusFor(String host) throws IOException {
        URI address = URI.create(city.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            String request = "GET /en/console HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElseThrow();
        }
    }

    @Test
    void showsWhatMessagesHoldAsTextOnly() throws Exception {
        receiver.answer(Receiver.Answer.status(410));
        String script = "<script>alert(1)</script>";
        city.put(Json.text(Json.object()
                .put("id", TestCity.BIKES + "99")
                .put("type", "BikeHireDockingStation")
                .put("name", script)
                .put("availableBikeNumber", 3)));
        Wait.until(() -> city.engine().countDeadLetters() == 1);
        assertThat(get("/console/dead-letters").body()).doesNotContain(script).contains("alert(1)");
        String reason = URLEncoder.encode("\"><script>", StandardCharsets.UTF_8);
        assertThat(get("/console/dead-letters?reason=" + reason).body()).doesNotContain("\"><script>");
    }
}
