package city.emona.app;

import city.emona.broker.ContextFetcher;
import city.emona.context.DocumentLoader;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Fetches remote JSON-LD contexts, within bounds of time and size. */
final class RemoteContexts implements ContextFetcher, DocumentLoader {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");

    /** Made when it is first wanted: it reads all certificates that the platform trusts, for which the start need not wait. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public JsonNode load(String url) {
        byte[] document = fetch(url).document();
        try {
            return Json.parse(document);
        } catch (Problem e) {
            throw Problem.badRequestData(
                    "The context at " + url + " is not JSON.", "Name the address of a JSON-LD context.");
        }
    }

    @Override
    public Fetched fetch(String url) {
        HttpRequest request = request(url);
        HttpResponse<InputStream> response;
        byte[] body;
        try {
            response = Client.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
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
        return new Fetched(body, expiry(response.headers(), Instant.now()));
    }

    /** When an answer goes stale by its headers (RFC 9111 section 4.2.1), in epoch milliseconds; 0 where they do not say. */
    static long expiry(HttpHeaders headers, Instant now) {
        for (String header : headers.allValues("Cache-Control")) {
            Matcher maxAge = MAX_AGE.matcher(header);
            if (maxAge.find()) {
                return now.plusSeconds(Long.parseLong(maxAge.group(1))).toEpochMilli();
            }
        }
        return headers.firstValue("Expires").map(RemoteContexts::httpDate).orElse(0L);
    }

    private static long httpDate(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0;
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
