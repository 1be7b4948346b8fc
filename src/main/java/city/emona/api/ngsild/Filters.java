package city.emona.api.ngsild;

import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.geo.Geometry;
import city.emona.http.operation.Parameter;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.Condition;
import city.emona.query.ConditionParser;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.GeoQuery;
import city.emona.query.Ordering;
import city.emona.query.QueryNames;
import city.emona.query.ScopeQuery;
import city.emona.query.TextPattern;
import city.emona.query.TypeSelection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Reads which entities a client means, and in which order (clauses 4.9, 4.10, 4.19, 4.23 and 5.7.2.4). */
final class Filters {
    /** What {@link #read} reads. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameters.TYPE,
            Parameter.list("id", "Only these entities.").withFormat("uri"),
            Parameter.text("idPattern", "Only entities whose id matches this regular expression; not used beside id."),
            Parameter.text(
                            "q",
                            "Only entities whose attributes fulfil this condition in the query language of clause 4.9:"
                                    + " `a==1`, `a>1;b!=\"x\"`, `a|b`, `a==1..5`, `a.b`, `a[member]`, `a[en]`.")
                    .withExample("temperature>20"),
            Parameter.list("expandValues", "Attributes of which q names values of the vocabulary, to be expanded too."),
            Parameter.list(
                    "jsonKeys",
                    "Attributes of which q names members that are plain JSON. Members inside values are never expanded."),
            Parameter.text("scopeQ", "Only entities within these scopes: `/A`, `/A/+`, `/A/#`, `(/A;/B),/C`.")
                    .withExample("/Ljubljana/#"),
            Parameter.text(
                            "georel",
                            "How the entities lie to the geometry: `near;maxDistance==METRES`, `near;minDistance==METRES`,"
                                    + " `within`, `contains`, `intersects`, `equals`, `disjoint` or `overlaps`.")
                    .withExample("near;maxDistance==1000"),
            Parameter.text("geometry", "The type of the geometry.").withExample("Point"),
            Parameter.text("coordinates", "The coordinates of the geometry, as GeoJSON has them.")
                    .withExample("[14.5058,46.0511]"),
            Parameter.text("geoproperty", "The GeoProperty that is looked at; location when absent."),
            Parameter.text(
                    "csf", "A condition on other sources, as q is one on entities. There are no other sources yet."));

    /** What {@link #ordering} reads. */
    static final List<Parameter> ORDER_PARAMETERS = List.of(
            Parameter.text(
                            "orderBy",
                            "The order of the results: attributes with commas between, each with `;asc`, `;desc`, `;dist-asc`,"
                                    + " `;dist-desc` or nothing. Otherwise they are ordered by id.")
                    .withExample("temperature;desc"),
            Parameter.text("collation", "How texts are ordered, as a tag of ICU; the root's order when absent.")
                    .withExample("sl"),
            Parameter.text("orderFrom", "The coordinates that distances are measured from."),
            Parameter.text("orderGeometry", "The type of their geometry; Point when absent."));

    private final TermTable terms;

    Filters(TermTable terms) {
        this.terms = terms;
    }

    /**
     * The filter of a request's parameters, all but {@code attrs}.
     *
     * @throws Problem of type BadRequestData or TooComplexQuery
     */
    EntityFilter read(ApiRequest request) {
        request.parameter("jsonKeys").ifPresent(list -> names("jsonKeys", list));
        request.parameter("csf").ifPresent(csf -> condition(csf, Set.of()));
        Set<String> expanded = request.parameter("expandValues")
                .map(list -> names("expandValues", list))
                .orElse(Set.of());
        return EntityFilter.of(selector(request))
                .withCondition(
                        request.parameter("q").map(q -> condition(q, expanded)).orElse(null))
                .withScopes(request.parameter("scopeQ").map(ScopeQuery::parse).orElse(null))
                .withGeo(geo(
                                request.parameter("georel"),
                                request.parameter("geometry"),
                                request.parameter("coordinates").map(StringNode::valueOf),
                                request.parameter("geoproperty"))
                        .orElse(null));
    }

