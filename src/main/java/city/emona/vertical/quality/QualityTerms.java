package city.emona.vertical.quality;

import city.emona.json.Json;
import city.emona.vertical.PlatformTerms;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The names with which the quality of datasets is told; the type is that of the W3C's Data Quality Vocabulary. */
public final class QualityTerms {
    public static final String MEASUREMENT = "http://www.w3.org/ns/dqv#QualityMeasurement";
    public static final String NAME = "https://smartdatamodels.org/name";
    public static final String VERTICAL = PlatformTerms.NAMESPACE + "vertical";
    public static final String DATASET = PlatformTerms.NAMESPACE + "dataset";

    /** {@code kept}, {@code broken} or {@code unknown}: whether what is promised holds. */
    public static final String STATUS = PlatformTerms.NAMESPACE + "qualityStatus";

    /** Since when it has had this status. */
    public static final String SINCE = PlatformTerms.NAMESPACE + "qualityStatusSince";

    private static final List<String> PLATFORM = List.of(VERTICAL, DATASET, STATUS, SINCE);

    private QualityTerms() {}

    /** The attribute that holds how far a promise is kept, in per cent. */
    static String share(Dimension dimension) {
        return PlatformTerms.NAMESPACE + dimension.term();
    }

    /** The terms, as what stands under {@code @context}. */
    public static ObjectNode context() {
        ObjectNode context = Json.object().put("QualityMeasurement", MEASUREMENT);
        PLATFORM.forEach(name -> context.put(name.substring(name.lastIndexOf('/') + 1), name));
        for (Dimension dimension : Dimension.values()) {
            context.put(dimension.term(), share(dimension));
        }
        return context;
    }

    /** The id of the entity that tells the quality of a dataset. */
    public static String id(String vertical, String dataset) {
        return "urn:ngsi-ld:QualityMeasurement:" + vertical + ":" + dataset;
    }
}
