package city.emona.app;

import city.emona.app.bench.BenchCommand;
import city.emona.config.ConfigurationException;
import city.emona.problem.Problem;
import city.emona.store.local.StoreOpenException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entry point: a map of commands. */
public final class Main {
    private static final Map<String, Command> COMMANDS = commands();

    private Main() {}

    private static Map<String, Command> commands() {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("start", StartCommand.COMMAND);
        commands.put("reload", ReloadCommand.COMMAND);
        commands.put("import", ImportCommand.COMMAND);
        commands.put("export", ExportCommand.COMMAND);
        commands.put("backup", BackupCommand.BACKUP);
        commands.put("restore", BackupCommand.RESTORE);
        commands.put(
                "test",
                new Command(
                        "builds everything and runs all tests", "emona test [MAVEN ARGUMENT...]", Main::ofLauncher));
        commands.put(
                "package",
                new Command("makes an archive with its own Java in target", "emona package", Main::ofLauncher));
        commands.put("bench", new Command("measures this machine, as a table", BenchCommand.USAGE, BenchCommand::run));
        commands.put("rehearse", RehearseCommand.COMMAND);
        commands.put("vertical", VerticalCommand.COMMAND);
        commands.put("version", new Command("prints the version", "emona version", Main::version));
        commands.put("help", new Command("says what a command does", "emona help [COMMAND]", Main::help));
        return commands;
    }

    /** Runs the command that the arguments name and ends the process with its status. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.isEmpty()) {
            help(List.of(), err, err);
            return 2;
        }
        String name = arguments.getFirst();
        Command command = COMMANDS.get(name.replaceFirst("^--(help|version)$", "$1"));
        if (command == null) {
            err.println("There is no command »" + name + "«. The commands are " + String.join(", ", COMMANDS.keySet())
                    + ".");
            return 2;
        }
        try {
            return command.action().run(arguments.subList(1, arguments.size()), out, err);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("Usage: " + command.usage());
            return 2;
        } catch (ConfigurationException e) {
            err.println(e.getMessage());
            return 2;
        } catch (StoreOpenException | Problem e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static int ofLauncher(List<String> arguments, PrintStream out, PrintStream err) {
        err.println("This is done by the launcher. Call it: ./emona test, ./emona package");
        return 2;
    }

    private static int version(List<String> arguments, PrintStream out, PrintStream err) {
        out.println("Emona " + Version.current());
        return 0;
    }

    private static int help(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty()) {
            out.println("Emona, an open urban digital platform");
            out.println();
            COMMANDS.forEach((name, command) -> out.printf("  %-10s %s%n", name, command.summary()));
            out.println();
            out.println("emona help COMMAND says more.");
            return 0;
        }
        Command command = COMMANDS.get(arguments.getFirst());
        if (command == null) {
            throw new UsageException("There is no command »" + arguments.getFirst() + "«.");
        }
        out.println(command.summary());
        out.println();
        out.println(command.usage());
        return 0;
    }
}
