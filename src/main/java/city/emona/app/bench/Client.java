package city.emona.app.bench;

import city.emona.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Single requests beside the load: is the server there, and does an entity show what was written. */
final class Client implements AutoCloseable {
    private static final int NO_ANSWER = 0;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** The status of an answer; 0 when there is none. */
    int status(Endpoint endpoint, String path) throws InterruptedException {
        try {
            return get(endpoint, path).statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        }
    }

    /** The status of the answer to a request that deletes much, or {@link #NO_ANSWER}. */
    int delete(Endpoint endpoint, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .DELETE()
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        }
    }

    /** The temperature of a fixture's entity. */
    Optional<BigDecimal> findTemperature(Endpoint endpoint, String id) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(endpoint, "/ngsi-ld/v1/entities/" + id);
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        return Json.parse(answer.body()).path("temperature").path("value").asDecimalOpt();
    }

    private HttpResponse<byte[]> get(Endpoint endpoint, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "application/json, text/html")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.close();
    }
}
