package city.emona.api.ngsild;

import city.emona.broker.SourceIdentity;
import city.emona.context.Contexts;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import city.emona.time.Timestamps;
import java.util.stream.Stream;

/** Retrieve Context Source Identity Information (clauses 5.15.1 and 6.33). */
final class Identity {
    private static final String TYPE = "ContextSourceIdentity";

    private final SourceIdentity identity;
    private final Contexts contexts;

    Identity(SourceIdentity identity, Contexts contexts) {
        this.identity = identity;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(Operation.getFast(NgsiLdApi.ROOT + "/info/sourceIdentity", this::retrieve)
                .named("retrieveContextSourceIdentity", "Say who this broker is", "6.33.3.1")
                .explained("The alias is kept with the data, and differs from tenant to tenant.")
                .answering(Answer.of(200, "The identity.", TYPE, ApiRequest.JSON, ApiRequest.JSON_LD)
                        .with(Parameters.CONTEXT_LINK))
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.NOT_ACCEPTABLE));
    }

    Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        DocumentAnswer answer = DocumentAnswer.of(request);
        String alias = identity.alias(answer.tenant());
        return answer.object(Json.object()
                .put("id", "urn:ngsi-ld:" + TYPE + ":" + alias)
                .put("type", TYPE)
                .put("contextSourceAlias", alias)
                .put("contextSourceUptime", identity.uptime().toString())
                .put("contextSourceTimeAt", Timestamps.format(identity.now())));
    }
}
