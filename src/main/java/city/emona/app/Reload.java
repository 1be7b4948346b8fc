package city.emona.app;

import city.emona.config.Configuration;
import city.emona.config.ConfigurationException;
import city.emona.config.Setting;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the configuration again while the program runs. Settings that are not live keep the value of the start. */
final class Reload {
    /** Where the operation is. */
    static final String PATH = "/configuration/reload";

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Configuration atStart;
    private final Supplier<Configuration> again;
    private final Consumer<Configuration> effect;
    private Configuration last;

    /**
     * @param again reads it from where it was read at the start
     * @param effect has the live settings take effect
     */
    Reload(Configuration atStart, Supplier<Configuration> again, Consumer<Configuration> effect) {
        this.atStart = atStart;
        this.again = again;
        this.effect = effect;
        this.last = atStart;
    }

    Stream<Operation> operations() {
        return Stream.of(Operation.post(PATH, this::reload)
                .named("reloadConfiguration", "Read the file of settings and the certificate again", "")
                .explained(
                        "Which settings take effect at once is said in the list of settings; for the others, the answer says that they wait for"
                                + " a restart. With an error in the file, all stays as it is.")
                .answering(Answer.of(200, "What has changed.", "ReloadedConfiguration", "application/json"))
                .refusing(ProblemType.CONFLICT)
                .in("Operate")
                .requiring(Right.SETTINGS_RELOAD));
    }

    private synchronized Response reload(Request request) {
        Configuration next;
        try {
            next = again.get();
        } catch (ConfigurationException e) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    String.valueOf(e.getMessage()) + "\nAll stays as it is.",
                    "Correct the file, and reload again.");
        }
        List<Setting<?>> changed =
                last.differences(next).stream().filter(Setting::isLive).toList();
        List<Setting<?>> waiting = atStart.differences(next).stream()
                .filter(setting -> !setting.isLive())
                .toList();
        effect.accept(next);
        last = next;
        LOG.info(
                "The configuration was read again; in effect now: {}; waiting for a restart: {}",
                keys(changed),
                keys(waiting));
        ObjectNode answer = Json.object();
        answer.set("inEffect", keys(changed));
        answer.set("waitingForRestart", keys(waiting));
        return Response.json(200, Json.bytes(answer));
    }

    private static ArrayNode keys(List<Setting<?>> settings) {
        ArrayNode keys = Json.array();
        settings.forEach(setting -> keys.add(setting.key()));
        return keys;
    }
}
