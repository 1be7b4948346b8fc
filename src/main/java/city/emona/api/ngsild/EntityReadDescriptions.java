package city.emona.api.ngsild;

import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.ProblemType;

/** What the operations that read entities take and give, for programs and people. */
final class EntityReadDescriptions {
    private static final Parameter GEOMETRY_PROPERTY = Parameter.text(
            "geometryProperty", "The attribute that becomes the geometry of a GeoJSON feature; location when absent.");
    private static final String ORDER = "The results are ordered by id, or by orderBy.";
    private static final String AMENDED =
            "The same, amended for the version of the specification that the client prefers.";
    private static final Answer[] ENTITIES = {
        entities(200, "The entities."), entities(201, "The same, and a new entity map."), entities(203, AMENDED)
    };

    private EntityReadDescriptions() {}

    static Operation query(Operation operation) {
        return shown(operation)
                .named("queryEntity", "Query entities", "6.4.3.2")
                .explained(
                        ORDER + " At least one of type, attrs, q with an attribute, georel and `local=true` is needed.")
                .with(QueryReader.PARAMETERS)
                .with(QueryReader.PAGE_PARAMETERS)
                .with(Parameters.REPRESENTATION)
                .with(Parameters.FORMS)
                .with(Join.PARAMETERS)
                .with(EntityMapUse.PARAMETERS)
                .with(EntityMapUse.REQUEST_HEADER)
                .answering(ENTITIES)
                .refusing(ProblemType.TOO_MANY_RESULTS);
    }

    static Operation queryByPost(Operation operation) {
        return shown(operation)
                .named("queryBatch", "Query entities with the query in the body", "6.23.3.1")
                .explained(ORDER)
                .with(QueryReader.PAGE_PARAMETERS)
                .with(Parameters.FORMS)
                .with(EntityMapUse.REQUEST_HEADER)
                .taking(ApiRequest.json("The query.", "Query").withExample("Query"))
                .answering(ENTITIES)
                .refusing(ProblemType.TOO_MANY_RESULTS);
    }

    static Operation retrieve(Operation operation) {
        return shown(operation)
                .named("retrieveEntity", "Retrieve an entity", "6.5.3.1")
                .with(Parameters.ID, Parameters.TYPE, Parameters.LOCAL)
                .with(Parameters.REPRESENTATION)
                .with(Parameters.FORMS)
                .with(Join.PARAMETERS)
                .with(EntityMapUse.PARAMETERS)
                .with(EntityMapUse.REQUEST_HEADER)
                .answering(entity(200, "The entity; a list with `join=flat`."), entity(203, AMENDED))
                .refusing(ProblemType.RESOURCE_NOT_FOUND);
    }

    private static Operation shown(Operation operation) {
        return operation
                .with(GEOMETRY_PROPERTY, Parameters.PREFER)
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.TOO_COMPLEX_QUERY,
                        ProblemType.NOT_ACCEPTABLE);
    }

    private static Answer entities(int status, String description) {
        return Answer.of(status, description, "EntityList", ApiRequest.JSON, ApiRequest.JSON_LD)
                .orAs("FeatureCollection", MediaType.GEO_JSON.text())
                .with(
                        Parameters.PAGE_LINKS,
                        Parameters.RESULTS_COUNT,
                        Parameters.PREFERENCE_APPLIED,
                        EntityMapUse.ANSWER_HEADER);
    }

    private static Answer entity(int status, String description) {
        return Answer.of(status, description, "RetrievedEntity", ApiRequest.JSON, ApiRequest.JSON_LD)
                .orAs("Feature", MediaType.GEO_JSON.text())
                .with(Parameters.CONTEXT_LINK, Parameters.PREFERENCE_APPLIED, EntityMapUse.ANSWER_HEADER);
    }
}
