package city.emona.app;

import city.emona.api.ngsild.NgsiLdApi;
import city.emona.broker.UpsertCounts;
import city.emona.context.Attribute;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A running server, spoken to by its NGSI-LD API. Entities that would bring nothing new are not sent. */
final class ServerDestination implements EntityDestination {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningServer.Found server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Contexts contexts = new Contexts(new RemoteContexts());

    ServerDestination(RunningServer.Found server) {
        this.server = server;
    }

    @Override
    public UpsertCounts put(List<ObjectNode> entities, JsonNode context) throws InterruptedException {
        TermTable terms = contexts.compile(context);
        Map<String, Entity> present = present(entities);
        ArrayNode news = Json.array();
        int created = 0;
        for (ObjectNode json : entities) {
            Entity entity = EntityReader.read(json, terms, 0);
            Entity before = present.get(entity.id());
            if (before == null || !says(before, entity)) {
                news.add(json.deepCopy().set("@context", context));
                created += before == null ? 1 : 0;
            }
        }
        if (!news.isEmpty()) {
            send(news);
        }
        return new UpsertCounts(created, news.size() - created, entities.size() - news.size());
    }

    private static boolean says(Entity before, Entity entity) {
        return before.types().containsAll(entity.types())
                && entity.attributes().stream().allMatch(a -> saysAttribute(before, a));
    }

    private static boolean saysAttribute(Entity before, Attribute attribute) {
        return before.findAttribute(attribute.name())
                .filter(attribute::sameContent)
                .isPresent();
    }

    private Map<String, Entity> present(List<ObjectNode> entities) throws InterruptedException {
        String ids = entities.stream().map(e -> e.required("id").stringValue()).collect(Collectors.joining(","));
        HttpRequest request = request("/entities?local=true&limit=1000&id=" + ids)
                .header("Accept", "application/json")
                .GET()
                .build();
        Map<String, Entity> present = new HashMap<>();
        for (JsonNode json : Json.parse(exchange(request).body())) {
            Entity entity = EntityReader.read(json, TermTable.core(), 0);
            present.put(entity.id(), entity);
        }
        return present;
    }

    private void send(ArrayNode entities) throws InterruptedException {
        HttpRequest request = request("/entityOperations/upsert?options=update")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(entities)))
                .build();
        HttpResponse<byte[]> answer = exchange(request);
        if (answer.statusCode() == 207) {
            JsonNode errors = Json.parse(answer.body()).path("errors");
            throw refused(errors.path(0).path("error"), "");
        }
    }

    private HttpRequest.Builder request(String path) {
        return server.request(NgsiLdApi.ROOT + path).timeout(PATIENCE);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw refused(problem(answer.body()), " with status " + answer.statusCode());
            }
            return answer;
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The server at " + server.url() + " did not answer: " + e + ".",
                    "Try again, or stop the server and run the command without it.");
        }
    }

    private static @Nullable JsonNode problem(byte[] body) {
        try {
            return body.length == 0 ? null : Json.parse(body);
        } catch (Problem e) {
            return null;
        }
    }

    private Problem refused(@Nullable JsonNode problem, String status) {
        String detail = problem == null ? "" : ": " + problem.path("detail").asString("no reason given");
        return Problem.invalidRequest("The server at " + server.url() + " refused the entities" + status + detail, "");
    }

    @Override
    public String pageAddress(String path) {
        return server.url().resolve(path).toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
