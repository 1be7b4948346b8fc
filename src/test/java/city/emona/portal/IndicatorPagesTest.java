package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.indicator.IndicatorTerms;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indicators that people read, on the page of their vertical. */
class IndicatorPagesTest {
    private static final String RENTALS = IndicatorTerms.id("bike-sharing", "rentals-year");

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

    private String page(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(city.address() + path)).build();
        return client.send(request, BodyHandlers.ofString()).body().replaceAll("\\s+", " ");
    }

    private HttpResponse<String> enter(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.address() + "/forms/indicators/" + RENTALS))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void aReadingIsEnteredByTheFormAndShownWithWhoReadIt() throws Exception {
        assertThat(page("/v/bike-sharing")).contains("action=\"/forms/indicators/" + RENTALS + "\"");
        HttpResponse<String> entered = enter("language=sl&value=1.042.311%2C5&who=Ana+Novak&note=Letno+poro%C4%8Dilo");
        assertThat(entered.statusCode()).isEqualTo(303);
        assertThat(page("/v/bike-sharing")).contains("1.042.312", "Ana Novak", "na poti");
    }

    @Test
    void whatIsNoNumberIsRefusedAndNothingIsEntered() throws Exception {
        assertThat(enter("language=en&value=many&who=Ana+Novak&note=").statusCode())
                .isEqualTo(400);
        assertThat(enter("language=en&value=3&who=&note=").statusCode()).isEqualTo(400);
        assertThat(page("/v/bike-sharing")).doesNotContain("Ana Novak");
    }
}
