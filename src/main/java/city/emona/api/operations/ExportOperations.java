package city.emona.api.operations;

import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Right;
import city.emona.store.transfer.CityExport;
import java.util.stream.Stream;

/** The operation that exports everything, at {@value #PATH}. */
public final class ExportOperations {
    /** Where it is. */
    public static final String PATH = "/export";

    private static final String LINES = "application/x-ndjson";

    private final CityExport export;

    public ExportOperations(CityExport export) {
        this.export = export;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(Operation.get(PATH, _ -> Response.written(200, LINES, export::write))
                .named("exportEverything", "Export everything as lines of JSON", "")
                .explained(
                        "One object a line, each with its `kind`: the documents of the registry, such as subscriptions and contexts, and"
                                + " the entities of all tenants with their history. The last line, of the kind `end`, says how many there were"
                                + " before it; without it, the answer was cut off. The command `emona import` reads it.")
                .answering(Answer.of(200, "Everything.", "", LINES))
                .in("Operate")
                .requiring(Right.EXPORT_TAKE));
    }
}
