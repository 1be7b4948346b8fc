package city.emona.api.ngsild;

import city.emona.http.QueryParameters;
import city.emona.http.Response;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.time.IsoDuration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a request uses an entity map (clauses 5.5.14, 6.4.3.2 and 6.5.3.1).
 *
 * @param wanted whether the request asks for a map, or names one
 * @param id the id of the map that it names
 * @param lifetime how long a new map should live
 */
record EntityMapUse(boolean wanted, Optional<String> id, Optional<IsoDuration> lifetime) {
    private static final String HEADER = "NGSILD-EntityMap";

    /** The parameters that this class reads. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.flag("entityMap", "Whether to keep the set of entities for requests to come, as an entity map."),
            Parameter.text(
                            "entityMapLifetime",
                            "How long a new entity map should live, as a duration of ISO 8601; a day at most.")
                    .withExample("PT10M"),
            Parameter.flag(
                    "splitEntities",
                    "Whether parts of one entity are to be expected from several sources. There are no other sources yet."));

    static final Parameter REQUEST_HEADER =
            Parameter.header(HEADER, "The address of the entity map whose entities the request is about.");

    /** The header of the answer. */
    static final Parameter ANSWER_HEADER =
            Parameter.header(HEADER, "The address of the entity map, when the request asked for one or named one.");

    /**
     * Reads the use of a request.
     *
     * @throws Problem of type BadRequestData when the lifetime is no duration
     */
    static EntityMapUse read(ApiRequest request) {
        Optional<String> id = request.http().header(HEADER).map(EntityMapUse::lastSegment);
        return new EntityMapUse(id.isPresent() || request.flag("entityMap"), id, lifetime(request));
    }

    static Optional<IsoDuration> lifetime(ApiRequest request) {
        return request.parameter("entityMapLifetime")
                .map(text -> IsoDuration.parse(text)
                        .orElseThrow(() -> Problem.badRequestData(
                                "The entityMapLifetime »" + text + "« is not a duration.",
                                "Use a duration of ISO 8601, such as PT10M.")));
    }

    /** The id in the address of a map; an id alone is taken too. */
    private static String lastSegment(String address) {
        return QueryParameters.percentDecode(address.substring(address.lastIndexOf('/') + 1));
    }

    /** The answer with the address of the map. */
    static Response addTo(Response response, String id) {
        return response.with(HEADER, NgsiLdApi.ENTITY_MAPS + "/" + ApiRequest.pathSegment(id));
    }
}
