package city.emona.app;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code rehearse}: starts the demo city, visits it as people and programs do, and stops. The Java virtual machine watches, and
 * writes down what it needs for a fast start.
 */
final class RehearseCommand {
    static final Command COMMAND = new Command(
            "starts and stops once, from which the launcher learns a fast start",
            "emona rehearse DIR",
            RehearseCommand::run);

    private static final int VISITS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PAGES = List.of(
            "/", "/en", "/v/air-quality", "/v/bike-sharing", "/council", "/status", "/health/ready", "/metrics");
    private static final String ENTITIES = "/ngsi-ld/v1/entities";

    private RehearseCommand() {}

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.size() != 1) {
            throw new UsageException("rehearse takes one argument, an empty folder for its data.");
        }
        String data = arguments.getFirst();
        Thread visitor = new Thread(() -> System.exit(visit(new RunningServer(Path.of(data)), err)), "visitor");
        visitor.setDaemon(true);
        visitor.start();
        return StartCommand.COMMAND.action().run(List.of("--demo", "--open", "--port", "0", "--data", data), out, err);
    }

    private static int visit(RunningServer server, PrintStream err) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = await(server);
            for (int visit = 0; visit < VISITS; visit++) {
                if (visit % 20 == 0) {
                    for (String page : PAGES) {
                        send(client, address, "GET", page, "");
                    }
                }
                useApi(client, address, "urn:ngsi-ld:Rehearsal:" + visit);
            }
            return 0;
        } catch (IOException e) {
            err.println("The rehearsal ended early: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static URI await(RunningServer server) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<RunningServer.Found> found = server.find();
            if (found.isPresent()) {
                return found.get().url();
            }
            Thread.sleep(20);
        }
        throw new IOException("the server did not start within " + PATIENCE.toSeconds() + " s");
    }

    private static void useApi(HttpClient client, URI address, String id) throws IOException, InterruptedException {
        String entity = """
                {"id":"%s","type":"Rehearsal","place":{"type":"GeoProperty","value":{"type":"Point","coordinates":[14.5,46.0]}},
                "level":{"type":"Property","value":1.5,"unitCode":"MTR","observedAt":"2026-01-01T00:00:00Z"}}""".formatted(id);
        send(client, address, "POST", ENTITIES, entity);
        send(client, address, "POST", "/ngsi-ld/v1/entityOperations/upsert", "[" + entity + "]");
        send(
                client,
                address,
                "PATCH",
                ENTITIES + "/" + id + "/attrs",
                "{\"level\":{\"type\":\"Property\",\"value\":2}}");
        send(client, address, "GET", ENTITIES + "/" + id, "");
        send(client, address, "GET", ENTITIES + "?local=true&limit=20", "");
        send(client, address, "DELETE", ENTITIES + "/" + id, "");
    }

    private static void send(HttpClient client, URI address, String method, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        if (json.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(json)).header("Content-Type", "application/json");
        }
        client.send(request.build(), BodyHandlers.discarding());
    }
}
