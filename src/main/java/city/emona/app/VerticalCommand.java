package city.emona.app;

import city.emona.context.Contexts;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.ExampleSpec;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorTester;
import city.emona.vertical.rule.RuleTester;
import city.emona.vertical.source.SourceFailure;
import city.emona.vertical.source.VerticalTester;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The command {@code vertical}. */
final class VerticalCommand {
    static final Command COMMAND = new Command("lists, checks and tests verticals", """
            emona vertical list | check DIR | test DIR [--write]

              list             the verticals that come with Emona
              check DIR        whether the declarations in a folder are right; tells everything that is wrong at once
              test DIR         whether the examples in a folder give what they promise
              --write          takes what the examples give now as what they promise; look at it before you keep it""", VerticalCommand::run);

    private VerticalCommand() {}

    /** The folder of the verticals that come with Emona. */
    static Path shippedFolder() {
        return Path.of(System.getProperty("emona.home", "."), "verticals");
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options = Options.parse(arguments, Set.of("--write"), Set.of());
        List<String> rest = options.rest();
        Contexts contexts = new Contexts(VerticalCommand::refuse);
        return switch (rest.isEmpty() ? "" : rest.getFirst()) {
            case "list" -> list(contexts, out, err);
            case "check" -> check(folder(rest), contexts, out, err);
            case "test" -> test(folder(rest), contexts, options.has("--write"), out, err);
            default -> throw new UsageException("Say what to do with verticals: list, check or test.");
        };
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

    private static int list(Contexts contexts, PrintStream out, PrintStream err) {
        Verticals verticals = Verticals.load(shippedFolder(), contexts);
        for (Vertical vertical : verticals.list()) {
            out.printf(
                    "%-16s %-8s %s (%s)%n",
                    vertical.id(),
                    vertical.version(),
                    vertical.title().en(),
                    vertical.title().sl());
        }
        return told(verticals.findings(), err);
    }

    private static int told(List<Finding> findings, PrintStream err) {
        findings.forEach(finding -> err.println(finding));
        return findings.isEmpty() ? 0 : 1;
    }

    private static int check(Path folder, Contexts contexts, PrintStream out, PrintStream err) {
        List<Finding> findings = new VerticalTester(contexts).check(folder);
        if (findings.isEmpty()) {
            out.println("Nothing is wrong with the declarations in " + folder + ".");
        }
        return told(findings, err);
    }

    private static int test(Path folder, Contexts contexts, boolean write, PrintStream out, PrintStream err)
            throws InterruptedException {
        VerticalTester tester = new VerticalTester(contexts);
        List<Finding> findings = tester.check(folder);
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
        int all = vertical.examples().size() + stories.size() + sums.size();
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
                Files.writeString(file, Json.prettyText(tester.outcome(vertical, example)) + "\n");
                out.println("written " + file);
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
