package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.context.AttributeType;
import city.emona.context.Contexts;
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
import city.emona.store.Inventory;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which entity types and attributes there are (clauses 5.7.5 to 5.7.10 and 6.25 to 6.28). */
final class Discovery {
    /** Members of every entity, which are no attributes. */
    private static final Set<String> NO_NAMES = Set.of("id", "type", "@id", "@type");

    private final Broker broker;
    private final Contexts contexts;

    Discovery(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                list("/types", this::types)
                        .named("retrieveEntityTypes", "List the entity types", "6.25.3.1")
                        .answering(answer("The types that entities have.", "EntityTypeList")
                                .orAs("EntityTypes", ApiRequest.JSON, ApiRequest.JSON_LD)),
                one("/types/{type}", this::type)
                        .named("retrieveEntityTypeInfo", "Describe an entity type", "6.26.3.1")
                        .with(Parameter.path("type", "The type, short or expanded.")
                                .withExample("Bench"))
                        .answering(
                                answer("The attributes of the type, and how many entities it has.", "EntityTypeInfo")),
                list("/attributes", this::attributes)
                        .named("retrieveAttributes", "List the attributes", "6.27.3.1")
                        .answering(answer("The attributes that entities have.", "AttributeList")
                                .orAs("Attributes", ApiRequest.JSON, ApiRequest.JSON_LD)),
                one("/attributes/{attribute}", this::attribute)
                        .named("retrieveAttributeInfo", "Describe an attribute", "6.28.3.1")
                        .with(Parameters.ATTRIBUTE)
                        .answering(answer(
                                "The types of the attribute, and how many instances it has.", "AttributeDescription")));
    }

    private static Operation list(String path, Handler handler) {
        return Operation.getFast(NgsiLdApi.ROOT + path, handler)
                .with(
                        Parameter.flag("details", "Whether each is described; then the answer is an array."),
                        Parameters.LOCAL)
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.NOT_ACCEPTABLE);
    }

    private static Operation one(String path, Handler handler) {
        return Operation.getFast(NgsiLdApi.ROOT + path, handler)
                .with(Parameters.LOCAL)
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.RESOURCE_NOT_FOUND,
                        ProblemType.NOT_ACCEPTABLE);
    }

    private static Answer answer(String description, String schema) {
        return Answer.of(200, description, schema, ApiRequest.JSON, ApiRequest.JSON_LD)
                .with(Parameters.CONTEXT_LINK);
    }

    /** Retrieve (Details of) Available Entity Types. */
    Response types(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        boolean details = request.flag("details");
        DocumentAnswer answer = DocumentAnswer.of(request);
        Inventory inventory = broker.inventory(answer.tenant());
        TermTable terms = answer.terms();
        if (!details) {
            return answer.object(
                    list("EntityTypeList", "typeList", inventory.types().keySet(), answer));
        }
        ArrayNode types = Json.array();
        inventory.types().forEach((type, content) -> {
            ObjectNode one = described(types.addObject(), type, "EntityType").put("typeName", terms.compact(type));
            names(one.putArray("attributeNames"), content.attributes().keySet(), terms);
        });
        return answer.array(types);
    }

    /** Retrieve Available Entity Type Information. */
    Response type(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        DocumentAnswer answer = DocumentAnswer.of(request);
        TermTable terms = answer.terms();
        String given = http.parameter("type");
        String type = expand(given, "The type", terms);
        Inventory.OfType content = broker.inventory(answer.tenant()).types().get(type);
        if (content == null) {
            throw Problem.notFound("There is no entity of the type " + given + ".");
        }
        ObjectNode info = described(Json.object(), type, "EntityTypeInfo")
                .put("typeName", terms.compact(type))
                .put("entityCount", content.entities());
        ArrayNode attributes = info.putArray("attributeDetails");
        content.attributes().forEach((attribute, kinds) -> {
            ObjectNode one = described(attributes.addObject(), attribute, "Attribute")
                    .put("attributeName", terms.compact(attribute));
            attributeTypes(one, kinds);
        });
        return answer.object(info);
    }

    /** Retrieve (Details of) Available Attributes. */
    Response attributes(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        boolean details = request.flag("details");
        DocumentAnswer answer = DocumentAnswer.of(request);
        Inventory inventory = broker.inventory(answer.tenant());
        TermTable terms = answer.terms();
        Set<String> names = inventory.instances().keySet();
        if (!details) {
            return answer.object(list("AttributeList", "attributeList", names, answer));
        }
        ArrayNode attributes = Json.array();
        for (String name : names) {
            ObjectNode one =
                    described(attributes.addObject(), name, "Attribute").put("attributeName", terms.compact(name));
            typeNames(one, inventory, name, terms);
        }
        return answer.array(attributes);
    }

    /** Retrieve Available Attribute Information. */
    Response attribute(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        DocumentAnswer answer = DocumentAnswer.of(request);
        TermTable terms = answer.terms();
        String given = http.parameter("attribute");
        String name = expand(given, "The attribute", terms);
        Inventory inventory = broker.inventory(answer.tenant());
        Long instances = inventory.instances().get(name);
        if (instances == null) {
            throw Problem.notFound("No entity has the attribute " + given + ".");
        }
        ObjectNode one = described(Json.object(), name, "Attribute")
                .put("attributeName", terms.compact(name))
                .put("attributeCount", instances);
        Set<AttributeType> kinds = EnumSet.noneOf(AttributeType.class);
        inventory
                .types()
                .values()
                .forEach(type -> kinds.addAll(type.attributes().getOrDefault(name, Set.of())));
        attributeTypes(one, kinds);
        typeNames(one, inventory, name, terms);
        return answer.object(one);
    }

    private static String expand(String given, String what, TermTable terms) {
        if (NO_NAMES.contains(given)) {
            throw Problem.notFound("»" + given + "« is a member of every entity, and neither a type nor an attribute.");
        }
        return terms.expand(Names.requireName(given, what));
    }

    private static ObjectNode described(ObjectNode node, String id, String type) {
        return node.put("id", id).put("type", type);
    }

    private static ObjectNode list(String type, String member, Collection<String> names, DocumentAnswer answer) {
        ObjectNode list = described(Json.object(), listId(type, answer.tenant()), type);
        names(list.putArray(member), names, answer.terms());
        return list;
    }

    /** A tenant has one list of each kind, whose identifier is always the same. */
    private static String listId(String type, Tenant tenant) {
        byte[] name = (type + '\0' + tenant.name()).getBytes(StandardCharsets.UTF_8);
        return "urn:ngsi-ld:" + type + ":" + UUID.nameUUIDFromBytes(name);
    }

    private static void names(ArrayNode into, Collection<String> names, TermTable terms) {
        names.forEach(name -> into.add(terms.compact(name)));
    }

    private static void attributeTypes(ObjectNode node, Set<AttributeType> kinds) {
        ArrayNode types = node.putArray("attributeTypes");
        kinds.forEach(kind -> types.add(kind.term()));
    }

    private static void typeNames(ObjectNode node, Inventory inventory, String attribute, TermTable terms) {
        ArrayNode types = node.putArray("typeNames");
        inventory.types().forEach((type, content) -> {
            if (content.attributes().containsKey(attribute)) {
                types.add(terms.compact(type));
            }
        });
    }
}
