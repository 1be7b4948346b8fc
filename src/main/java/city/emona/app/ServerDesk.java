package city.emona.app;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A running server, spoken to by its operations. */
final class ServerDesk implements LifeDesk {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final RunningServer.Found server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ServerDesk(RunningServer.Found server) {
        this.server = server;
    }

    private JsonNode exchange(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The server at " + server.url() + " did not answer: " + e + ".",
                    "Try again.");
        }
        JsonNode body = Json.parse(answer.body());
        if (answer.statusCode() >= 300) {
            throw Problem.invalidRequest(body.path("detail").asString("status " + answer.statusCode()), "");
        }
        return body;
    }

    private HttpRequest.Builder post(String path, String mediaType, byte[] body) {
        return server.request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(body));
    }

    @Override
    public JsonNode list() throws InterruptedException {
        return exchange(server.request("/verticals").GET());
    }

    @Override
    public JsonNode upload(byte[] zip) throws InterruptedException {
        return exchange(post("/verticals/packages", "application/zip", zip));
    }

    @Override
    public JsonNode plan(ObjectNode order) throws InterruptedException {
        return exchange(post("/verticals/plans", "application/json", Json.bytes(order)));
    }

    @Override
    public JsonNode apply(ObjectNode order) throws InterruptedException {
        return exchange(post("/verticals/changes", "application/json", Json.bytes(order)));
    }

    @Override
    public void close() {
        client.close();
    }
}
