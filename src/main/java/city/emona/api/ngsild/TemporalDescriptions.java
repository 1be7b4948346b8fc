package city.emona.api.ngsild;

import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.ProblemType;

/** What the operations that read history take and give, for programs and people. */
final class TemporalDescriptions {
    private static final Parameter CONTENT_RANGE = Parameter.header(
            "Content-Range",
            "With status 206: the range of time that the answer tells of, `date-time START-END/SIZE`; with lastN from the newest back to"
                    + " the oldest instance. The rest is had by asking for what lies beyond the end.");
    private static final String PARTIAL = "The same, but not all instances that were asked for; the header says which.";
    private static final String AMENDED =
            "The same, amended for the version of the specification that the client prefers.";
    private static final String LIMITS =
            "An answer holds a bounded number of instances of each attribute; where there are more, its status is 206.";
    private static final Answer[] MANY = {
        many(200, "The histories."),
        many(201, "The same, and a new entity map."),
        many(203, AMENDED),
        many(206, PARTIAL).with(CONTENT_RANGE)
    };

    private TemporalDescriptions() {}

    static Operation query(Operation operation) {
        return asked(operation)
                .named("queryTemporal", "Query histories of entities", "6.18.3.2")
                .explained(
                        "A temporal query is needed, and one of type, attrs, q with an attribute, georel and `local=true`. The"
                                + " conditions are asked of the instances that the temporal query means. " + LIMITS)
                .with(QueryReader.PARAMETERS)
                .with(QueryReader.PAGE_PARAMETERS)
                .with(Parameters.REPRESENTATION)
                .with(TemporalQueryReader.PARAMETERS)
                .with(TemporalForm.PARAMETERS)
                .with(EntityMapUse.PARAMETERS)
                .with(EntityMapUse.REQUEST_HEADER)
                .with(Parameters.PREFER)
                .answering(MANY);
    }

    static Operation queryByPost(Operation operation) {
        return asked(operation)
                .named("queryTemporalBatch", "Query histories with the query in the body", "6.24.3.1")
                .explained(LIMITS)
                .with(QueryReader.PAGE_PARAMETERS)
                .with(TemporalForm.PARAMETERS)
                .with(EntityMapUse.REQUEST_HEADER)
                .with(Parameters.PREFER)
                .taking(ApiRequest.json("The query.", "TemporalQueryDocument").withExample("TemporalQueryDocument"))
                .answering(MANY);
    }

    static Operation retrieve(Operation operation) {
        return operation
                .named("retrieveTemporal", "Retrieve the history of an entity", "6.19.3.1")
                .explained("Without a temporal query, everything is meant. " + LIMITS)
                .with(Parameters.ID, Parameters.LOCAL, Parameters.PREFER)
                .with(Parameters.REPRESENTATION)
                .with(TemporalQueryReader.PARAMETERS)
                .with(TemporalForm.PARAMETERS)
                .with(EntityMapUse.PARAMETERS)
                .with(EntityMapUse.REQUEST_HEADER)
                .answering(
                        one(200, "The history."),
                        one(203, AMENDED),
                        one(206, PARTIAL).with(CONTENT_RANGE))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.TOO_MANY_RESULTS,
                        ProblemType.NOT_ACCEPTABLE);
    }

    static Operation createMap(Operation operation) {
        return created(operation)
                .named("createTemporalEntityMap", "Create an entity map of a query of histories", "6.35.3.1")
                .with(QueryReader.PARAMETERS)
                .with(Parameters.REPRESENTATION)
                .with(TemporalQueryReader.PARAMETERS)
                .with(EntityMapUse.PARAMETERS);
    }

    static Operation createMapByPost(Operation operation) {
        return created(operation)
                .named(
                        "createTemporalEntityMapByPost",
                        "Create an entity map of a query of histories in a body",
                        "6.35.3.2")
                .taking(ApiRequest.json("The query.", "TemporalQueryDocument").withExample("TemporalQueryDocument"));
    }

    private static Operation created(Operation operation) {
        return asked(operation)
                .with(QueryReader.PAGE_PARAMETERS)
                .with(TemporalForm.PARAMETERS)
                .answering(Answer.of(201, "The entity map.", "EntityMap", ApiRequest.JSON, ApiRequest.JSON_LD)
                        .with(EntityMapUse.ANSWER_HEADER));
    }

    private static Operation asked(Operation operation) {
        return operation.refusing(
                ProblemType.INVALID_REQUEST,
                ProblemType.BAD_REQUEST_DATA,
                ProblemType.TOO_COMPLEX_QUERY,
                ProblemType.TOO_MANY_RESULTS,
                ProblemType.NOT_ACCEPTABLE);
    }

    private static Answer many(int status, String description) {
        return Answer.of(status, description, "EntityTemporalList", ApiRequest.JSON, ApiRequest.JSON_LD)
                .with(
                        Parameters.PAGE_LINKS,
                        Parameters.RESULTS_COUNT,
                        Parameters.PREFERENCE_APPLIED,
                        EntityMapUse.ANSWER_HEADER);
    }

    private static Answer one(int status, String description) {
        return Answer.of(status, description, "EntityTemporal", ApiRequest.JSON, ApiRequest.JSON_LD)
                .with(Parameters.CONTEXT_LINK, Parameters.PREFERENCE_APPLIED, EntityMapUse.ANSWER_HEADER);
    }
}