    private EntitySelector selector(ApiRequest request) {
        return selector(
                request.parameter("type"),
                request.parameter("id").map(Filters::ids).orElse(List.of()),
                request.parameter("idPattern"));
    }

    /** A selector of a selection of types and ids or a pattern of ids. */
    EntitySelector selector(Optional<String> type, List<String> ids, Optional<String> idPattern) {
        return new EntitySelector(
                type.map(text -> TypeSelection.parse(text, terms::expand)).orElse(TypeSelection.ANY),
                new HashSet<>(ids),
                idPattern.map(text -> TextPattern.parse(text, "The idPattern")).orElse(null));
    }

    private static List<String> ids(String list) {
        List<String> ids = List.of(list.split(",", -1));
        ids.forEach(id -> Names.requireUri(id, "The id"));
        return ids;
    }

    /** The condition of a {@code q}; texts that are compared with the expanded attributes are expanded too. */
    Condition condition(String q, Set<String> expandValues) {
        return ConditionParser.parse(q, QueryNames.of(terms, expandValues));
    }

    /**
     * The geoquery of its parameters; coordinates may be a JSON array, or one written as a string.
     *
     * @throws Problem of type BadRequestData when some are there and some are missing, or one is not valid
     */
    Optional<GeoQuery> geo(
            Optional<String> georel,
            Optional<String> geometry,
            Optional<? extends JsonNode> coordinates,
            Optional<String> geoproperty) {
        if (Stream.of(georel, geometry, coordinates, geoproperty).allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        if (georel.isEmpty() || geometry.isEmpty() || coordinates.isEmpty()) {
            throw Problem.badRequestData(
                    "Of georel, geometry and coordinates, some are missing.", "Send all three, or none.");
        }
        String property = geoproperty
                .map(name -> Names.requireName(name, "The geoproperty"))
                .orElse(GeoQuery.DEFAULT_PROPERTY);
        return Optional.of(GeoQuery.parse(georel.get(), geometry.get(), coordinates.get(), terms.expand(property)));
    }

    /**
     * The order of a request's parameters.
     *
     * @throws Problem of type BadRequestData or TooComplexQuery
     */
    Ordering ordering(ApiRequest request) {
        Optional<Geometry> from = request.parameter("orderFrom")
                .map(coordinates -> GeoQuery.geometry(
                        request.parameter("orderGeometry").orElse("Point"),
                        Json.parse(coordinates),
                        "The geometry of orderFrom"));
        String collation = request.parameter("collation").orElse("");
        return request.parameter("orderBy")
                .map(text -> Ordering.parse(text, QueryNames.of(terms), from.orElse(null), collation))
                .orElse(Ordering.BY_ID);
    }

    /** The expanded names of a list of attributes. */
    private Set<String> names(String parameter, String list) {
        Set<String> names = new HashSet<>();
        for (String name : list.split(",", -1)) {
            names.add(terms.expand(Names.requireName(name, "In " + parameter + ", the name")));
        }
        return names;
    }

    /**
     * Refuses paths to linked entities that are deeper than those that are retrieved (clause 5.7.2.4).
     *
     * @param joinLevel how deep linked entities are retrieved; 0 when they are not
     */
    static void requireLinked(EntityFilter filter, int joinLevel) {
        Condition condition = filter.condition();
        int depth = condition == null ? 0 : condition.linkDepth();
        if (depth > joinLevel) {
            throw Problem.badRequestData(
                    "The query looks at entities linked over " + depth + " relationships, and "
                            + (joinLevel == 0 ? "none are joined." : "only " + joinLevel + " are joined."),
                    "Add join=flat or join=inline, and joinLevel=" + depth + ".");
        }
    }
}
