package city.emona.api.ngsild;

import city.emona.broker.BatchItem;
import city.emona.broker.BatchResult;
import city.emona.broker.Broker;
import city.emona.broker.EntityEdits;
import city.emona.broker.Merges;
import city.emona.broker.UpdateResult;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.MergeOptions;
import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.http.Handler;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The batch operations (clauses 6.14 to 6.17 and 6.31): each element succeeds or fails alone. */
final class BatchWrites {
    private static final int MAX_ELEMENTS = 10_000;

    private final Broker broker;
    private final Contexts contexts;

    BatchWrites(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    /** Makes an item of one element. */
    @FunctionalInterface
    private interface ItemReader {
        BatchItem read(ObjectNode element, TermTable terms, long now);
    }

    Stream<Operation> operations() {
        Parameter noOverwrite = Parameter.choices(
                "options", List.of("noOverwrite"), "With `noOverwrite`, present attributes stay as they are.");
        return Stream.of(
                batch("create", this::create)
                        .named("createBatch", "Create many entities", "6.14.3.1")
                        .taking(ApiRequest.json("The entities.", "NewEntityList")
                                .withExample("NewEntityList"))
                        .answering(Answer.of(201, "All entities are created: their ids.", "IdList", ApiRequest.JSON)),
                batch("upsert", this::upsert)
                        .named("upsertBatch", "Create or change many entities", "6.15.3.1")
                        .with(Parameter.choices(
                                "options",
                                List.of("replace", "update"),
                                "Whether an entity that exists is replaced, which is the default, or updated."))
                        .taking(ApiRequest.json("The entities.", "NewEntityList")
                                .withExample("NewEntityList"))
                        .answering(
                                Answer.of(
                                        201, "All went well: the ids of what was created.", "IdList", ApiRequest.JSON),
                                Answer.empty(204, "All went well, and all entities existed before.")),
                batch("update", this::update)
                        .named("updateBatch", "Update many entities", "6.16.3.1")
                        .with(noOverwrite)
                        .taking(ApiRequest.json("The fragments, each with its id.", "EntityFragmentList")
                                .withExample("EntityFragmentList"))
                        .answering(Answer.empty(204, "All entities are updated.")),
                batch("merge", this::merge)
                        .named("mergeBatch", "Merge into many entities", "6.31.3.1")
                        .with(Parameters.SIMPLIFIED_FORMAT, Parameters.SIMPLIFIED_OPTION)
                        .taking(ApiRequest.json("The fragments, each with its id.", "EntityFragmentList")
                                .withExample("EntityFragmentList"))
                        .answering(Answer.empty(204, "All entities are changed.")),
                batch("delete", this::delete)
                        .named("deleteBatch", "Delete many entities", "6.17.3.1")
                        .taking(ApiRequest.json("The ids.", "IdList").withExample("IdList"))
                        .answering(Answer.empty(204, "All entities are deleted.")));
    }

    private static Operation batch(String name, Handler handler) {
        return Operation.post(NgsiLdApi.BATCHES + "/" + name, handler)
                .with(Parameters.LOCAL)
                .answering(Answer.of(
                        207,
                        "Some elements failed; the body says which went well and what is wrong with the others.",
                        "BatchOperationResult",
                        ApiRequest.JSON))
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA);
    }

    Response create(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        BatchResult result = run(request, false, (element, terms, now) -> {
            Entity entity = EntityReader.read(element, terms, now);
            return new BatchItem(entity.id(), present -> {
                if (present.isPresent()) {
                    throw new Problem(
                            ProblemType.ALREADY_EXISTS,
                            "The entity " + entity.id() + " exists already.",
                            "Choose another id, or use upsert.");
                }
                return BatchItem.Outcome.of(entity);
            });
        });
        return result.errors().isEmpty()
                ? ids(request.tenant(), result.created())
                : multiStatus(request.tenant(), result);
    }

    Response upsert(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        boolean update = request.options().contains("update");
        BatchResult result = run(request, true, update ? BatchWrites::upsertUpdating : BatchWrites::upsertReplacing);
        if (!result.errors().isEmpty()) {
            return multiStatus(request.tenant(), result);
        }
        return result.created().isEmpty()
                ? EntityWrites.noContent(request.tenant())
                : ids(request.tenant(), result.created());
    }

    private static BatchItem upsertReplacing(ObjectNode element, TermTable terms, long now) {
        Entity entity = EntityReader.read(element, terms, now);
        return new BatchItem(
                entity.id(),
                present -> BatchItem.Outcome.of(present.map(before -> EntityEdits.replace(before, entity))
                        .orElse(entity)));
    }

