package city.emona.app;

import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.ExampleSpec;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.indicator.IndicatorTester;
import city.emona.vertical.life.Order;
import city.emona.vertical.life.PackageCheck;
import city.emona.vertical.rule.RuleTester;
import city.emona.vertical.source.DemoTester;
import city.emona.vertical.source.VerticalTester;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code vertical}. */
final class VerticalCommand {
    static final Command COMMAND =
            new Command("checks, tests, installs, upgrades and removes verticals", """
            emona vertical list | check DIR | test DIR [--write] | install DIR | upgrade DIR | rollback ID | remove ID

              list             the verticals that run
              check DIR        whether the declarations in a folder are right; tells everything that is wrong at once
              test DIR         whether the examples in a folder give what they promise, and its demo is clean
              --write          takes what the examples give now as what they promise; look at it before you keep it
              install DIR      installs the package in a folder or a ZIP file
              upgrade DIR      puts it in the place of the version that runs, or changes answers
              rollback ID      goes back to the version before
              remove ID        removes a vertical; what was published stays known
              --dry-run        prints the plan and changes nothing
              --plan HASH      does exactly what a plan said, or nothing
              --answer Q=A     answers a question of the package; may be repeated
              --answers FILE   answers as JSON, for secrets: {"apiKey": "…"}
              --edits WHAT     local changes that clash with the package: refuse (the default), keep, package
              --entities WHAT  when removing: keep (the default), export, delete
              --to FILE        where entities are exported to
              --data DIR       the folder of the data; without it the one of the running server, also of the demo city
              --config FILE    a file with settings; see docs/configuration.md""", VerticalCommand::run);

    private VerticalCommand() {}

    /** The folder of the verticals that come with Emona. */
    static Path shippedFolder() {
        return Path.of(System.getProperty("emona.home", "."), "verticals");
    }

    /**
     * The folder of the verticals that run without being installed.
     *
     * @throws IllegalStateException when there is no such folder
     */
    static Path folderOf(Configuration configuration) {
        String folder = configuration.get(Settings.VERTICALS);
        if (folder.equals(Settings.SHIPPED)) {
            return shippedFolder();
        }
        if (!Files.isDirectory(Path.of(folder))) {
            throw new IllegalStateException("There is no folder " + folder
                    + " for verticals. Correct verticals.folder in the configuration, or make the folder.");
        }
        return Path.of(folder);
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Set<String> flags = new HashSet<>(VerticalLifeCommand.FLAGS);
        flags.add("--write");
        Options options = Options.parse(arguments, flags, VerticalLifeCommand.VALUED);
        List<String> rest = options.rest();
        Contexts contexts = offline();
        VerticalLifeCommand life = new VerticalLifeCommand(options, out, err);
        return switch (rest.isEmpty() ? "" : rest.getFirst()) {
            case "list" -> life.list();
            case "check" -> check(folder(rest), contexts, gate(options), out, err);
            case "test" -> test(folder(rest), contexts, gate(options), options.has("--write"), out, err);
            case "install" -> life.change(Order.Action.INSTALL, subject(rest, "folder or ZIP file"));
            case "upgrade" -> life.change(Order.Action.UPGRADE, subject(rest, "folder or ZIP file"));
            case "rollback" -> life.change(Order.Action.ROLLBACK, subject(rest, "vertical"));
            case "remove" -> life.change(Order.Action.REMOVE, subject(rest, "vertical"));
            default ->
                throw new UsageException(
                        "Say what to do with verticals: list, check, test, install, upgrade, rollback or remove.");
        };
    }

    private static String subject(List<String> rest, String what) {
        if (rest.size() != 2) {
            throw new UsageException("Name one " + what + ".");
        }
        return rest.get(1);
    }

    private static OutgoingGate gate(Options options) {
        Path file = options.find("--config").map(Path::of).orElse(null);
        return Configuration.read(Settings.ALL, file, Map.of()).get(Settings.ALLOWED_NETWORKS);
    }

