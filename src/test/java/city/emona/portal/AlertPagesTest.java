package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.store.Tenant;
import city.emona.vertical.EntityDraft;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.rule.AlertTerms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of alerts over HTTP, with what other pages say of them. */
class AlertPagesTest {
    private static final String ALERT = "urn:ngsi-ld:Alert:air-quality:ozone-alarm:x:1";

    @TempDir
    Path folder;

    private TestCity city;
    private HttpClient client;

    @BeforeEach
    void start() {
        city = new TestCity(folder, 0);
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        city.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(city.address() + path)));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body().replaceAll("\\s+", " ");
    }

    private void raise() {
        long now = city.broker().now();
        Entity alert = new EntityDraft(ALERT, AlertTerms.ALERT, now)
                .languages(AlertTerms.NAME, new LocalizedText("Alarmna vrednost ozona", "Ozone alert threshold"))
                .languages(AlertTerms.DESCRIPTION, new LocalizedText("Ozon je 250.", "Ozone is 250."))
                .text(AlertTerms.SEVERITY, "critical")
                .text(AlertTerms.STATE, "raised")
                .text(AlertTerms.VERTICAL, "air-quality")
                .text(AlertTerms.RULE, "ozone-alarm")
                .time(AlertTerms.DATE_ISSUED, now)
                .json(AlertTerms.DATA, Json.parse("""
                                [{"kind": "condition", "attribute": "https://smartdatamodels.org/dataModel.Environment/o3",
                                  "value": 250.4, "operator": ">=", "bound": "240", "saidAt": "2026-07-01T12:00:00Z"}]"""))
                .entity();
        city.broker().upsertAll(Tenant.DEFAULT, List.of(alert));
    }

    @Test
    void saysInWordsWhatWasMeasuredAgainstWhat() throws Exception {
        assertThat(get("/alerts")).contains("Ni odprtih opozoril.");
        raise();
        assertThat(get("/alerts"))
                .contains("1 odprto opozorilo", "Ozon je 250.", "kritično")
                .contains("Ozon: 250,4\u00a0µg/m³")
                .contains("pogoj: vsaj 240\u00a0µg/m³")
                .contains("Pravilo »Alarmna vrednost ozona« vertikale Kakovost zraka 1.0.0.");
        assertThat(get("/en/alerts")).contains("1 open alert", "Ozone is 250.", "condition: at least 240\u00a0µg/m³");
    }

    @Test
    void filtersByStateAndSeverity() throws Exception {
        raise();
        assertThat(get("/alerts?state=cleared")).doesNotContain("Ozon je 250.");
        assertThat(get("/alerts?state=raised&severity=critical")).contains("Ozon je 250.");
        assertThat(get("/alerts?severity=minor")).doesNotContain("Ozon je 250.");
    }

    @Test
    void standsOnTheHomePageAndOnTheVerticalsPage() throws Exception {
        assertThat(get("/")).doesNotContain("alert-badge\">");
        raise();
        assertThat(get("/")).contains("1 odprto opozorilo");
        assertThat(get("/v/air-quality")).contains("1 odprto opozorilo");
        assertThat(get("/v/bike-sharing")).doesNotContain("odprto opozorilo");
    }

    @Test
    void takesTheFormAndRefusesThatOfAnotherSite() throws Exception {
        raise();
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(city.address() + "/forms/alerts/" + ALERT))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("language=en&who=Ana+Novak&note=Na+poti+%26+takoj"));
        HttpResponse<String> foreign = send(form.copy().header("Origin", "https://evil.example"));
        assertThat(foreign.statusCode()).isEqualTo(400);
        HttpResponse<String> own = send(form);
        assertThat(own.statusCode()).isEqualTo(303);
        assertThat(own.headers().firstValue("Location")).hasValue("/en/alerts?state=acknowledged");
        assertThat(get("/alerts")).contains("Ana Novak. Na poti &amp; takoj", "v obravnavi");
        assertThat(send(form).statusCode()).isEqualTo(409);
    }
}
