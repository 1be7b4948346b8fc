package city.emona.app;

import city.emona.api.operations.BackupOperations;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ContextStore;
import city.emona.store.backup.BackupReader;
import city.emona.store.backup.BackupShelf;
import city.emona.store.backup.BackupWriter;
import city.emona.store.backup.Manifest;
import city.emona.store.local.LocalStore;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The commands {@code backup} and {@code restore}. */
final class BackupCommand {
    static final Command BACKUP =
            new Command("copies all data while the server runs, or verifies a copy", """
            emona backup DIR [--without-secrets] [--data DIR] [--config FILE]
            emona backup DIR --keep N [...]
            emona backup DIR --verify

              DIR                an empty folder, or one that does not exist; the server must be able to write there
              --without-secrets  leaves out the folder of secrets; without it, the backup can be read by its owner alone
              --keep N           makes the backup in a folder below DIR that is named after the moment, and removes all but the newest N there
              --verify           compares every file of a backup with its SHA-256
              --data DIR         the folder of the data; without it the one of the running server, also of the demo city""", BackupCommand::backup);

    static final Command RESTORE = new Command("puts a backup back into an empty folder", """
            emona restore DIR [--data DIR] [--config FILE]

              DIR              a backup; every file is compared with its SHA-256 before anything is put in place
              --data DIR       the folder of the data, empty or not yet there""", BackupCommand::restore);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private BackupCommand() {}

    private static int backup(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options = Options.parse(
                arguments, Set.of("--verify", "--without-secrets"), Set.of("--data", "--config", "--keep"));
        Path folder = folder(options);
        if (options.has("--verify")) {
            return verify(folder, out, err);
        }
        Optional<BackupShelf> shelf =
                options.find("--keep").map(number -> new BackupShelf(folder(options), count(number)));
        if (shelf.isPresent()) {
            folder = shelf.get().at(System.currentTimeMillis());
        }
        boolean secrets = !options.has("--without-secrets");
        CommandTarget target = CommandTarget.of(options);
        ProgressLine progress = new ProgressLine("copied", out);
        if (target.server().isPresent()) {
            orderFrom(target.server().get(), folder, secrets, progress);
        } else {
            target.requireData();
            Clock clock = Clock.systemUTC();
            try (ContextStore store = LocalStore.open(target.data(), target.reserveBytes(), clock)) {
                new BackupWriter(target.data(), store, Version.current(), clock).write(folder, secrets, progress);
            }
        }
        tell(folder, "backup of", out);
        shelf.ifPresent(BackupShelf::prune);
        return 0;
    }

    private static int count(String number) {
        try {
            int count = Integer.parseInt(number);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--keep needs a whole number from 1 on.");
    }

    private static Path folder(Options options) {
        if (options.rest().size() != 1) {
            throw new UsageException("Name one folder.");
        }
        return Path.of(options.rest().getFirst()).toAbsolutePath().normalize();
    }

    private static void tell(Path folder, String what, PrintStream out) {
        Manifest.Facts facts = new BackupReader(folder).facts();
        out.println("  " + what + "  " + Timestamps.format(facts.createdAt()) + ", " + facts.entities()
                + " entities, by Emona " + facts.program());
        out.println("  in         " + folder);
    }

    private static int verify(Path folder, PrintStream out, PrintStream err) {
        List<String> wrong = new BackupReader(folder).verify(new ProgressLine("compared", out));
        if (wrong.isEmpty()) {
            tell(folder, "whole    ", out);
            return 0;
        }
        wrong.forEach(one -> err.println("  wrong      " + one));
        err.println("This backup is damaged. Use another one.");
        return 1;
    }

    private static int restore(List<String> arguments, PrintStream out, PrintStream err) {
        Options options = Options.parse(arguments, Set.of(), Set.of("--data", "--config"));
        Path backup = folder(options);
        Path data = Path.of(CommandTarget.configuration(options).get(Settings.DATA));
        Manifest.Facts facts = new BackupReader(backup).restore(data, new ProgressLine("restored", out));
        out.println("  state of   " + Timestamps.format(facts.createdAt()) + ", " + facts.entities() + " entities");
        out.println("  in         " + data + "; start with ./emona start --data " + data);
        return 0;
    }

    /** Has the server make the backup, which proves by a file that the caller can write to the folder, and waits for it. */
    private static void orderFrom(RunningServer.Found server, Path folder, boolean secrets, ProgressLine progress)
            throws InterruptedException {
        String proof = proof();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            prepare(folder, proof);
            String order = Json.text(Json.object()
                    .put("folder", folder.toString())
                    .put("proof", proof)
                    .put("secrets", secrets));
            JsonNode run = begin(client, server, order, folder);
            while (run.path("state").asString().equals("running")) {
                progress.at(run.path("bytes").asLong(), run.path("ofBytes").asLong());
                Thread.sleep(LOOK_AGAIN_MILLIS);
                run = find(
                        exchange(client, server.request(BackupOperations.ROOT)),
                        run.path("number").asInt());
            }
            if (!run.path("state").asString().equals("done")) {
                throw Problem.invalidRequest(run.path("detail").asString("The server lost the backup."), "");
            }
            progress.at(run.path("bytes").asLong(), run.path("bytes").asLong());
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The backup was not made: " + e + ".",
                    "Check the server and the rights of the folder.");
        }
    }

    private static JsonNode begin(HttpClient client, RunningServer.Found server, String order, Path folder)
            throws IOException, InterruptedException {
        try {
            return exchange(
                    client,
                    server.request(BackupOperations.ROOT)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(order)));
        } catch (Problem e) {
            Files.deleteIfExists(folder.resolve(Manifest.UNFINISHED));
            throw e;
        }
    }

    private static void prepare(Path folder, String proof) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "The folder " + folder + " is not empty.",
                            "Name one that is empty or does not exist.");
                }
            }
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(Manifest.UNFINISHED), proof + "\n");
    }

    private static String proof() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static JsonNode find(JsonNode runs, int number) {
        for (JsonNode run : runs) {
            if (run.path("number").asInt() == number) {
                return run;
            }
        }
        return Json.object();
    }

    private static JsonNode exchange(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        JsonNode body = Json.parse(answer.body());
        if (answer.statusCode() >= 300) {
            throw Problem.invalidRequest(body.path("detail").asString("status " + answer.statusCode()), "");
        }
        return body;
    }
}
