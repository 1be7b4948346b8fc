package city.emona.app;

import city.emona.context.DocumentLoader;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Fetches remote JSON-LD contexts, within bounds of time and size. */
final class RemoteContexts implements DocumentLoader {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1024 * 1024;

    /** Made when it is first wanted: it reads all certificates that the platform trusts, for which the start need not wait. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public JsonNode load(String url) {
        HttpRequest request = request(url);
        byte[] body;
        try {
            HttpResponse<InputStream> response = Client.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                body = in.readNBytes(MAX_BYTES + 1);
            }
            if (response.statusCode() != 200) {
                throw unavailable(url, "its server answered " + response.statusCode());
            }
        } catch (IOException e) {
            throw unavailable(url, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(url, "the server is stopping");
        }
        if (body.length > MAX_BYTES) {
            throw Problem.badRequestData(
                    "The context at " + url + " is larger than " + MAX_BYTES / 1024 + " KB.", "Use a smaller one.");
        }
        try {
            return Json.parse(body);
        } catch (Problem e) {
            throw Problem.badRequestData(
                    "The context at " + url + " is not JSON.", "Name the address of a JSON-LD context.");
        }
    }

    private static HttpRequest request(String url) {
        try {
            URI uri = URI.create(url);
            if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
                throw Problem.badRequestData(
                        "The context address " + url + " is neither http nor https.", "Use one of them.");
            }
            return HttpRequest.newBuilder(uri)
                    .timeout(TIMEOUT)
                    .header("Accept", "application/ld+json, application/json;q=0.9")
                    .build();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "»" + url + "« is not the address of a context.", "Use an absolute http or https address.");
        }
    }

    private static Problem unavailable(String url, String why) {
        return new Problem(
                ProblemType.LD_CONTEXT_NOT_AVAILABLE,
                "The context at " + url + " cannot be had: " + why + ".",
                "Check the address, or try again.");
    }
}
