package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.EntityMap;
import city.emona.context.Names;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.SpecificationVersion;
import city.emona.context.TermTable;
import city.emona.http.MustWaitException;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Operation;
import city.emona.problem.Problem;
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

/** Retrieve Entity and Query Entities (clauses 5.7.1, 5.7.2, 6.4.3.2, 6.5.3.1 and 6.23.3.1). */
final class EntityReads {
    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD, MediaType.GEO_JSON);
    private static final String BY_POST = NgsiLdApi.BATCHES + "/query";

    /** A query of more entities, or one that has to look at each, does not run on the server's own threads. */
    private static final int QUICK_LIMIT = 100;

    private final Broker broker;
    private final ContextLibrary library;

    EntityReads(Broker broker, ContextLibrary library) {
        this.broker = broker;
        this.library = library;
    }

    Stream<Operation> operations() {
        return Stream.of(
                EntityReadDescriptions.query(Operation.getFast(NgsiLdApi.ENTITIES, this::query)),
                EntityReadDescriptions.queryByPost(Operation.post(BY_POST, this::queryByPost)),
                EntityReadDescriptions.retrieve(Operation.getFast(NgsiLdApi.ENTITY, this::retrieve)));
    }

    Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        TermTable terms = request.linkedTerms();
        Representation representation = Representations.read(request, terms);
        Join join = Join.read(request, representation.projection());
        EntityMapUse maps = EntityMapUse.read(request);
        Tenant tenant = request.tenant();
        LinkedAnswers answers = answers(request, tenant, terms, representation, join);
        String id = Names.requireUri(http.parameter("id"), "The entity id");
        if (!join.isNone() || maps.wanted()) {
            MustWaitException.unlessOnVirtualThread();
        }
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
        Response response = answer(request, answers, a -> a.one(entity));
        return maps.wanted()
                ? EntityMapUse.addTo(response, mapOf(tenant, id, maps).id())
                : response;
    }

    /** The map that the request names, or a new one of one entity. */
    private EntityMap mapOf(Tenant tenant, String id, EntityMapUse maps) {
        return maps.id()
                .flatMap(named -> broker.entityMaps().find(tenant, named))
                .orElseGet(() -> broker.entityMaps().create(tenant, List.of(id), maps.lifetime()));
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
        return query(QueryRequest.ofAddress(new ApiRequest(http, library.contexts())), NgsiLdApi.ENTITIES);
    }

    Response queryByPost(Request http) {
        return query(QueryRequest.ofBody(new ApiRequest(http, library.contexts())), BY_POST);
    }

    private Response query(QueryRequest asked, String resource) {
        ApiRequest request = asked.request();
        Tenant tenant = request.tenant();
        EntityMapUse maps = EntityMapUse.read(request);
        LinkedAnswers answers = answers(request, tenant, asked.terms(), asked.representation(), asked.join());
        EntityQuery query = asked.query();
        if (!isQuick(query) || !asked.join().isNone() || maps.wanted()) {
            MustWaitException.unlessOnVirtualThread();
        }
        Optional<EntityMap> known = maps.id().flatMap(id -> broker.entityMaps().find(tenant, id));
        Optional<EntityMap> map = maps.wanted()
                ? known.or(() -> Optional.of(broker.entityMaps().create(tenant, query, maps.lifetime())))
                : Optional.empty();
        EntityPage page = map.map(used -> broker.entityMaps().page(tenant, used, query))
                .orElseGet(() -> broker.query(tenant, query));
        Response response = answer(request, answers, a -> a.many(page.stored()));
        if (query.count()) {
            response = response.with("NGSILD-Results-Count", Long.toString(page.total()));
        }
        response = new PageLinks(resource, request.http().query(), answers.media())
                .addTo(response, query.limit(), query.offset(), page.more());
        if (map.isEmpty()) {
            return response;
        }
        return EntityMapUse.addTo(
                known.isPresent() ? response : response.withStatus(201),
                map.get().id());
    }

    private LinkedAnswers answers(
            ApiRequest request, Tenant tenant, TermTable terms, Representation representation, Join join) {
        MediaType media = MediaType.negotiate(request.http().headers().all("Accept"), OFFERED);
        Optional<String> geometry = request.parameter("geometryProperty");
        if (geometry.isPresent() && media != MediaType.GEO_JSON) {
            throw Problem.badRequestData(
                    "geometryProperty was sent, but the answer is not GeoJSON.", "Accept application/geo+json.");
        }
        boolean contextInLink =
                media == MediaType.GEO_JSON && preferences(request).contextInLink();
        EntityAnswers answers = new EntityAnswers(
                tenant,
                terms,
                representation,
                media,
                geometry.map(terms::expand).orElse(""),
                contextInLink,
                media == MediaType.JSON || contextInLink
                        ? contextAddress(broker, library, request, tenant, terms)
                        : "");
        return new LinkedAnswers(answers, join, id -> broker.findStored(tenant, id));
    }

    /** The address of the context; one that came in a body without an address gets its own here. */
    static String contextAddress(
            Broker broker, ContextLibrary library, ApiRequest request, Tenant tenant, TermTable terms) {
        if (terms.hasAddress()) {
            return terms.linkTarget();
        }
        broker.requireTenant(tenant);
        return request.absolute(ContextLibrary.PATH
                + library.implicit(tenant, terms.contextMember()).id());
    }

    private static Preferences preferences(ApiRequest request) {
        return Preferences.read(request.http().headers().all("Prefer"));
    }

    /** The answer, in the version of the specification that the client prefers; then its status says whether that changed it. */
    private static Response answer(ApiRequest request, LinkedAnswers answers, Function<LinkedAnswers, Response> write) {
        Optional<SpecificationVersion> version = answers.media() == MediaType.GEO_JSON
                ? Optional.empty()
                : preferences(request).version();
        if (version.isEmpty()) {
            return write.apply(answers);
        }
        Response amended = write.apply(answers.inVersion(version.get()));
        boolean same = Arrays.equals(amended.body(), write.apply(answers).body());
        return amended.withStatus(same ? 200 : 203).with("Preference-Applied", "ngsi-ld=" + version.get());
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
                && selector.types().alternatives().getFirst().size() == 1
                && (!count || selector.ids().isEmpty());
    }
}
