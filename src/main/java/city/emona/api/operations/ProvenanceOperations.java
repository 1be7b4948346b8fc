package city.emona.api.operations;

import city.emona.broker.Broker;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Right;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
import city.emona.vertical.provenance.Origins.Stretch;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the values of an entity come from. */
public final class ProvenanceOperations {
    private final Broker broker;
    private final Origins origins;

    public ProvenanceOperations(Broker broker, Origins origins) {
        this.broker = broker;
        this.origins = origins;
    }

    /** The operations, in one group. */
    public Stream<Operation> operations() {
        return Stream.of(Operation.get("/provenance/{id}", this::retrieve)
                .named("retrieveProvenance", "Where the values of an entity come from", "")
                .explained(
                        "For each attribute: the source, when its value was fetched, and by which mapping of which version"
                                + " of which vertical it was made; and what gave the entity's attributes before. An attribute without"
                                + " a source was written by a program or by the platform itself.")
                .with(Parameter.path("id", "The id of the entity.").withExample("urn:ngsi-ld:Bench:1"))
                .answering(Answer.of(200, "The provenance.", "Provenance", "application/json"))
                .refusing(ProblemType.RESOURCE_NOT_FOUND)
                .requiring(Right.DATA_READ)
                .in("Provenance"));
    }

    private Response retrieve(Request request) {
        String id = request.parameter("id");
        Entity entity =
                broker.find(Tenant.DEFAULT, id).orElseThrow(() -> Problem.notFound("There is no entity " + id + "."));
        Map<String, Stretch> byAttribute = origins.byAttribute(id);
        ObjectNode answer = Json.object().put("id", id);
        ArrayNode attributes = answer.putArray("attributes");
        for (Attribute attribute : entity.attributes()) {
            ObjectNode one = attributes.addObject().put("attribute", attribute.name());
            Stretch stretch = byAttribute.get(attribute.name());
            String at = Timestamps.format(attribute.main().modifiedAt());
            if (stretch == null) {
                one.put("writtenAt", at);
            } else {
                put(one, stretch.origin());
                one.put("fetchedAt", at).put("since", Timestamps.format(stretch.since()));
            }
            String observedAt = attribute.main().observedAt();
            if (observedAt != null) {
                one.put("observedAt", observedAt);
            }
        }
        ArrayNode history = answer.putArray("origins");
        for (Stretch stretch : origins.list(id)) {
            ObjectNode one = history.addObject();
            put(one, stretch.origin());
            one.put("since", Timestamps.format(stretch.since()));
            ArrayNode names = one.putArray("attributes");
            stretch.attributes().forEach(names::add);
        }
        return Response.of(200, "application/json", Json.bytes(answer));
    }

    private static void put(ObjectNode json, Origin origin) {
        json.put("source", origin.source())
                .put("vertical", origin.vertical())
                .put("version", origin.version())
                .put("mapping", origin.mapping())
                .put("mappingDigest", origin.digest());
    }
}
