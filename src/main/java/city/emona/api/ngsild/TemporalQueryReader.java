package city.emona.api.ngsild;

import city.emona.broker.temporal.TemporalQuery;
import city.emona.broker.temporal.TemporalQuery.Relation;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.store.TimeProperty;
import city.emona.time.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which instances a client asks for (clauses 4.11 and 5.2.21). */
final class TemporalQueryReader {
    /** The parameters that this class reads. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.text(
                            "timerel",
                            "How the times of instances lie to timeAt: `before` it, `after` it or at it, or `between` it and endTimeAt,"
                                    + " which is itself outside.")
                    .withExample("after"),
            Parameter.text("timeAt", "A date-time in UTC.").withExample("2026-01-01T00:00:00Z"),
            Parameter.text("endTimeAt", "A date-time in UTC; with `timerel=between`.")
                    .withExample("2030-01-01T00:00:00Z"),
            Parameter.text(
                    "timeproperty",
                    "Which time of an instance counts: `observedAt`, `createdAt`, `modifiedAt` or `deletedAt`; observedAt when absent."),
            Parameter.whole(
                            "lastN",
                            1,
                            Integer.MAX_VALUE,
                            Integer.MAX_VALUE,
                            "How many instances of an attribute are given at most, those with the latest times.")
                    .withExample("5"));

    private TemporalQueryReader() {}

    /**
     * The temporal query of a request.
     *
     * @throws Problem of type BadRequestData
     */
    static TemporalQuery read(ApiRequest request) {
        Optional<Relation> relation = request.parameter("timerel").map(TemporalQueryReader::relation);
        long timeAt = time(request, "timeAt", relation.isPresent());
        if (relation.isEmpty() && request.parameter("timeAt").isPresent()) {
            throw Problem.badRequestData("timeAt was sent without timerel.", "Add timerel: before, after or between.");
        }
        long endTimeAt = time(
                request, "endTimeAt", relation.filter(Relation.BETWEEN::equals).isPresent());
        return new TemporalQuery(relation.orElse(null), timeAt, endTimeAt, property(request), lastN(request));
    }

    private static Relation relation(String text) {
        return Stream.of(Relation.values())
                .filter(relation -> relation.term().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        Problem.badRequestData("The timerel is »" + text + "«.", "Use before, after or between."));
    }

    private static long time(ApiRequest request, String name, boolean required) {
        Optional<String> text = request.parameter(name);
        if (text.isEmpty()) {
            if (required) {
                throw Problem.badRequestData(
                        "The timerel needs " + name + ", which is missing.",
                        "Add " + name + ", for example 2026-11-23T14:05:00Z.");
            }
            return 0;
        }
        return Timestamps.parseMicros(text.get())
                .orElseThrow(() -> Problem.badRequestData(
                        "The " + name + " »" + text.get() + "« is no date-time.",
                        "Use UTC, for example 2026-11-23T14:05:00Z."));
    }

    private static @Nullable TimeProperty property(ApiRequest request) {
        Optional<String> text = request.parameter("timeproperty");
        if (text.isEmpty()) {
            return null;
        }
        return Stream.of(TimeProperty.values())
                .filter(property -> property.term().equals(text.get()))
                .findFirst()
                .orElseThrow(() -> Problem.badRequestData(
                        "The timeproperty is »" + text.get() + "«.",
                        "Use "
                                + Stream.of(TimeProperty.values())
                                        .map(TimeProperty::term)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static int lastN(ApiRequest request) {
        Optional<String> text = request.parameter("lastN");
        if (text.isEmpty()) {
            return 0;
        }
        if (text.get().matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(text.get());
        }
        throw Problem.badRequestData("lastN is »" + text.get() + "«.", "Use a whole number, at least 1.");
    }
}