    /** Contexts that need no network; a vertical that needs one is not right. */
    static Contexts offline() {
        return new Contexts(VerticalCommand::refuse);
    }

    private static JsonNode refuse(String url) {
        throw new Problem(
                ProblemType.LD_CONTEXT_NOT_AVAILABLE,
                "The context " + url + " lies outside of the vertical.",
                "Write its terms into the vertical's own context.");
    }

    private static Path folder(List<String> rest) {
        if (rest.size() != 2) {
            throw new UsageException("Name one folder.");
        }
        Path folder = Path.of(rest.get(1));
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There is no folder " + folder + ".");
        }
        return folder;
    }

    private static int told(List<Finding> findings, PrintStream err) {
        findings.forEach(finding -> err.println(finding));
        return findings.isEmpty() ? 0 : 1;
    }

    private static int check(Path folder, Contexts contexts, OutgoingGate gate, PrintStream out, PrintStream err) {
        List<Finding> findings = new PackageCheck(contexts, gate).check(folder);
        if (findings.isEmpty()) {
            out.println("Nothing is wrong with the declarations in " + folder + ".");
        }
        return told(findings, err);
    }

    private static int test(
            Path folder, Contexts contexts, OutgoingGate gate, boolean write, PrintStream out, PrintStream err)
            throws InterruptedException {
        VerticalTester tester = new VerticalTester(contexts);
        List<Finding> findings = new PackageCheck(contexts, gate).check(folder);
        if (!findings.isEmpty()) {
            return told(findings, err);
        }
        Vertical vertical =
                VerticalReader.read(folder, contexts, new Findings()).orElseThrow();
        if (write) {
            return write(vertical, tester, out, err);
        }
        int failed = 0;
        for (ExampleSpec example : vertical.examples()) {
            VerticalTester.ExampleResult result = tester.run(vertical, example);
            failed += told(result.name(), result.differences(), out, err);
        }
        List<RuleTester.Result> stories = new RuleTester(contexts).test(vertical);
        for (RuleTester.Result result : stories) {
            failed += told(result.name(), result.differences(), out, err);
        }
        List<IndicatorTester.Result> sums = new IndicatorTester(contexts).test(vertical);
        for (IndicatorTester.Result result : sums) {
            failed += told(result.name(), result.differences(), out, err);
        }
        List<VerticalTester.ExampleResult> demos = new DemoTester(contexts).test(vertical);
        for (VerticalTester.ExampleResult result : demos) {
            failed += told(result.name(), result.differences(), out, err);
        }
        int all = vertical.examples().size() + stories.size() + sums.size() + demos.size();
        out.printf("%d of %d examples give what they promise.%n", all - failed, all);
        return failed == 0 ? 0 : 1;
    }

    /** Tells how an example went; 1 when it failed. */
    private static int told(String name, List<String> differences, PrintStream out, PrintStream err) {
        out.println((differences.isEmpty() ? "ok      " : "FAILED  ") + name);
        differences.forEach(difference -> err.println("        " + difference));
        return differences.isEmpty() ? 0 : 1;
    }

    private static int write(Vertical vertical, VerticalTester tester, PrintStream out, PrintStream err)
            throws InterruptedException {
        for (ExampleSpec example : vertical.examples()) {
            Path file = vertical.folder().resolve(example.expected());
            try {
                ObjectNode outcome = tester.outcome(vertical, example);
                Files.writeString(file, Json.prettyText(outcome) + "\n");
                out.printf(
                        "written %s: %d entities, %d rejected records, %d notes%n",
                        file,
                        outcome.path("entities").size(),
                        outcome.path("rejected").size(),
                        outcome.path("notes").size());
            } catch (SourceFailure e) {
                err.println(example.name() + ": " + e.reason().en());
                return 1;
            } catch (IOException e) {
                err.println(file + " cannot be written: " + e.getMessage());
                return 1;
            }
        }
        return 0;
    }
}
