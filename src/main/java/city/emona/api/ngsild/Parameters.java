package city.emona.api.ngsild;

import city.emona.http.operation.Parameter;
import city.emona.query.EntityQuery;
import java.util.List;

/** The parameters and headers that several operations of NGSI-LD have. */
final class Parameters {
    static final Parameter ID = Parameter.path("id", "The id of the entity, a URI.")
            .withFormat("uri")
            .withExample("urn:ngsi-ld:Bench:1");
    static final Parameter ATTRIBUTE = Parameter.path("attribute", "The name of the attribute, short or expanded.")
            .withExample("material");

    static final Parameter TYPE = Parameter.text(
                    "type", "The entity must be of this type: one type, several (`A,B`), or an expression (`(A;B)|C`).")
            .withExample("Bench");
    static final Parameter LOCAL = Parameter.flag("local", "Only what this broker itself holds.");
    static final Parameter DATASET_ID = Parameter.text(
            "datasetId", "The instance of the attribute; `@none` or nothing for the one without a datasetId.");
    static final Parameter LIMIT = Parameter.whole(
                    "limit",
                    0,
                    EntityQuery.MAX_LIMIT,
                    EntityQuery.DEFAULT_LIMIT,
                    "How many results a page has; 0 only with `count=true`.")
            .withExample("20");
    static final Parameter OFFSET =
            Parameter.whole("offset", 0, Integer.MAX_VALUE, 0, "How many results stand before the page.");
    static final Parameter COUNT = Parameter.flag(
            "count", "Whether the header `NGSILD-Results-Count` tells how many results there are in all.");

    /** What is shown of entities: what {@link Representations} reads, together with the {@link #FORMS}. */
    static final List<Parameter> REPRESENTATION = List.of(
            Parameter.list(
                            "attrs",
                            "Only these attributes; in a query also only entities that have one of them. Use pick.")
                    .withExample("material"),
            Parameter.list("pick", "Only these members; `relationship{a,b}` picks from linked entities.")
                    .withExample("id,material"),
            Parameter.list("omit", "Not these members; `relationship{a,b}` omits from linked entities."),
            Parameter.list(
                    "datasetId", "Only these instances of the attributes; `@none` is the one without a datasetId."),
            Parameter.text(
                            "lang",
                            "The languages in which language properties are shown, as properties; the preferred first, or with weights.")
                    .withExample("sl,en;q=0.8"));

    /** The forms in which entities are shown. */
    static final List<Parameter> FORMS = List.of(
            Parameter.choice(
                    "format",
                    List.of("normalized", "concise", "simplified", "keyValues"),
                    "How attributes are written. It wins over options."),
            Parameter.choices(
                    "options",
                    List.of("normalized", "concise", "keyValues", "simplified", "sysAttrs"),
                    "How attributes are written; `sysAttrs` adds the times of creation and modification."));

    static final Parameter SIMPLIFIED_FORMAT = Parameter.choice(
            "format",
            List.of("simplified", "keyValues"),
            "The body holds values alone, whose attributes keep their types. It wins over options.");
    static final Parameter SIMPLIFIED_OPTION = Parameter.choices(
            "options",
            List.of("simplified", "keyValues"),
            "The body holds values alone, whose attributes keep their types.");

    static final Parameter LINK = Parameter.header(
                    "Link",
                    "The JSON-LD context of the request's names; without it the core context holds. For bodies of application/json and"
                            + " requests without a body.")
            .withExample("<http://localhost:8080/contexts/emona.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"");
    static final Parameter SNAPSHOT =
            Parameter.header("NGSILD-Snapshot", "The snapshot whose entities are meant, by its id.");
    static final Parameter TENANT = Parameter.header("NGSILD-Tenant", "The tenant; without it the default tenant.");

    static final Parameter PREFER = Parameter.header(
            "Prefer",
            "`ngsi-ld=1.5` for an answer that conforms to that version of the specification; `body=json` for GeoJSON without its context.");

    static final Parameter PREFERENCE_APPLIED = Parameter.header(
            "Preference-Applied",
            "The version of the specification to which the answer conforms, when one was preferred.");
    static final Parameter LOCATION = Parameter.header("Location", "The address of what was created.");
    static final Parameter CONTEXT_LINK =
            Parameter.header("Link", "The context of the answer when it is application/json.");
    static final Parameter PAGE_LINKS = Parameter.header(
            "Link",
            "The context of the answer when it is application/json; the pages before (`prev`) and after (`next`).");
    static final Parameter RESULTS_COUNT =
            Parameter.header("NGSILD-Results-Count", "How many results there are in all; with `count=true`.");

    private Parameters() {}
}
