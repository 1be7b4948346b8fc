package city.emona.vertical;

import city.emona.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The terms that the platform itself adds to data: the mark of demo data, and the health of sources. */
public final class PlatformTerms {
    /** The name space of the platform's own terms. */
    public static final String NAMESPACE = "https://emona.city/ns/";

    /** The type of the entities that tell the health of a source. */
    public static final String DATA_SOURCE = NAMESPACE + "DataSource";

    /** The attribute that marks demo data: true. */
    public static final String IS_DEMO = NAMESPACE + "isDemo";

    private static final List<String> TERMS = List.of(
            "DataSource",
            "isDemo",
            "vertical",
            "sourceAddress",
            "sourceStatus",
            "lastSuccessAt",
            "lastAttemptAt",
            "lastError",
            "acceptedRecords",
            "incompleteRecords",
            "rejectedRecords",
            "unchangedEntities",
            "providedEntities",
            "newestObservationAt");

    private PlatformTerms() {}

    /** The vertical that brought an entity of the platform, which its id names third: {@code urn:ngsi-ld:Alert:air-quality:…}. */
    public static String verticalOf(String id) {
        String[] parts = id.split(":", 5);
        return parts.length == 5 && parts[0].equals("urn") ? parts[3] : "";
    }

    /** The terms, as what stands under {@code @context}. */
    public static ObjectNode context() {
        ObjectNode context = Json.object();
        for (String term : TERMS) {
            context.put(term, NAMESPACE + term);
        }
        return context;
    }
}
