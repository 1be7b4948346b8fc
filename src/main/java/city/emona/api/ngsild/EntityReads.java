package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.context.Names;
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
import city.emona.query.EntityQuery;
import city.emona.query.TypeSelection;
import city.emona.store.EntityPage;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Retrieve Entity and Query Entities (clauses 5.7.1, 5.7.2, 6.4.3.2 and 6.5.3.1). */
final class EntityReads {
    private static final List<MediaType> OFFERED = List.of(MediaType.JSON, MediaType.JSON_LD, MediaType.GEO_JSON);
    private static final Parameter GEOMETRY_PROPERTY = Parameter.text(
            "geometryProperty", "The attribute that becomes the geometry of a GeoJSON feature; location when absent.");
    private static final int MAX_PATTERN_LENGTH = 200;

    private static final Pattern BODY_JSON = Pattern.compile("(^|[,;\\s])body\\s*=\\s*\"?json\"?($|[,;\\s])");

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
                Operation.getFast(NgsiLdApi.ENTITIES, this::query)
                        .named("queryEntity", "Query entities", "6.4.3.2")
                        .explained(
                                "The results are ordered by id. At least one of type, attrs and `local=true` is needed.")
                        .with(
                                Parameters.TYPE,
                                Parameter.list("id", "Only these entities.").withFormat("uri"),
                                Parameter.text("idPattern", "Only entities whose id matches this regular expression."),
                                GEOMETRY_PROPERTY,
                                Parameters.LIMIT,
                                Parameters.OFFSET,
                                Parameters.COUNT,
                                Parameters.LOCAL)
                        .with(Parameters.REPRESENTATION)
                        .answering(Answer.of(200, "The entities.", "EntityList", ApiRequest.JSON, ApiRequest.JSON_LD)
                                .orAs("FeatureCollection", MediaType.GEO_JSON.text())
                                .with(Parameters.PAGE_LINKS, Parameters.RESULTS_COUNT))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.TOO_COMPLEX_QUERY,
                                ProblemType.TOO_MANY_RESULTS,
                                ProblemType.NOT_ACCEPTABLE),
                Operation.getFast(NgsiLdApi.ENTITY, this::retrieve)
                        .named("retrieveEntity", "Retrieve an entity", "6.5.3.1")
                        .with(Parameters.ID, Parameters.TYPE, GEOMETRY_PROPERTY, Parameters.LOCAL)
                        .with(Parameters.REPRESENTATION)
                        .answering(Answer.of(200, "The entity.", "Entity", ApiRequest.JSON, ApiRequest.JSON_LD)
                                .orAs("Feature", MediaType.GEO_JSON.text())
                                .with(Parameters.CONTEXT_LINK))
                        .refusing(
                                ProblemType.INVALID_REQUEST,
                                ProblemType.BAD_REQUEST_DATA,
                                ProblemType.RESOURCE_NOT_FOUND,
                                ProblemType.NOT_ACCEPTABLE));
    }

    Response retrieve(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        request.flag("local");
        TermTable terms = request.linkedTerms();
        Representation representation = Representations.read(request, terms);
        Tenant tenant = request.tenant();
        EntityAnswers answers = answers(request, tenant, terms, representation);
        String id = Names.requireUri(http.parameter("id"), "The entity id");
        StoredEntity entity = broker.getStored(tenant, id);
        Optional<String> type = request.parameter("type");
        if (type.isPresent()
                && !TypeSelection.parse(type.get(), terms::expand)
                        .matches(entity.packed().types())) {
            throw Problem.notFound("There is no entity " + id + " of the type " + type.get() + ".");
        }
        if (showsNothing(entity, representation)) {
            throw Problem.notFound("The entity " + id + " has none of the members asked for.");
        }
        return answers.one(entity);
    }

    /** Whether no attribute is shown; the id, the type and the scope count only where no attribute was picked. */
    private static boolean showsNothing(StoredEntity entity, Representation representation) {
        Set<String> pick = representation.pick();
        if (pick == null && representation.omit().isEmpty()) {
            return false;
        }
        boolean attributesPicked = pick != null && !Representations.MEMBERS.containsAll(pick);
        return (attributesPicked || showsNoMember(entity, representation))
                && entity.entity().attributes().stream().noneMatch(a -> representation.shows(a.name()));
    }

    private static boolean showsNoMember(StoredEntity entity, Representation representation) {
        return !representation.shows("id")
                && !representation.shows("type")
                && (!representation.shows("scope") || entity.entity().scopes().isEmpty());
    }

    Response query(Request http) {
        ApiRequest request = new ApiRequest(http, contexts);
        TermTable terms = request.linkedTerms();
        Representation representation = Representations.read(request, terms);
        Tenant tenant = request.tenant();
        EntityAnswers answers = answers(request, tenant, terms, representation);
        EntityQuery query = query(request, terms, representation);
        if (!isQuick(query)) {
            MustWaitException.unlessOnVirtualThread();
        }
        EntityPage page = broker.query(tenant, query);
        Response response = answers.many(page.stored());
        if (query.count()) {
            response = response.with("NGSILD-Results-Count", Long.toString(page.total()));
        }
        return paged(response, http, query, page, answers.media());
    }

    private EntityAnswers answers(ApiRequest request, Tenant tenant, TermTable terms, Representation representation) {
        MediaType media = MediaType.negotiate(request.http().headers().all("Accept"), OFFERED);
        Optional<String> geometry = request.parameter("geometryProperty");
        if (geometry.isPresent() && media != MediaType.GEO_JSON) {
            throw Problem.badRequestData(
                    "geometryProperty was sent, but the answer is not GeoJSON.", "Accept application/geo+json.");
        }
        boolean contextInLink = request.http().headers().all("Prefer").stream()
                .anyMatch(header -> BODY_JSON.matcher(header).find());
        return new EntityAnswers(
                tenant,
                terms,
                representation,
                media,
                geometry.map(terms::expand).orElse(""),
                contextInLink);
    }

    private static EntityQuery query(ApiRequest request, TermTable terms, Representation representation) {
        Optional<String> type = request.parameter("type");
        Optional<String> attributes = request.parameter("attrs");
        boolean local = request.flag("local");
        boolean count = request.flag("count");
        int limit = request.number("limit", EntityQuery.DEFAULT_LIMIT);
        int offset = request.number("offset", 0);
        if (limit == 0 && !count) {
            throw Problem.badRequestData("The limit is 0, and no count was asked for.", "Ask for count=true too.");
        }
        if (limit > EntityQuery.MAX_LIMIT) {
            throw new Problem(
                    ProblemType.TOO_MANY_RESULTS,
                    "The limit " + limit + " is above " + EntityQuery.MAX_LIMIT + ".",
                    "Ask for pages, with limit and offset.");
        }
        if (type.isPresent()
                && type.get().equals("*")
                && request.parameter("local").isPresent()
                && !local) {
            throw Problem.badRequestData(
                    "All types can only be asked of this broker, and local is false.", "Leave local out.");
        }
        if (type.isEmpty() && attributes.isEmpty() && !local) {
            throw Problem.badRequestData(
                    "The query is too wide: it names neither a type nor attributes.",
                    "Add type, attrs, or local=true.");
        }
        return new EntityQuery(
                type.map(text -> TypeSelection.parse(text, terms::expand)).orElse(TypeSelection.ANY),
                request.parameter("id").map(EntityReads::ids).orElse(List.of()),
                request.parameter("idPattern").map(EntityReads::pattern).orElse(null),
                attributes
                        .map(list -> Representations.attributes(list, terms))
                        .orElseGet(() -> pickedAttributes(representation)),
                limit,
                offset,
                count);
    }

    /** The attributes of which an entity must have one, lest nothing of it be left to show. */
    private static Set<String> pickedAttributes(Representation representation) {
        Set<String> pick = representation.pick();
        return pick == null || Representations.MEMBERS.stream().anyMatch(pick::contains) ? Set.of() : pick;
    }

    private static List<String> ids(String list) {
        List<String> ids = List.of(list.split(",", -1));
        ids.forEach(id -> Names.requireUri(id, "The id"));
        return ids;
    }

    private static Pattern pattern(String text) {
        if (text.length() > MAX_PATTERN_LENGTH) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY,
                    "The idPattern is longer than " + MAX_PATTERN_LENGTH + " characters.",
                    "Use a shorter one.");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw Problem.badRequestData(
                    "The idPattern is no regular expression: " + e.getDescription() + ".", "Correct it.");
        }
    }

    private static boolean isQuick(EntityQuery query) {
        return query.limit() <= QUICK_LIMIT
                && query.offset() <= QUICK_LIMIT
                && query.idPattern() == null
                && query.attributes().isEmpty()
                && query.ids().size() <= QUICK_LIMIT
                && query.types().alternatives().size() == 1
                && (!query.count() || query.ids().isEmpty());
    }

    private static Response paged(
            Response response, Request http, EntityQuery query, EntityPage page, MediaType media) {
        Response result = response;
        if (query.limit() > 0 && query.offset() > 0) {
            int previous = Math.max(0, query.offset() - query.limit());
            result = result.with("Link", pageLink(http, query.limit(), previous, "prev", media));
        }
        if (query.limit() > 0 && page.more()) {
            result = result.with("Link", pageLink(http, query.limit(), query.offset() + query.limit(), "next", media));
        }
        return result;
    }

    private static String pageLink(Request http, int limit, int offset, String relation, MediaType media) {
        StringJoiner target = new StringJoiner("&", NgsiLdApi.ROOT + "/entities?", "");
        Set<String> names = new TreeSet<>(http.query().names());
        names.add("limit");
        names.add("offset");
        for (String name : names) {
            String value =
                    switch (name) {
                        case "limit" -> Integer.toString(limit);
                        case "offset" -> Integer.toString(offset);
                        default -> http.query().find(name).orElse("");
                    };
            target.add(name + "=" + encode(value));
        }
        return "<" + target + ">; rel=\"" + relation + "\"; type=\"" + media.text() + "\"";
    }

    /** Percent-encodes what could not stand in a query string; colons, slashes and commas stay readable. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",");
    }
}
