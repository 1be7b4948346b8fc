package city.emona.api.ngsild;

import city.emona.broker.subscription.Subscriptions;
import city.emona.context.Contexts;
import city.emona.context.Names;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/** The operations on subscriptions (clauses 5.8, 6.10 and 6.11). */
final class SubscriptionOperations {
    private static final String ROOT = NgsiLdApi.ROOT + "/subscriptions";
    private static final String ONE = ROOT + "/{id}";
    private static final Parameter ID = Parameter.path("id", "The id of the subscription, a URI.")
            .withFormat("uri")
            .withExample("urn:ngsi-ld:Subscription:1");

    private final Subscriptions subscriptions;
    private final Contexts contexts;

    SubscriptionOperations(Subscriptions subscriptions, Contexts contexts) {
        this.subscriptions = subscriptions;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                Operation.post(ROOT, this::create)
                        .named("createSubscription", "Ask to be told of changes", "6.10.3.1")
                        .explained("Notifications go to an address of HTTP or MQTT: when a watched attribute of a"
                                + " subscribed entity changes, or, with timeInterval, time and again.")
                        .taking(ApiRequest.json("The subscription.", "Subscription")
                                .withExample("Subscription"))
                        .answering(Answer.empty(201, "The subscription is at work.")
                                .with(Parameters.LOCATION))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.ALREADY_EXISTS,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.TOO_COMPLEX_QUERY,
                                ProblemType.TOO_MANY_RESULTS),
                Operation.get(ROOT, this::list)
                        .named("querySubscription", "List subscriptions", "6.10.3.2")
                        .explained("They are ordered by id.")
                        .with(Parameters.LIMIT, Parameters.OFFSET, Parameters.COUNT, Parameters.PREFER)
                        .answering(Answer.of(
                                        200,
                                        "The subscriptions.",
                                        "SubscriptionList",
                                        ApiRequest.JSON,
                                        ApiRequest.JSON_LD)
                                .with(Parameters.PAGE_LINKS, Parameters.RESULTS_COUNT, Parameters.PREFERENCE_APPLIED))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.TOO_MANY_RESULTS,
                                ProblemType.NOT_ACCEPTABLE),
                one(Operation.get(ONE, this::retrieve))
                        .named("retrieveSubscription", "Retrieve a subscription", "6.11.3.1")
                        .with(Parameters.PREFER)
                        .answering(Answer.of(
                                        200,
                                        "The subscription, with what became of its notifications.",
                                        "ShownSubscription",
                                        ApiRequest.JSON,
                                        ApiRequest.JSON_LD)
                                .with(Parameters.CONTEXT_LINK, Parameters.PREFERENCE_APPLIED))
                        .refusing(ProblemType.NOT_ACCEPTABLE),
                one(Operation.patch(ONE, this::update))
                        .named("updateSubscription", "Change a subscription", "6.11.3.2")
                        .explained("Each member takes the place of the one before as a whole; null takes it away.")
                        .taking(ApiRequest.mergePatch("What to change.", "SubscriptionFragment")
                                .withExample("SubscriptionFragment"))
                        .answering(Answer.empty(204, "The subscription is changed."))
                        .refusing(ProblemType.TOO_COMPLEX_QUERY),
                one(Operation.delete(ONE, this::delete))
                        .named("deleteSubscription", "Delete a subscription", "6.11.3.3")
                        .answering(Answer.empty(204, "The subscription is deleted.")));
    }

    private static Operation one(Operation operation) {
        return operation
                .with(ID)
                .refusing(ProblemType.INVALID_REQUEST, ProblemType.BAD_REQUEST_DATA, ProblemType.RESOURCE_NOT_FOUND);
    }

    private Response create(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        ApiRequest.Body body = request.body();
        String id = subscriptions.create(tenant, body.object(), body.terms(), request::absolute);
        return EntityAnswers.withTenant(
                Response.empty(201).with("Location", ROOT + "/" + ApiRequest.pathSegment(id)), tenant);
    }

    private Response list(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Page page = Page.read(request);
        DocumentAnswer answer = DocumentAnswer.of(request);
        Subscriptions.Page found = subscriptions.list(answer.tenant(), answer.terms(), page.limit(), page.offset());
        ArrayNode all = Json.array();
        found.subscriptions().forEach(all::add);
        Response response = new PageLinks(ROOT, http.query(), answer.media())
                .addTo(answer.array(all), page.limit(), page.offset(), found.more());
        return preferred(
                page.count() ? response.with("NGSILD-Results-Count", Long.toString(found.total())) : response, request);
    }

    private Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        DocumentAnswer answer = DocumentAnswer.of(request);
        return preferred(answer.object(subscriptions.retrieve(answer.tenant(), id(http), answer.terms())), request);
    }

    /** No version of the specification asks for another form of subscriptions (clause 4.3.6.8). */
    private static Response preferred(Response response, ApiRequest request) {
        return Preferences.read(request.http().headers().all("Prefer"))
                .version()
                .map(version -> response.with("Preference-Applied", "ngsi-ld=" + version))
                .orElse(response);
    }

    private Response update(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        Tenant tenant = request.tenant();
        String id = id(http);
        ApiRequest.Body body = request.body();
        subscriptions.update(tenant, id, body.object(), body.terms());
        return EntityWrites.noContent(tenant);
    }

    private Response delete(Request http) {
        Tenant tenant = new ApiRequest(http, contexts).tenant();
        subscriptions.delete(tenant, id(http));
        return EntityWrites.noContent(tenant);
    }

    private static String id(Request http) {
        return Names.requireUri(http.parameter("id"), "The id of the subscription");
    }
}
