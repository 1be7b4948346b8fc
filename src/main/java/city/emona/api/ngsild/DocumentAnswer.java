package city.emona.api.ngsild;

import city.emona.context.TermTable;
import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.store.Tenant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts objects of the API that are no entities into answers: as JSON with the context in a Link header, or as JSON-LD with the context in
 * each object (clause 6.3.6).
 */
record DocumentAnswer(Tenant tenant, TermTable terms, MediaType media) {
    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD);

    /** The answer that a request asks for. */
    static DocumentAnswer of(ApiRequest request) {
        return of(request, request.linkedTerms());
    }

    /** The answer that a request asks for, whose context is known. */
    static DocumentAnswer of(ApiRequest request, TermTable terms) {
        return new DocumentAnswer(
                request.tenant(),
                terms,
                MediaType.negotiate(request.http().headers().all("Accept"), OFFERED));
    }

    Response object(ObjectNode object) {
        return headed(withContext(object));
    }

    Response array(ArrayNode objects) {
        for (JsonNode object : objects) {
            withContext((ObjectNode) object);
        }
        return headed(objects);
    }

    private ObjectNode withContext(ObjectNode object) {
        return media == MediaType.JSON_LD ? object.set("@context", terms.contextMember()) : object;
    }

    private Response headed(JsonNode body) {
        Response response = Response.of(200, media.text(), Json.bytes(body));
        if (media == MediaType.JSON) {
            response = response.with("Link", ContextLink.format(terms.linkTarget()));
        }
        return EntityAnswers.withTenant(response, tenant);
    }
}
