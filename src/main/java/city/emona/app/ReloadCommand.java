package city.emona.app;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The command {@code reload}. */
final class ReloadCommand {
    static final Command COMMAND =
            new Command("has the running server read its settings and certificate again", """
            emona reload [--data DIR] [--config FILE]

              --data DIR       the folder of the data whose server is meant; without it the one of the settings, or the demo city's
              --config FILE    where to look that folder up; the server reads the file that it was started with""", ReloadCommand::run);

    private ReloadCommand() {}

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options = Options.parse(arguments, Set.of(), Set.of("--data", "--config"));
        if (!options.rest().isEmpty()) {
            throw new UsageException(
                    "reload takes no argument »" + options.rest().getFirst() + "«.");
        }
        CommandTarget target = CommandTarget.of(options);
        if (target.server().isEmpty()) {
            err.println("No server is running with the folder " + target.data() + ". Start it with ./emona start.");
            return 1;
        }
        JsonNode answer = ask(target);
        answer.path("inEffect").forEach(key -> out.println("  in effect  " + key.asString()));
        answer.path("waitingForRestart")
                .forEach(key -> out.println("  waits      " + key.asString() + ", for a restart"));
        if (answer.path("inEffect").isEmpty()
                && answer.path("waitingForRestart").isEmpty()) {
            out.println("  no setting has changed");
        }
        return 0;
    }

    private static JsonNode ask(CommandTarget target) throws InterruptedException {
        HttpRequest request = target.server()
                .orElseThrow()
                .request(Reload.PATH)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            JsonNode body = Json.parse(answer.body());
            if (answer.statusCode() != 200) {
                throw new Problem(
                        ProblemType.CONFLICT,
                        body.path("detail").asString("The server answered with status " + answer.statusCode() + "."),
                        "");
            }
            return body;
        } catch (IOException e) {
            throw new Problem(ProblemType.UNAVAILABLE, "The server did not answer: " + e + ".", "Try again.");
        }
    }
}
