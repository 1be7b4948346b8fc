package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.context.Names;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.http.MustWaitException;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.query.TypeSelection;
import city.emona.store.EntityPage;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Retrieve Entity and Query Entities (clauses 5.7.1, 5.7.2, 6.4.3.2 and 6.5.3.1). */
final class EntityReads {
    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD, MediaType.GEO_JSON);
    private static final Parameter GEOMETRY_PROPERTY = Parameter.text(
            "geometryProperty", "The attribute that becomes the geometry of a GeoJSON feature; location when absent.");

    private static final String AMENDED =
            "The same, amended for the version of the specification that the client prefers.";

    /** A query of more entities, or one that has to look at each, does not run on the server's own threads. */
    private static final int QUICK_LIMIT = 100;

    private final Broker broker;
    private final Contexts contexts;

    EntityReads(Broker broker, Contexts contexts) {
        this.broker = broker;
        this.contexts = contexts;
    }

    Stream<Operation> operations() {
        return Stream.of(
                shown(Operation.getFast(NgsiLdApi.ENTITIES, this::query))
                        .named("queryEntity", "Query entities", "6.4.3.2")
                        .explained(
                                "The results are ordered by id, or by orderBy. At least one of type, attrs, q with an attribute, georel and"
                                        + " `local=true` is needed.")
                        .with(QueryReader.PARAMETERS)
                        .answering(entities(200, "The entities."), entities(203, AMENDED))
                        .refusing(ProblemType.TOO_MANY_RESULTS),
                shown(Operation.getFast(NgsiLdApi.ENTITY, this::retrieve))
                        .named("retrieveEntity", "Retrieve an entity", "6.5.3.1")
                        .with(Parameters.ID, Parameters.TYPE, Parameters.LOCAL)
                        .answering(entity(200, "The entity; a list with `join=flat`."), entity(203, AMENDED))
                        .refusing(ProblemType.RESOURCE_NOT_FOUND));
    }

    /** The operation with what all have that show entities. */
    private static Operation shown(Operation operation) {
        return operation
                .with(Parameters.REPRESENTATION)
                .with(Join.PARAMETERS)
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
                .with(Parameters.PAGE_LINKS, Parameters.RESULTS_COUNT, Parameters.PREFERENCE_APPLIED);
    }

    private static Answer entity(int status, String description) {
        return Answer.of(status, description, "RetrievedEntity", ApiRequest.JSON, ApiRequest.JSON_LD)
                .orAs("Feature", MediaType.GEO_JSON.text())
                .with(Parameters.CONTEXT_LINK, Parameters.PREFERENCE_APPLIED);
    }

    Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        request.flag("local");
        TermTable terms = request.linkedTerms();
        Representation representation = Representations.read(request, terms);
        Tenant tenant = request.tenant();
        LinkedAnswers answers = answers(request, tenant, terms, representation);
        String id = Names.requireUri(http.parameter("id"), "The entity id");
        StoredEntity entity = broker.getStored(tenant, id);
        Optional<String> type = request.parameter("type");
        if (type.isPresent()
                && !TypeSelection.parse(type.get(), terms::expand)
                        .matches(entity.packed().types())) {
            throw Problem.notFound("There is no entity " + id + " of the type " + type.get() + ".");
        }
        if (showsNothing(entity, representation.projection())) {
            throw Problem.notFound("The entity " + id + " has none of the members asked for.");
        }
        return answer(request, answers, a -> a.one(entity));
    }

    /** Whether no attribute is shown; the id, the type and the scope count only where no attribute was picked. */
    private static boolean showsNothing(StoredEntity entity, Projection projection) {
        Set<String> pick = projection.pick();
        if (pick == null && projection.omit().isEmpty()) {
            return false;
        }
        boolean attributesPicked = pick != null && !Projection.IDENTITY.containsAll(pick);
        return (attributesPicked || showsNoMember(entity, projection))
                && entity.entity().attributes().stream().noneMatch(a -> projection.shows(a.name()));
    }

    private static boolean showsNoMember(StoredEntity entity, Projection projection) {
        return !projection.shows("id")
                && !projection.shows("type")
                && (!projection.shows("scope") || entity.entity().scopes().isEmpty());
    }

    Response query(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        TermTable terms = request.linkedTerms();
        Representation representation = Representations.read(request, terms);
        Tenant tenant = request.tenant();
        LinkedAnswers answers = answers(request, tenant, terms, representation);
        EntityQuery query = QueryReader.read(request, terms, representation);
        Filters.requireLinked(query.filter(), answers.join().level());
        if (!isQuick(query)) {
            MustWaitException.unlessOnVirtualThread();
        }
        EntityPage page = broker.query(tenant, query);
        Response response = answer(request, answers, a -> a.many(page.stored()));
        if (query.count()) {
            response = response.with("NGSILD-Results-Count", Long.toString(page.total()));
        }
        return new PageLinks(NgsiLdApi.ENTITIES, http.query(), answers.answers().media())
                .addTo(response, query.limit(), query.offset(), page.more());
    }

    private LinkedAnswers answers(ApiRequest request, Tenant tenant, TermTable terms, Representation representation) {
        MediaType media = MediaType.negotiate(request.http().headers().all("Accept"), OFFERED);
        Optional<String> geometry = request.parameter("geometryProperty");
        if (geometry.isPresent() && media != MediaType.GEO_JSON) {
            throw Problem.badRequestData(
                    "geometryProperty was sent, but the answer is not GeoJSON.", "Accept application/geo+json.");
        }
        Join join = Join.read(request, representation.projection());
        if (!join.isNone()) {
            MustWaitException.unlessOnVirtualThread();
        }
        EntityAnswers answers = new EntityAnswers(
                tenant,
                terms,
                representation,
                media,
                geometry.map(terms::expand).orElse(""),
                Preferences.read(request.http().headers().all("Prefer")).contextInLink());
        return new LinkedAnswers(answers, join, id -> broker.find(tenant, id));
    }

    /** The answer, in the version of the specification that the client prefers; then its status says whether that changed it. */
    private static Response answer(ApiRequest request, LinkedAnswers answers, Function<LinkedAnswers, Response> write) {
        List<String> headers = request.http().headers().all("Prefer");
        Preferences preferences = Preferences.read(headers);
        if (preferences.version().isEmpty() || answers.answers().media() == MediaType.GEO_JSON) {
            return write.apply(answers);
        }
        Response amended = write.apply(answers.inVersion(preferences.version().get()));
        boolean same = Arrays.equals(amended.body(), write.apply(answers).body());
        return amended.withStatus(same ? 200 : 203)
                .with("Preference-Applied", "ngsi-ld=" + preferences.version().get());
    }

    private static boolean isQuick(EntityQuery query) {
        EntityFilter filter = query.filter();
        return query.limit() <= QUICK_LIMIT
                && query.offset() <= QUICK_LIMIT
                && query.ordering().isById()
                && filter.isOnlySelectors()
                && filter.selectors().stream().allMatch(selector -> isQuick(selector, query.count()));
    }

    private static boolean isQuick(EntitySelector selector, boolean count) {
        return selector.idPattern() == null
                && selector.ids().size() <= QUICK_LIMIT
                && selector.types().alternatives().size() == 1
                && (!count || selector.ids().isEmpty());
    }
}
