package city.emona.app;

import city.emona.broker.UpsertCounts;
import city.emona.governance.council.AnswerLetter;
import city.emona.governance.council.AnswerLetterParser;
import city.emona.governance.council.CouncilRecord;
import city.emona.governance.council.CouncilRecords;
import city.emona.governance.council.CouncilVocabulary;
import city.emona.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The command {@code import}: brings files in, through the running server or into the data folder. */
final class ImportCommand {
    private static final String COUNCIL_LETTER = "council-letter";
    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9-]*/[a-z][a-z0-9-]*");

    static final Command COMMAND =
            new Command("brings council letters, documents of sources and exports in", """
            emona import FILE... [--as KIND] [--data DIR] [--config FILE]

              FILE             an answer of the city to a councillor, as Markdown or plain text (UTF-8 or windows-1250),
                               or what emona export wrote, while no server has the folder open
              --as KIND        what the files are: council-letter, which is assumed, or a source of the running server as VERTICAL/SOURCE
              --data DIR       the folder of the data; without it the one of the running server, also of the demo city""", ImportCommand::run);

    private ImportCommand() {}

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options = Options.parse(arguments, Set.of(), Set.of("--as", "--data", "--config"));
        if (options.rest().isEmpty()) {
            throw new UsageException("There is no file to import.");
        }
        String kind = options.find("--as").orElse(COUNCIL_LETTER);
        if (SOURCE.matcher(kind).matches()) {
            return importDocuments(kind, options, out, err);
        }
        if (!kind.equals(COUNCIL_LETTER)) {
            throw new UsageException("There is no kind »" + kind + "«. Use " + COUNCIL_LETTER + " or VERTICAL/SOURCE.");
        }
        if (options.find("--as").isEmpty()
                && ExportCommand.isExport(Path.of(options.rest().getFirst()))) {
            CommandTarget target = CommandTarget.of(options);
            for (String file : options.rest()) {
                out.println(file);
                ExportCommand.importInto(target, Path.of(file), out);
            }
            return 0;
        }
        int refused = 0;
        try (EntityDestination destination = destination(options)) {
            for (String file : options.rest()) {
                out.println(file);
                try {
                    importLetter(read(Path.of(file)), destination, out);
                } catch (Problem e) {
                    refused++;
                    err.println("  refused     " + e.explanation());
                }
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private static int importDocuments(String source, Options options, PrintStream out, PrintStream err)
            throws InterruptedException {
        CommandTarget target = CommandTarget.of(options);
        Optional<RunningServer.Found> server = target.server();
        if (server.isEmpty()) {
            err.println("No server is running with the folder " + target.data() + ". Start it with ./emona start.");
            return 1;
        }
        SourceUpload upload = new SourceUpload(server.get(), source, out);
        int refused = 0;
        for (String file : options.rest()) {
            out.println(file);
            try {
                upload.bring(Path.of(file));
            } catch (Problem e) {
                refused++;
                err.println("  refused     " + e.explanation());
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw Problem.invalidRequest("There is no such file.", "Check the path.");
        } catch (IOException e) {
            throw Problem.invalidRequest("The file cannot be read (" + e + ").", "Check its rights.");
        }
    }

    private static void importLetter(byte[] file, EntityDestination destination, PrintStream out)
            throws InterruptedException {
        AnswerLetter letter = AnswerLetterParser.parse(file);
        CouncilRecord record = CouncilRecords.of(letter);
        UpsertCounts counts = destination.put(record.entities(), CouncilVocabulary.context());
        LetterReport.print(letter, counts, destination.pageAddress(record.pagePath()), out);
    }

    /** The server that has the data folder open; without one, the folder itself. */
    private static EntityDestination destination(Options options) throws InterruptedException {
        CommandTarget target = CommandTarget.of(options);
        return target.server().isPresent()
                ? new ServerDestination(target.server().get())
                : FolderDestination.open(target.data(), target.reserveBytes());
    }
}
