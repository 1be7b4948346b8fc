package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads pages of the console and sends their forms, as a browser does without scripts. */
final class ConsoleClient implements AutoCloseable {
    private static final String BOUNDARY = "----emona-test-8f31";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    ConsoleClient(String address) {
        this.address = address;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Sends the form with a file as a page of the console does. */
    HttpResponse<String> upload(String path, String file, byte[] content, String... headers)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"package\"; filename=\"" + file
                        + "\"\r\nContent-Type: application/zip\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(path, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray(), headers);
    }

    private HttpResponse<String> send(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", "text/html")
                .header("Content-Type", type);
        String[] sent =
                headers.length > 0 ? headers : new String[] {"Origin", address, "Sec-Fetch-Site", "same-origin"};
        return client.send(
                request.headers(sent).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    /** The page to which an answer sends the browser. */
    HttpResponse<String> follow(HttpResponse<String> answer) throws IOException, InterruptedException {
        return get(location(answer));
    }

    /** Where an answer sends the browser. */
    static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** The plan that a page shows. */
    static String hash(HttpResponse<String> page) {
        String before = "name=\"plan\" value=\"";
        int start = page.body().indexOf(before);
        assertThat(start).as(page.body()).isPositive();
        return page.body().substring(start + before.length(), page.body().indexOf('"', start + before.length()));
    }

    @Override
    public void close() {
        client.close();
    }
}
