package city.emona.api.ngsild;

import city.emona.broker.temporal.Aggregation;
import city.emona.broker.temporal.AggregationMethod;
import city.emona.context.Representation.Format;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.time.IsoDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In which form histories are shown (clauses 4.5.7 to 4.5.9, 4.5.19 and 6.3.12). */
sealed interface TemporalForm {
    /** The parameters that {@link #read} reads. */
    List<Parameter> PARAMETERS = List.of(
            Parameter.choice(
                    "format",
                    List.of("normalized", "concise", "temporalValues", "aggregatedValues"),
                    "How histories are written: instance by instance; as pairs of value and time; or aggregated over periods. It wins"
                            + " over options."),
            Parameter.choices(
                    "options",
                    List.of("normalized", "concise", "temporalValues", "aggregatedValues", "sysAttrs"),
                    "How histories are written; `sysAttrs` adds the times of creation and modification."),
            Parameter.list(
                            "aggrMethods",
                            "With `aggregatedValues`: what is made of the values of each period: "
                                    + Stream.of(AggregationMethod.values())
                                            .map(method -> "`" + method.term() + "`")
                                            .collect(Collectors.joining(", "))
                                    + ".")
                    .withExample("avg,max"),
            Parameter.text(
                            "aggrPeriodDuration",
                            "With `aggregatedValues`: how long a period is, as a duration of ISO 8601; `PT0S`, or nothing, for one that"
                                    + " spans everything. Years, months and days are those of the city's calendar and time zone.")
                    .withExample("PT1H"));

    /** Instance by instance. */
    record Instances(Format format) implements TemporalForm {}

    /** Pairs of value and time. */
    record Values() implements TemporalForm {}

    /** Aggregated over periods. */
    record Aggregated(Aggregation aggregation) implements TemporalForm {}

    /** The format of what is not written in a form of its own. */
    default Format format() {
        return switch (this) {
            case Instances(var format) -> format;
            case Values _, Aggregated _ -> Format.NORMALIZED;
        };
    }

    /**
     * Reads format, options, aggrMethods and aggrPeriodDuration.
     *
     * @param inBody whether the query stands in a body, where naming methods asks for their results
     * @throws Problem of type BadRequestData, or InvalidRequest when the options name two forms
     */
    static TemporalForm read(ApiRequest request, boolean inBody) {
        Set<String> options = request.options();
        Optional<String> format = request.parameter("format");
        if (format.isEmpty() && options.contains("temporalValues") && options.contains("aggregatedValues")) {
            throw Problem.invalidRequest(
                    "The options name both temporalValues and aggregatedValues.", "Name one of them.");
        }
        Optional<Aggregation> aggregation = aggregation(request);
        String named = format.orElseGet(() -> Stream.of("temporalValues", "aggregatedValues", "concise")
                .filter(options::contains)
                .findFirst()
                .orElse(inBody && aggregation.isPresent() ? "aggregatedValues" : "normalized"));
        return switch (named) {
            case "normalized" -> new Instances(Format.NORMALIZED);
            case "concise" -> new Instances(Format.CONCISE);
            case "temporalValues" -> new Values();
            case "aggregatedValues" ->
                new Aggregated(aggregation.orElseThrow(() -> Problem.badRequestData(
                        "Aggregated values are asked for, and aggrMethods is missing.",
                        "Name methods, such as avg,max.")));
            default -> throw new IllegalArgumentException("the format " + named + " was let through");
        };
    }

    private static Optional<Aggregation> aggregation(ApiRequest request) {
        IsoDuration period = request.parameter("aggrPeriodDuration")
                .map(TemporalForm::period)
                .orElse(IsoDuration.ZERO);
        return request.parameter("aggrMethods").map(TemporalForm::methods).map(all -> new Aggregation(all, period));
    }

    private static IsoDuration period(String text) {
        return IsoDuration.parse(text)
                .orElseThrow(() -> Problem.badRequestData(
                        "The aggrPeriodDuration »" + text + "« is not a duration.",
                        "Use a duration of ISO 8601, such as PT1H or P1M."));
    }

    private static List<AggregationMethod> methods(String list) {
        List<AggregationMethod> methods = new ArrayList<>();
        for (String term : list.split(",", -1)) {
            AggregationMethod method = AggregationMethod.find(term)
                    .orElseThrow(() -> Problem.badRequestData(
                            "In aggrMethods, »" + term + "« is no method of aggregation.",
                            "Use "
                                    + Stream.of(AggregationMethod.values())
                                            .map(AggregationMethod::term)
                                            .collect(Collectors.joining(", "))
                                    + "."));
            if (!methods.contains(method)) {
                methods.add(method);
            }
        }
        return methods;
    }
}
