package city.emona.app;

import city.emona.config.Configuration;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageZip;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.life.Order;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code vertical} does with installed verticals: install, upgrade, rollback, remove, and the list of those that run. */
final class VerticalLifeCommand {
    static final Set<String> FLAGS = Set.of("--dry-run");
    static final Set<String> VALUED =
            Set.of("--plan", "--answer", "--answers", "--edits", "--entities", "--to", "--data", "--config");

    private static final Path DEMO_DATA = Path.of("data/demo");

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;

    VerticalLifeCommand(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Lists what runs; where there is neither a server nor a data folder, what would run after a first start. */
    int list() throws InterruptedException {
        Configuration configuration = configuration();
        if (server(configuration).isEmpty() && !Files.isDirectory(Path.of(configuration.get(Settings.DATA)))) {
            Verticals bundled = Verticals.read(VerticalCommand.folderOf(configuration), VerticalCommand.offline());
            for (Vertical vertical : bundled.list()) {
                print(vertical.id(), vertical.version().toString(), "bundled", vertical.title());
            }
            bundled.findings().forEach(err::println);
            return bundled.findings().isEmpty() ? 0 : 1;
        }
        try (LifeDesk desk = desk()) {
            for (JsonNode vertical : desk.list()) {
                print(
                        vertical.path("id").asString(),
                        vertical.path("version").asString(),
                        vertical.path("state").asString(),
                        new LocalizedText(
                                vertical.path("title").path("sl").asString(),
                                vertical.path("title").path("en").asString()));
            }
        }
        return 0;
    }

    private void print(String id, String version, String state, LocalizedText title) {
        out.printf("%-16s %-8s %-10s %s (%s)%n", id, version, state, title.en(), title.sl());
    }

    int change(Order.Action action, String subject) throws InterruptedException {
        try (LifeDesk desk = desk()) {
            Optional<ObjectNode> made =
                    switch (action) {
                        case INSTALL, UPGRADE ->
                            upload(desk, Path.of(subject))
                                    .map(digest ->
                                            Order.of(action, digest, answers()).toJson());
                        case ROLLBACK, REMOVE ->
                            Optional.of(Order.of(action, subject).toJson());
                    };
            if (made.isEmpty()) {
                return 1;
            }
            ObjectNode order = made.get();
            options.find("--edits").ifPresent(edits -> order.put("edits", edits));
            options.find("--entities").ifPresent(entities -> order.put("entities", entities));
            Order.read(order);
            return carryOut(desk, order);
        }
    }

    private int carryOut(LifeDesk desk, ObjectNode order) throws InterruptedException {
        JsonNode plan = desk.plan(order);
        print(plan);
        if (!plan.path("refusals").isEmpty()) {
            plan.path("refusals")
                    .forEach(why -> err.println("refused: " + why.path("en").asString()));
            return 1;
        }
        if (options.has("--dry-run")) {
            out.println("Nothing was changed. To do exactly this: --plan "
                    + plan.path("plan").asString());
            return 0;
        }
        order.put("plan", options.find("--plan").orElse(plan.path("plan").asString()));
        JsonNode done = desk.apply(order);
        out.println("Done.");
        if (done.has("file")) {
            keep(Path.of(done.path("file").asString()));
        }
        return 0;
    }

    private void keep(Path exported) {
        Path file = options.find("--to").map(Path::of).orElse(exported);
        try {
            if (!file.equals(exported)) {
                Files.move(exported, file, StandardCopyOption.REPLACE_EXISTING);
            }
            out.println("The entities are in " + file);
        } catch (IOException e) {
            throw Problem.invalidRequest(
                    "The file " + file + " cannot be written (" + e + ").", "The entities are in " + exported + ".");
        }
    }

    private Optional<String> upload(LifeDesk desk, Path place) throws InterruptedException {
        JsonNode report = desk.upload(zip(place));
        for (JsonNode found : report.path("findings")) {
            err.println(new Finding(
                    found.path("file").asString(),
                    found.path("line").asInt(),
                    found.path("reason").asString(),
                    found.path("remedy").asString()));
        }
        return report.has("package") ? Optional.of(report.path("package").asString()) : Optional.empty();
    }

    private static byte[] zip(Path place) {
        try {
            if (Files.isRegularFile(place)) {
                return Files.readAllBytes(place);
            }
        } catch (IOException e) {
            throw Problem.invalidRequest("The file " + place + " cannot be read (" + e + ").", "Check its rights.");
        }
        if (!Files.isDirectory(place)) {
            throw new UsageException("There is no folder or ZIP file " + place + ".");
        }
        Findings findings = new Findings();
        PackageContent content = PackageContent.ofFolder(place, findings)
                .orElseThrow(
                        () -> Problem.invalidRequest(findings.list().getFirst().toString(), ""));
        return PackageZip.write(content);
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        options.find("--answers").ifPresent(file -> {
            try {
                Json.parse(Files.readAllBytes(Path.of(file)))
                        .properties()
                        .forEach(answer ->
                                answers.put(answer.getKey(), answer.getValue().asString()));
            } catch (IOException e) {
                throw new UsageException("The file " + file + " cannot be read (" + e + ").");
            }
        });
        for (String answer : options.all("--answer")) {
            int equals = answer.indexOf('=');
            if (equals < 1) {
                throw new UsageException("Write an answer as --answer question=value.");
            }
            answers.put(answer.substring(0, equals), answer.substring(equals + 1));
        }
        return answers;
    }

    private void print(JsonNode plan) {
        String from = plan.path("from").asString();
        String to = plan.path("to").asString();
        out.println(plan.path("action").asString() + " " + plan.path("urn").asString() + " "
                + (from.isEmpty() ? "–" : from) + " → " + (to.isEmpty() ? "–" : to));
        for (JsonNode change : plan.path("changes")) {
            out.printf(
                    "  %-7s %-12s %-28s %s%n",
                    change.path("effect").asString(),
                    change.path("kind").asString(),
                    change.path("id").asString(),
                    change.path("seenBy").path("en").asString());
        }
        for (JsonNode question : plan.path("questions")) {
            String answer = question.path("kind").asString().equals("secret")
                    ? (question.path("answered").asBoolean() ? "(secret)" : "")
                    : question.path("answer").asString("");
            out.printf(
                    "  %-7s %-12s %-28s %s%n",
                    "answer",
                    question.path("id").asString(),
                    answer,
                    question.path("title").path("en").asString());
        }
        plan.path("notes").forEach(note -> out.println("  " + note.path("en").asString()));
        out.println("  plan " + plan.path("plan").asString());
    }

    /** The server that has the data folder open; without one, the folder itself. */
    private LifeDesk desk() throws InterruptedException {
        Configuration configuration = configuration();
        Optional<RunningServer.Found> server = server(configuration);
        return server.isPresent()
                ? new ServerDesk(server.get())
                : FolderDesk.open(configuration, VerticalCommand.folderOf(configuration));
    }

    private Configuration configuration() {
        Map<String, String> overrides = new HashMap<>();
        options.find("--data").ifPresent(data -> overrides.put(Settings.DATA.key(), data));
        Path file = options.find("--config").map(Path::of).orElse(null);
        return Configuration.read(Settings.ALL, file, overrides);
    }

    private Optional<RunningServer.Found> server(Configuration configuration) throws InterruptedException {
        Optional<RunningServer.Found> server = new RunningServer(Path.of(configuration.get(Settings.DATA))).find();
        if (server.isEmpty() && options.find("--data").isEmpty()) {
            server = new RunningServer(DEMO_DATA).find();
        }
        return server;
    }
}
