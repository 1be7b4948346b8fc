package city.emona.portal;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** As much of a browser as forms need: it keeps cookies, and sends the token that stands on a page. */
final class FormBrowser {
    static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final HttpClient client;
    private final String address;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable HttpResponse<String> last;

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        last = answer;
        for (String set : answer.headers().allValues("Set-Cookie")) {
            String[] pair = set.split(";")[0].split("=", 2);
            if (set.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** Sends a form of a page, with the token that stands on it. */
    HttpResponse<String> post(String page, String path, String... fields) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(page).body());
        return postBare(path, token.find() ? token.group(1) : "", fields);
    }

    HttpResponse<String> postBare(String path, String token, String... fields)
            throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder("token=" + token);
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", address)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form.toString()))
                .build());
    }

    HttpResponse<String> signIn(String login, String password) throws IOException, InterruptedException {
        return post("/sign-in?to=/console", "/sign-in", "login", login, "password", password, "to", "/console");
    }

    FormBrowser(HttpClient client, String address) {
        this.client = client;
        this.address = address;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** The last answer. */
    HttpResponse<String> last() {
        return Objects.requireNonNull(last, "nothing was asked for");
    }
}
