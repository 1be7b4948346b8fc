package city.emona.app.bench;

import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A broker that takes batch upserts and batch deletes and shows single entities, and has nothing else of what the benchmark asks for. */
final class MeagreBroker implements AutoCloseable {
    private final Map<String, JsonNode> entities = new ConcurrentHashMap<>();
    private final HttpServer server = HttpServer.start(
            HttpServerConfig.onLoopback(0),
            new Router()
                    .get("/ngsi-ld/v1/entities/{id}", request -> {
                        JsonNode entity = entities.get(request.parameter("id"));
                        return entity == null ? Response.empty(404) : Response.json(200, Json.bytes(entity));
                    })
                    .post("/ngsi-ld/v1/entityOperations/upsert", request -> {
                        for (JsonNode entity : Json.parse(request.body())) {
                            entities.put(entity.path("id").asString(), entity);
                        }
                        return Response.empty(204);
                    })
                    .post("/ngsi-ld/v1/entityOperations/delete", request -> {
                        for (JsonNode id : Json.parse(request.body())) {
                            entities.remove(id.asString());
                        }
                        return Response.empty(204);
                    }),
            (request, problem, incident) -> Response.json(501, "\"not built yet\"".getBytes(StandardCharsets.UTF_8)));

    Endpoint endpoint(String name) {
        return Endpoint.onPort(name, server.port());
    }

    Set<String> ids() {
        return entities.keySet();
    }

    @Override
    public void close() {
        server.close();
    }
}
