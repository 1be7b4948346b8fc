package city.emona.http.operation;

import city.emona.http.Handler;
import city.emona.http.QueryParameters;
import city.emona.http.Request;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a program can ask of the server. A request with a query parameter that is not among the parameters, or of another kind,
 * is refused before the handler sees it. Immutable; the methods make copies.
 *
 * @param method the HTTP method in capitals
 * @param path a pattern of the {@link city.emona.http.Router}
 * @param fast whether the handler reads memory only and may run on the server's own threads
 * @param needs the right that a caller needs; null while it is not said
 * @param vertical the id of the vertical that a request is about; empty where it is about the whole city
 * @param id the name of the operation, unique in the server
 * @param group what it belongs to, for people who look for it
 * @param summary what it does, in a few words without a full stop
 * @param description what else there is to know; CommonMark; may be empty
 * @param clause the clause of ETSI GS CIM 009 that defines it; empty for what is no part of the standard
 * @param body null when the operation takes none
 * @param problems what may go wrong, apart from defects
 */
public record Operation(
        String method,
        String path,
        Handler handler,
        boolean fast,
        @Nullable Right needs,
        Function<Request, String> vertical,
        String id,
        String group,
        String summary,
        String description,
        String clause,
        List<Parameter> parameters,
        @Nullable RequestBody body,
        List<Answer> answers,
        List<ProblemType> problems) {
    public Operation {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
    }

    /** An operation of GET whose handler may wait. */
    public static Operation get(String path, Handler handler) {
        return of("GET", path, handler, false);
    }

    /** An operation of GET whose handler never waits, or throws {@link city.emona.http.MustWaitException} first. */
    public static Operation getFast(String path, Handler handler) {
        return of("GET", path, handler, true);
    }

    /** An operation of POST. */
    public static Operation post(String path, Handler handler) {
        return of("POST", path, handler, false);
    }

    /** An operation of PUT. */
    public static Operation put(String path, Handler handler) {
        return of("PUT", path, handler, false);
    }

    /** An operation of PATCH. */
    public static Operation patch(String path, Handler handler) {
        return of("PATCH", path, handler, false);
    }

    /** An operation of DELETE. */
    public static Operation delete(String path, Handler handler) {
        return of("DELETE", path, handler, false);
    }

    private static Operation of(String method, String path, Handler handler, boolean fast) {
        return new Operation(
                method, path, handler, fast, null, _ -> "", "", "", "", "", "", List.of(), null, List.of(), List.of());
    }

    /** The same with its name, what it does, and the clause of the standard. */
    public Operation named(String name, String does, String definedIn) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                name,
                group,
                does,
                description,
                definedIn,
                parameters,
                body,
                answers,
                problems);
    }

    /** The same for callers with a right. */
    public Operation requiring(Right right) {
        return requiring(right, vertical);
    }

    /**
     * The same for callers with a right, which may be given for the domain of a vertical alone.
     *
     * @param about the id of the vertical that a request is about; empty for none
     */
    public Operation requiring(Right right, Function<Request, String> about) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                right,
                about,
                id,
                group,
                summary,
                description,
                clause,
                parameters,
                body,
                answers,
                problems);
    }

    /** The right that a caller needs. */
    public Right right() {
        if (needs == null) {
            throw new IllegalStateException(method + " " + path + " does not say which right it needs");
        }
        return needs;
    }

    /** The same in a group. */
    public Operation in(String ofGroup) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                ofGroup,
                summary,
                description,
                clause,
                parameters,
                body,
                answers,
                problems);
    }

    /** The same with more to know about it. */
    public Operation explained(String text) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                group,
                summary,
                text,
                clause,
                parameters,
                body,
                answers,
                problems);
    }

    /** The same with more parameters. */
    public Operation with(Parameter... more) {
        return with(List.of(more));
    }

    /** The same with more parameters. */
    public Operation with(List<Parameter> more) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                group,
                summary,
                description,
                clause,
                joined(parameters, more),
                body,
                answers,
                problems);
    }

    /** The same with a body. */
    public Operation taking(RequestBody taken) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                group,
                summary,
                description,
                clause,
                parameters,
                taken,
                answers,
                problems);
    }

    /** The same with more answers. */
    public Operation answering(Answer... more) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                group,
                summary,
                description,
                clause,
                parameters,
                body,
                joined(answers, List.of(more)),
                problems);
    }

    /** The same with more that may go wrong. */
    public Operation refusing(ProblemType... more) {
        return new Operation(
                method,
                path,
                handler,
                fast,
                needs,
                vertical,
                id,
                group,
                summary,
                description,
                clause,
                parameters,
                body,
                answers,
                joined(problems, List.of(more)));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The body that the operation takes; empty for none. */
    public Optional<RequestBody> findBody() {
        return Optional.ofNullable(body);
    }

    /** The handler behind a check that the request has only parameters of the operation. */
    Handler checked() {
        Map<String, Parameter> known = parameters.stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .collect(Collectors.toMap(
                        Parameter::name,
                        parameter -> parameter,
                        (_, twice) -> {
                            throw new IllegalArgumentException(id + " has the parameter " + twice.name() + " twice");
                        },
                        HashMap::new));
        return request -> {
            if (request.query() != QueryParameters.EMPTY) {
                check(request.query(), known);
            }
            return handler.handle(request);
        };
    }

    private static void check(QueryParameters query, Map<String, Parameter> known) {
        for (String name : query.names()) {
            if (!known.containsKey(name)) {
                throw Problem.invalidRequest(
                        "The parameter »" + name + "« is not supported here.",
                        known.isEmpty()
                                ? "Leave it out."
                                : "Use " + known.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
        for (String name : query.names()) {
            Parameter parameter = known.get(name);
            Optional<String> value = query.find(name);
            if (parameter != null && value.isPresent()) {
                parameter.kind().check(name, value.get());
            }
        }
    }
}