    /** What exists is updated as by Update Attributes, nulls included; a scope where there was none is passed over without a word. */
    private static BatchItem upsertUpdating(ObjectNode element, TermTable terms, long now) {
        Entity entity = EntityReader.readUpdate(element, terms, now);
        return new BatchItem(entity.id(), present -> {
            if (present.isEmpty()) {
                EntityEdits.requireNoNulls(entity);
                return BatchItem.Outcome.of(entity);
            }
            return BatchItem.Outcome.of(
                    EntityEdits.update(present.get(), entity).entity());
        });
    }

    Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        boolean overwrite = !request.options().contains("noOverwrite");
        return answer(request, run(request, true, (element, terms, now) -> {
            Entity fragment = EntityReader.readFragment(element, terms, now);
            return new BatchItem(
                    requireId(fragment.id()),
                    present -> outcome(EntityEdits.append(require(present, fragment.id()), fragment, overwrite)));
        }));
    }

    Response merge(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        MergeOptions options = EntityWrites.mergeOptions(request);
        return answer(request, run(request, true, (element, terms, now) -> {
            String id = requireId(idOf(element));
            Merges.requireNoJsonNull(element);
            return new BatchItem(
                    id,
                    present -> BatchItem.Outcome.of(Merges.merge(require(present, id), element, terms, options, now)));
        }));
    }

    Response delete(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        broker.requireTenant(tenant);
        List<BatchItem> items = new ArrayList<>();
        List<BatchResult.Failure> refused = new ArrayList<>();
        for (JsonNode element : elements(request.body().json())) {
            String id = element.isString() ? element.stringValue() : "";
            try {
                Names.requireUri(id, "The id");
                items.add(new BatchItem(id, present -> deleted(present, id)));
            } catch (Problem problem) {
                refused.add(new BatchResult.Failure(id, problem));
            }
        }
        return answer(request, withRefused(broker.batch(tenant, items), refused));
    }

    private static BatchItem.Outcome deleted(Optional<Entity> present, String id) {
        require(present, id);
        return BatchItem.Outcome.of(null);
    }

    private static BatchItem.Outcome outcome(EntityEdits.Edited edited) {
        List<UpdateResult.NotUpdated> left = edited.result().notUpdated();
        if (left.isEmpty()) {
            return BatchItem.Outcome.of(edited.entity());
        }
        String names = String.join(
                ", ", left.stream().map(UpdateResult.NotUpdated::attributeName).toList());
        return new BatchItem.Outcome(
                edited.entity(),
                new Problem(
                        ProblemType.ALREADY_EXISTS,
                        "These attributes were left as they are: " + names + ". "
                                + left.getFirst().reason(),
                        "Leave noOverwrite out to overwrite them."));
    }

    private BatchResult run(ApiRequest request, boolean tenantMustExist, ItemReader reader) {
        Tenant tenant = request.tenant();
        ApiRequest.Body body = request.body();
        ArrayNode elements = elements(body.json());
        if (tenantMustExist) {
            broker.requireTenant(tenant);
        }
        long now = broker.now();
        List<BatchItem> items = new ArrayList<>(elements.size());
        List<BatchResult.Failure> refused = new ArrayList<>();
        for (JsonNode element : elements) {
            try {
                ApiRequest.Body one = request.element(element, body.terms());
                items.add(reader.read(one.object(), one.terms(), now));
            } catch (Problem problem) {
                refused.add(new BatchResult.Failure(idOf(element), problem));
            }
        }
        return withRefused(broker.batch(tenant, items), refused);
    }

    private static BatchResult withRefused(BatchResult result, List<BatchResult.Failure> refused) {
        List<BatchResult.Failure> errors = new ArrayList<>(refused);
        errors.addAll(result.errors());
        return new BatchResult(result.created(), result.updated(), errors);
    }

    private static ArrayNode elements(JsonNode json) {
        if (!(json instanceof ArrayNode array) || array.isEmpty()) {
            throw Problem.badRequestData("The body is not a non-empty array.", "Send an array of entities.");
        }
        if (array.size() > MAX_ELEMENTS) {
            throw Problem.badRequestData(
                    "The batch has " + array.size() + " elements.", "Send at most " + MAX_ELEMENTS + " at once.");
        }
        for (JsonNode element : array) {
            if (element.isNull()) {
                throw Problem.badRequestData("The batch has an element that is null.", "Leave it out.");
            }
        }
        return array;
    }

    private static String idOf(JsonNode element) {
        JsonNode id = element.has("id") ? element.get("id") : element.get("@id");
        return id != null && id.isString() ? id.stringValue() : "";
    }

    private static String requireId(String id) {
        if (id.isEmpty()) {
            throw Problem.badRequestData("An element has no id.", "Add the member id with a URI.");
        }
        return Names.requireUri(id, "The entity's id");
    }

    private static Entity require(Optional<Entity> present, String id) {
        return present.orElseThrow(() -> Problem.notFound("There is no entity " + id + "."));
    }

    private static Response answer(ApiRequest request, BatchResult result) {
        return result.errors().isEmpty()
                ? EntityWrites.noContent(request.tenant())
                : multiStatus(request.tenant(), result);
    }

    private static Response ids(Tenant tenant, List<String> ids) {
        ArrayNode body = Json.array();
        ids.forEach(body::add);
        return EntityAnswers.withTenant(Response.json(201, Json.bytes(body)), tenant);
    }

    static Response multiStatus(Tenant tenant, BatchResult result) {
        ObjectNode body = Json.object();
        Set<String> succeeded = new LinkedHashSet<>(result.created());
        succeeded.addAll(result.updated());
        ArrayNode success = body.putArray("success");
        succeeded.forEach(success::add);
        ArrayNode errors = body.putArray("errors");
        for (BatchResult.Failure failure : result.errors()) {
            errors.addObject().put("entityId", failure.entityId()).set("error", Problems.body(failure.problem()));
        }
        return EntityAnswers.withTenant(Response.json(207, Json.bytes(body)), tenant);
    }
}
